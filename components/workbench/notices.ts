import type { Gap } from "@/lib/facts/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { nothingRead } from "@/lib/topology/nothing-read";
import { countsOf } from "./counts";
import type { TopologyIndex } from "./topology-index";

/** Something about the whole picture that one must know before reading it. */
export type Notice = {
  readonly id: string;
  readonly tone: "info" | "warn";
  readonly text: string;
  /** What can be done here and now; null: nothing but reading on. */
  readonly action: "gaps" | "stopped" | "sample" | null;
};

const engineNotice = (words: Words, why: Gap): string => {
  if (why.reason === "no-engine") {
    return words("notice.noEngine", { socket: visible(why.socket) });
  }
  if (why.reason === "engine-denied") {
    return words("notice.engineDenied", { socket: visible(why.socket) });
  }
  return words("notice.engineTrouble");
};

const kernelNotice = (words: Words, { topology }: TopologyIndex): Notice | null => {
  const noLinux = topology.gaps.find((gap) => gap.reason === "no-linux");
  if (noLinux !== undefined) {
    const text = words("notice.noLinux", { platform: visible(noLinux.platform) });
    return { id: "no-linux", tone: "warn", text, action: "sample" };
  }
  const engineOnly = topology.gaps.find((gap) => gap.reason === "engine-only");
  if (engineOnly !== undefined) {
    const text = words("notice.engineOnly", { address: visible(engineOnly.address) });
    return { id: "engine-only", tone: "warn", text, action: "gaps" };
  }
  if (nothingRead(topology)) {
    return { id: "nothing-read", tone: "warn", text: words("notice.nothingRead"), action: "gaps" };
  }
  if (topology.gaps.some(({ reason }) => reason === "no-shell")) {
    return { id: "no-shell", tone: "warn", text: words("notice.noShell"), action: "gaps" };
  }
  if (topology.host.netns === null) {
    return { id: "no-host", tone: "warn", text: words("notice.noHostLinks"), action: "gaps" };
  }
  const counts = countsOf(topology);
  const unread = counts.namespaces - counts.readNamespaces;
  if (unread === 0) return null;
  const { open } = topology.host.twice;
  const text = words(open > 0 ? "notice.incompleteUpTo" : "notice.incomplete", {
    unread,
    all: counts.namespaces,
  });
  return { id: "incomplete", tone: "warn", text, action: "gaps" };
};

const containerNotice = (
  words: Words,
  { topology }: TopologyIndex,
  stoppedShown: boolean,
): Notice | null => {
  const { running, stopped } = countsOf(topology);
  if (running > 0 || topology.host.engine.status !== "read") return null;
  if (stopped === 0) {
    const text = words("notice.noContainers");
    return { id: "empty", tone: "info", text, action: "sample" };
  }
  const text = words("notice.noneRunning", { n: stopped });
  return { id: "none-running", tone: "info", text, action: stoppedShown ? null : "stopped" };
};

/** Nothing is wired here: no pair to learn from. Where nothing was read, that is not known. */
const isBare = ({ topology }: TopologyIndex): boolean =>
  !nothingRead(topology) &&
  topology.host.engine.status !== "read" &&
  topology.links.every(({ kind }) => kind !== "veth");

/** The most telling first. */
export const noticesOf = (
  words: Words,
  index: TopologyIndex,
  { stopped }: { readonly stopped: boolean },
): readonly Notice[] => {
  const { engine, source } = index.topology.host;
  const kernel = kernelNotice(words, index);
  const notices: readonly (Notice | null)[] = [
    source === "recorded"
      ? { id: "recorded", tone: "info", text: words("notice.recorded"), action: null }
      : null,
    kernel,
    engine.status === "unread" && kernel?.id !== "no-linux" && kernel?.id !== "nothing-read"
      ? { id: "engine", tone: "warn", text: engineNotice(words, engine.why), action: "gaps" }
      : null,
    containerNotice(words, index, stopped),
  ];
  const told = notices.filter((notice) => notice !== null);
  return told.some(({ action }) => action === "sample") || !isBare(index)
    ? told
    : [...told, { id: "bare", tone: "info", text: words("notice.bare"), action: "sample" }];
};
