/**
 * Draws the lab's host into the pictures of the README. Runs beside the lab:
 * `node e2e/run/main.mjs --picture`.
 */
import { writeFileSync } from "node:fs";
import { labHost } from "@/e2e/lab/lab-env";
import { graph } from "@/lib/graph/graph";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { svg } from "@/lib/render/svg";
import { scene } from "@/lib/scene/scene";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";

const facts = await gather(await local({ through: labHost().pid }), { host: "lab" });
const topology = understand(facts);
const drawn = scene(graph(topology, { orientation: "rails", stopped: false }, wordsIn("en")));
for (const theme of ["light", "dark"] as const) {
  const file = `public/readme-${theme}.svg`;
  writeFileSync(file, svg(drawn, { theme }));
  console.log(file);
}
process.exit(0);
