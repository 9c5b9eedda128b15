import { rulingShape } from "./ruling-shape";
import { type Definitions, nullable, type Schema } from "./shape";
import { shownShape } from "./snapshot";
import { topologyShape } from "./topology-shape";
import { currentFormat } from "./versions";

/** Where it is published, under public/. */
export const schemaPath = `schema/${currentFormat.replace("/", "-")}.json`;

/** What a `.topo.json` holds, as JSON schema: made from the very shapes that read and write it. */
export function topologySchema(): Schema {
  const definitions: Definitions = new Map();
  const topology = topologyShape.schema(definitions);
  const ruling = nullable(rulingShape).schema(definitions);
  const shown = shownShape.schema(definitions);
  const properties = topology["properties"];
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: currentFormat,
    description:
      "How the containers of one Linux host are wired, and by which rules they are reached, as Vethscope saves it. Readers leave out fields that they do not know.",
    ...topology,
    properties: { ...(properties as Schema), ruling, shown },
    $defs: Object.fromEntries(definitions),
  };
}

/** The published file. */
export const topologySchemaText = (): string => `${JSON.stringify(topologySchema(), null, 2)}\n`;
