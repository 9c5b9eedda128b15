import type { Evidence, HostFacts } from "@/lib/facts/model";
import type { Key } from "@/lib/net/ids";
import type { Link, Topology } from "@/lib/topology/model";
import { containerDetail } from "./container-detail";
import { linkFromJson, printsImmutable } from "./link-json";
import { linkFromText } from "./link-text";
import type { Details, LinkDetail } from "./model";

/** The elements of an answer; null: it is text. */
function rowsOf(stdout: string): readonly unknown[] | null {
  try {
    const json: unknown = JSON.parse(stdout);
    return Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}

/** Reads the answers that links stand in, each once. */
function reader(facts: HostFacts) {
  const read = new Map<string, { readonly rows: readonly unknown[]; readonly tells: boolean }>();
  return ({ answer, at }: Evidence): LinkDetail | null => {
    const said = facts.answers.find(({ id }) => id === answer);
    // /proc/PID/net tells counters and addresses, and none of this.
    if (said === undefined || said.probe !== "ip-addr") return null;
    if ("line" in at) return linkFromText(said.stdout, at.line);
    const rows = read.get(answer)?.rows ?? rowsOf(said.stdout) ?? [];
    const { tells } = read.get(answer) ?? { tells: printsImmutable(rows) };
    read.set(answer, { rows, tells });
    const [place] = at.path;
    return typeof place === "number" ? linkFromJson(rows[place], tells) : null;
  };
}

const portsOf = (topology: Topology, link: Link): readonly Link[] =>
  link.kind === "bridge" ? topology.links.filter(({ master }) => master === link.id) : [];

/** What the facts of a host hold of one link or container beyond its topology; null: it has no such thing. */
export function detailsOf(facts: HostFacts, topology: Topology, of: Key): Details | null {
  const link = topology.links.find(({ key }) => key === of);
  const container = topology.containers.find(({ key }) => key === of);
  if (link === undefined && container === undefined) return null;
  const detail = reader(facts);
  return {
    link: link === undefined ? null : detail(link.evidence),
    ports:
      link === undefined
        ? []
        : portsOf(topology, link).flatMap(({ key, evidence }) => {
            const port = detail(evidence)?.port;
            return port ? [{ key, port }] : [];
          }),
    container: container === undefined ? null : containerDetail(facts, topology, container),
  };
}
