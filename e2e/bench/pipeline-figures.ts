import { gzipSync } from "node:zlib";
import type { HostFacts } from "@/lib/facts/model";
import { graph } from "@/lib/graph/graph";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { scene } from "@/lib/scene/scene";
import { pack } from "@/lib/wire/wire";
import { enlarge } from "./enlarge";
import { type Figure, fastest } from "./figure";

/** From a host's words to a picture, without a host: what the server and the browser compute. */
export async function pipelineFigures(facts: HostFacts): Promise<readonly Figure[]> {
  const words = wordsIn("en");
  const view = { orientation: "rails", stopped: false } as const;
  const large = enlarge(facts, 500);
  const whole = await fastest(15, () => scene(graph(understand(large), view, words)));
  const topology = understand(large);
  const model = await fastest(15, () => understand(large));
  const drawn = await fastest(15, () => scene(graph(topology, view, words)));
  const exact = topology.links.filter(
    (link) => link.kind === "veth" && link.peer.status === "found" && link.peer.proof === "exact",
  ).length;
  const plain = JSON.stringify(understand(enlarge(facts, 1000)));
  const wire = JSON.stringify(pack(understand(enlarge(facts, 1000))));
  return [
    {
      name: "500 containers: facts → topology → graph → scene",
      value: whole,
      unit: "ms",
      goal: { atMost: 150 },
      note: `${exact} proven veth ends`,
    },
    { name: "500 containers: facts → topology", value: model, unit: "ms" },
    { name: "500 containers: topology → graph → scene", value: drawn, unit: "ms" },
    {
      name: "1,000 containers: topology without rules, gzip",
      value: gzipSync(wire).length / 1000,
      unit: "kB",
      goal: { atMost: 100 },
      note: `plain JSON: ${(gzipSync(plain).length / 1000).toFixed(0)} kB`,
    },
  ];
}
