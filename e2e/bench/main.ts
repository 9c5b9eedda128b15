/**
 * `npm run bench`: prints a table and writes the same figures as JSON (`--json=FILE`, else
 * .vethscope/bench.json). Runs beside the lab; `--only=NAME` does one part.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { labHost } from "@/e2e/lab/lab-env";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type Figure, table } from "./figure";
import { fleetFigures } from "./fleet-figures";
import { gatherFigures } from "./gather-figures";
import { pipelineFigures } from "./pipeline-figures";
import { rulesFigures } from "./rules-figures";
import { shareFigures } from "./share-figures";
import { sshFigures } from "./ssh-figures";
import { uiFigures } from "./ui-figures";

const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

const labFacts = async () => gather(await local({ through: labHost().pid }), { host: "lab" });

const parts = {
  pipeline: async () => pipelineFigures(await labFacts()),
  rules: rulesFigures,
  gather: gatherFigures,
  ssh: sshFigures,
  fleet: fleetFigures,
  share: shareFigures,
  ui: uiFigures,
};
const only = option("only");
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (only === undefined || only === name) figures.push(...(await measure()));
}
console.log(`\n${table(figures)}\n`);
const file = option("json") ?? ".vethscope/bench.json";
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
console.log(`The same as JSON: ${file}`);
process.exit(0);
