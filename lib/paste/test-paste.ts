import type { HostFacts } from "@/lib/facts/model";
import type { Topology } from "@/lib/topology/model";
import { type Choice, pasteFacts } from "./facts";
import type { Recognised } from "./model";
import { recognise } from "./recognise";

const at = "2026-01-01T00:00:00.000Z";

/** What a text holds; throws where it is refused. */
export function readOf(text: string): Extract<Recognised, { readonly status: "read" }> {
  const read = recognise(text);
  if (read.status === "refused") throw new Error(`refused: ${read.refusal.why}`);
  return read;
}

export const factsOf = (
  text: string,
  choices: ReadonlyMap<number, Choice> = new Map(),
): HostFacts => {
  const { blocks, machine } = readOf(text);
  return pasteFacts(blocks, choices, at, machine ?? "pasted text");
};

/** `docker0 ── 5: veth30314cf@if4 ═ 4: eth0@if5 (web)`: each pair as one line, with its bridge. */
export function pairLines({ links, namespaces, host }: Topology): readonly string[] {
  const nameOf = (netns: string) => namespaces.find(({ id }) => id === netns)?.name.text ?? "?";
  return links.flatMap((link) => {
    if (link.kind !== "veth" || link.netns !== host.netns || link.peer.status !== "found")
      return [];
    const { peer } = link;
    const far = links.find(({ id }) => id === peer.link);
    const bridge = links.find(({ id }) => id === link.master);
    const ends = `${link.ifindex}: ${link.label} ═ ${far?.ifindex}: ${far?.label}`;
    return [`${bridge?.name ?? "-"} ── ${ends} (${nameOf(far?.netns ?? "")}) ${peer.proof}`];
  });
}
