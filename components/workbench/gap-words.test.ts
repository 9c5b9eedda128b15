import { expect, test } from "vitest";
import type { Gap, HostFacts } from "@/lib/facts/model";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { gapGroups, gapWords } from "./gap-words";
import { topologyIndex } from "./topology-index";

const index = topologyIndex(understand(facts as unknown as HostFacts));
const words = wordsIn("en");
const nowhere = { probe: null, netns: null };
const inWeb = { probe: "ip-addr", netns: netnsLabel(4026535202) };

const gaps: readonly Gap[] = [
  { ...nowhere, reason: "command-missing", command: "bridge" },
  { ...inWeb, reason: "permission-denied", command: "nsenter", words: "Operation not permitted" },
  { ...inWeb, reason: "failed", command: "ip -j addr", exit: 255, words: "boom" },
  { ...inWeb, reason: "timed-out", command: "ip -j addr", ms: 2500 },
  { ...inWeb, reason: "cut", command: "ip -j addr", bytes: 4096 },
  { ...inWeb, reason: "unreadable-output", command: "ip -j addr", unread: 2, excerpt: "<b>{x}" },
  { ...inWeb, reason: "broken-off", command: "iptables-save", excerpt: "-A FORW" },
  { ...inWeb, reason: "netns-gone" },
  { ...inWeb, reason: "netns-new" },
  { ...inWeb, reason: "netns-unreachable" },
  { ...nowhere, reason: "no-engine", socket: "/run/docker.sock" },
  { ...nowhere, reason: "engine-denied", socket: "/run/docker.sock" },
  { ...nowhere, reason: "engine-silent", socket: "/run/docker.sock", ms: 3000 },
  { ...nowhere, reason: "engine-error", path: "/networks", status: 500, words: "no" },
  {
    ...nowhere,
    reason: "engine-not-asked",
    socket: "/run/podman/podman.sock",
    asked: "/run/docker.sock",
  },
  { ...nowhere, reason: "engine-only", address: "tcp://10.0.0.1:2376" },
  { ...nowhere, reason: "no-linux", platform: "macOS" },
  { ...nowhere, reason: "no-shell", words: "ENOENT" },
];

test.each(locales.flatMap((locale) => gaps.map((gap) => ({ locale, gap, reason: gap.reason }))))(
  "$reason is told in $locale with what to do next, and no argument is left open",
  ({ locale, gap }) => {
    const { what, next } = gapWords(wordsIn(locale), index, gap);
    for (const text of [what, next]) {
      expect(text.length).toBeGreaterThan(4);
      expect(text).not.toMatch(
        /gap\.|\{(command|words|exit|seconds|bytes|socket|asked|address|path|status)\}/,
      );
    }
  },
);

test("durations are told in seconds", () => {
  const gap: Gap = { ...nowhere, reason: "timed-out", command: "ss", ms: 2500 };
  expect(gapWords(words, index, gap).what).toContain("2.5 s");
});

test("what a host printed is told as it is, on one line, with nothing invisible in it", () => {
  const gap: Gap = {
    ...nowhere,
    reason: "permission-denied",
    command: "ip",
    words: "no\u202eway {really}\nsecond line",
  };
  expect(gapWords(words, index, gap).what).toBe("ip was refused: no\\u{202e}way {really}");
});

test("the same thing missing in several namespaces is told once, with its places", () => {
  const denied = (netns: number): Gap => ({
    probe: "ip-addr",
    netns: netnsLabel(netns),
    reason: "permission-denied",
    command: "nsenter",
    words: `of ${netns}`,
  });
  const groups = gapGroups(words, index, [denied(4026535202), denied(4026535496), denied(7)]);
  expect(groups.map(({ where }) => where)).toEqual([
    ["in web (netns 4026535202)", "in db (netns 4026535496)", "in netns 7"],
  ]);
});
