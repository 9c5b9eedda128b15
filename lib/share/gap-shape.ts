import type { Gap } from "@/lib/facts/model";
import { named, nullable, number, union } from "./shape";
import { label, text } from "./text-shapes";

const command = text("command", "what was run");
const words = text("words", "what the host said");
const socket = text("socket", "path of an engine's socket");
const probeAndNetns = {
  probe: nullable(text("our-word", "name of the question")),
  netns: nullable(label),
};

export const gap = named(
  "Gap",
  union<Gap, "reason">("reason", {
    "command-missing": { ...probeAndNetns, command },
    "permission-denied": { ...probeAndNetns, command, words },
    failed: { ...probeAndNetns, command, exit: number, words },
    "timed-out": { ...probeAndNetns, command, ms: number },
    cut: { ...probeAndNetns, command, bytes: number },
    "unreadable-output": { ...probeAndNetns, command, unread: number, excerpt: words },
    "broken-off": { ...probeAndNetns, command, excerpt: words },
    "netns-gone": probeAndNetns,
    "netns-new": probeAndNetns,
    "netns-unreachable": probeAndNetns,
    "no-engine": { ...probeAndNetns, socket },
    "engine-denied": { ...probeAndNetns, socket },
    "engine-silent": { ...probeAndNetns, socket, ms: number },
    "engine-error": {
      ...probeAndNetns,
      path: text("engine-path", "path of the engine's API"),
      status: number,
      words,
    },
    "engine-not-asked": { ...probeAndNetns, socket, asked: socket },
    "engine-only": { ...probeAndNetns, address: text("engine-address", "URL of an engine") },
    "no-linux": { ...probeAndNetns, platform: text("our-word", "darwin, win32, …") },
    "no-shell": { ...probeAndNetns, words },
  }),
);
