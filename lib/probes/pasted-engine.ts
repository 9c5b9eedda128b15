import type { ReadAnswer as Read } from "./define";
import type { EngineContainer } from "./engine-containers";

/** `docker ps` prints the first twelve digits of an id, `docker network inspect` all of them. */
const isSame = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

const both = (table: EngineContainer, more: EngineContainer): EngineContainer => ({
  ...table,
  id: table.id.length > more.id.length ? table.id : more.id,
  name: table.name ?? more.name,
  image: table.image ?? more.image,
  endpoints: [...table.endpoints, ...more.endpoints],
});

/** Each container once, with what the tables and the networks of a paste tell of it. */
export function pastedContainers(
  reads: readonly Read<EngineContainer>[],
): readonly Read<EngineContainer>[] {
  const found: { answer: Read<EngineContainer>; row: EngineContainer }[] = [];
  for (const read of reads) {
    for (const row of read.rows) {
      const known = found.find((each) => isSame(each.row.id, row.id));
      if (known === undefined) found.push({ answer: read, row });
      else known.row = both(known.row, row);
    }
  }
  return found.map(({ answer, row }) => ({ ...answer, rows: [row] }));
}
