import { containerDetail } from "@/lib/details/container-detail";
import { knownMacs } from "@/lib/details/known-macs";
import type { Opened, OpenedQuestion, OpenedValue } from "@/lib/details/model";
import { commandOf } from "@/lib/facts/command";
import type { Answer, HostFacts } from "@/lib/facts/model";
import type { Key, NetnsId } from "@/lib/net/ids";
import { recordedMacs } from "@/lib/pipeline";
import { answerGaps } from "@/lib/probes/answer-gap";
import { bridgeMacs } from "@/lib/probes/bridge-macs";
import type { Probe } from "@/lib/probes/define";
import { engineImage } from "@/lib/probes/engine-image";
import { hostTools } from "@/lib/probes/host-tools";
import { type DeviceLine, linkDevice } from "@/lib/probes/link-device";
import type { Link, Topology } from "@/lib/topology/model";
import type { OneAnswer } from "@/server/gather/ask-one";
import type { Where } from "@/server/transport/port";

/** A reading of a host; names that are asked about come from it, never from a request. */
type Reading = { readonly facts: HostFacts; readonly topology: Topology };

/** A question about one thing: how it is put, and what its answer means. */
export type Opening = {
  readonly probe: Probe<unknown>;
  readonly where: Where;
  readonly read: (answer: Answer) => OpenedValue;
  /** What a recording holds of it. */
  readonly recorded: () => Opened;
};

const notRecorded = (): Opened => ({ status: "not-recorded" });

/** The namespace as it is entered; null: no path leads there. */
function whereOf({ host, namespaces }: Topology, netns: NetnsId): Where | null {
  if (netns === host.netns) return { kind: "own" };
  const namespace = namespaces.find(({ id }) => id === netns);
  const [path] = namespace?.paths ?? [];
  if (namespace === undefined || path === undefined) return null;
  return { kind: "netns", label: namespace.label, path };
}

function askMacs(reading: Reading, link: Link): Opening | null {
  const where = whereOf(reading.topology, link.netns);
  if (link.kind !== "bridge" || where === null) return null;
  const probe = bridgeMacs(link.name);
  return {
    probe,
    where,
    read: (answer) => ({
      question: "macs",
      macs: knownMacs(reading.topology, link, probe.parse(answer).rows),
    }),
    recorded: () => recordedMacs(reading.facts, reading.topology, link),
  };
}

const wordOf = (lines: readonly DeviceLine[], name: DeviceLine["name"]): string | null =>
  lines.find((each) => each.name === name)?.value ?? null;

/** -1 where there is no carrier. */
const speedOf = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text) ? Number(text) : null;

/** Of the host's own links only: the shell sees the sysfs of its own namespace. */
function askDevice({ topology }: Reading, link: Link): Opening | null {
  if (link.netns !== topology.host.netns) return null;
  const probe = linkDevice(link.name);
  return {
    probe,
    where: { kind: "machine" },
    read: (answer) => {
      const lines = probe.parse(answer).rows;
      const device = {
        speed: speedOf(wordOf(lines, "speed")),
        duplex: wordOf(lines, "duplex"),
        driver: wordOf(lines, "driver"),
        bus: wordOf(lines, "bus"),
      };
      return { question: "device", device };
    },
    recorded: notRecorded,
  };
}

const askTools = (): Opening => ({
  probe: hostTools,
  where: { kind: "machine" },
  read: (answer) => ({ question: "tools", tools: hostTools.parse(answer).rows }),
  recorded: notRecorded,
});

function askImage({ facts, topology }: Reading, of: Key): Opening | null {
  const container = topology.containers.find(({ key }) => key === of);
  const digest = container && containerDetail(facts, topology, container)?.imageId;
  if (!digest) return null;
  const probe = engineImage(digest);
  return {
    probe,
    where: { kind: "machine" },
    read: (answer) => {
      const [image] = probe.parse(answer).rows;
      return { question: "image", layers: image?.layers ?? [], size: image?.size ?? null };
    },
    recorded: notRecorded,
  };
}

/** null: there is no such thing in this reading, or that cannot be asked about it. */
export function openingOf(reading: Reading, question: OpenedQuestion, of: Key): Opening | null {
  if (question === "tools") return askTools();
  if (question === "image") return askImage(reading, of);
  const link = reading.topology.links.find(({ key }) => key === of);
  if (link === undefined) return null;
  return question === "macs" ? askMacs(reading, link) : askDevice(reading, link);
}

/** What came of the question, for the page. */
export function openedBy({ probe, read }: Opening, said: OneAnswer): Opened {
  if (said.status === "missing") return said;
  const { answer } = said;
  const [gap] = answerGaps(probe, answer, probe.parse(answer));
  if (gap !== undefined) return { status: "missing", gap };
  return { status: "read", at: answer.at, command: commandOf(answer), value: read(answer) };
}
