/** Part of `npm run fix`: brings the generated parts of the README and the published schema up to date. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { schemaPath, topologySchemaText } from "@/lib/share/schema";
import { withGeneratedParts } from "./readme-parts";

const file = new URL("../../README.md", import.meta.url);
writeFileSync(file, withGeneratedParts(readFileSync(file, "utf8")));

const schema = new URL(`../../public/${schemaPath}`, import.meta.url).pathname;
mkdirSync(dirname(schema), { recursive: true });
writeFileSync(schema, topologySchemaText());
