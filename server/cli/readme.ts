/** Part of `npm run fix`: brings the generated parts of the README up to date. */
import { readFileSync, writeFileSync } from "node:fs";
import { withGeneratedParts } from "./readme-parts";

const file = new URL("../../README.md", import.meta.url);
writeFileSync(file, withGeneratedParts(readFileSync(file, "utf8")));
