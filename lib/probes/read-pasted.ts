import type { HostFacts } from "@/lib/facts/model";
import type { Probe, ReadAnswer as Read } from "./define";
import type { EngineContainer } from "./engine-containers";
import { type EngineNetwork, engineNetworks } from "./engine-networks";
import { ipAddr } from "./ip-addr";
import type { IpLink } from "./ip-link";
import { pastedContainers } from "./pasted-engine";
import { pastedLinks } from "./pasted-links";
import { type PastedPlace, pastedName, pastedPlaces } from "./pasted-places";
import { pastedTexts } from "./pasted-texts";

type ReadAll = <Row>(probe: Pick<Probe<Row>, "name" | "parse">) => readonly Read<Row>[];

/** What only pasted text tells. */
export type PastedReadings = {
  readonly places: readonly Read<PastedPlace>[];
  /** How the host is called; null: nobody says. */
  readonly called: string | null;
  readonly links: readonly Read<IpLink>[];
  readonly containers: readonly Read<EngineContainer>[];
  readonly networks: readonly Read<EngineNetwork>[];
};

/** Facts that lib/paste made say so by this answer. */
export const isPasted = ({ answers }: HostFacts): boolean =>
  answers.some(({ probe }) => probe === pastedPlaces.name);

/** `docker network ls` and `docker network inspect` may both list a network: the latter tells more. */
function networksOf(all: ReadAll): readonly Read<EngineNetwork>[] {
  const inspected = all({ name: pastedTexts.members.name, parse: engineNetworks.parse });
  const known = inspected.flatMap(({ rows }) => rows.map(({ id }) => id));
  const seen = new Set<string>();
  const isNew = ({ id }: EngineNetwork): boolean => {
    const isFirst = !seen.has(id.slice(0, 12));
    seen.add(id.slice(0, 12));
    return isFirst;
  };
  const listed = all(pastedTexts.networks).map((read) => ({
    ...read,
    rows: read.rows.filter(({ id }) => !known.some((each) => each.startsWith(id))),
  }));
  return [...inspected, ...listed].map((read) => ({ ...read, rows: read.rows.filter(isNew) }));
}

/** Reads the answers that were pasted. `all` reads those of one question, and keeps their gaps. */
export function readPasted(all: ReadAll): PastedReadings {
  const members = all(pastedTexts.members).map((read) => ({ ...read, rows: read.rows.flat() }));
  return {
    places: all(pastedPlaces),
    called: all(pastedName).flatMap(({ rows }) => rows)[0]?.called ?? null,
    links: pastedLinks({
      links: all(ipAddr),
      addresses: all(pastedTexts.addresses),
      brief: all(pastedTexts.brief),
      ports: all(pastedTexts.ports),
      numbers: all(pastedTexts.numbers),
      peers: all(pastedTexts.peers),
      plain: all(pastedTexts.plain),
      bridges: all(pastedTexts.bridges),
    }),
    containers: pastedContainers([...all<EngineContainer>(pastedTexts.containers), ...members]),
    networks: networksOf(all),
  };
}
