/**
 * `npm run bench`: prints a table and writes the same figures as JSON (`--json=FILE`, else
 * .vethscope/bench.json). Runs beside the lab; `--only=pipeline` or `--only=gather` does half.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { labHost } from "@/e2e/lab/lab-env";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { table } from "./figure";
import { gatherFigures } from "./gather-figures";
import { pipelineFigures } from "./pipeline-figures";

const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const labFacts = async () => gather(await local({ through: labHost().pid }), { host: "lab" });

const only = option("only");
const figures = [
  ...(only === "gather" ? [] : await pipelineFigures(await labFacts())),
  ...(only === "pipeline" ? [] : await gatherFigures()),
];
console.log(`\n${table(figures)}\n`);
const file = option("json") ?? ".vethscope/bench.json";
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
console.log(`The same as JSON: ${file}`);
process.exit(0);
