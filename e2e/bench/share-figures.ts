import { readFileSync } from "node:fs";
import type { HostFacts } from "@/lib/facts/model";
import { graph } from "@/lib/graph/graph";
import { wordsIn } from "@/lib/messages/words";
import { survey } from "@/lib/pipeline";
import { svg } from "@/lib/render/svg";
import { scene } from "@/lib/scene/scene";
import { linkFragment } from "@/lib/share/link";
import { openFile } from "@/lib/share/open-file";
import { svgData } from "@/lib/share/pictures";
import { redact } from "@/lib/share/redact";
import { freeze, plainlyShown } from "@/lib/share/snapshot";
import { topologyJson } from "@/lib/share/topology-file";
import { pngOf } from "@/server/picture/drawn-host";
import { enlarge } from "./enlarge";
import { type Figure, fastest } from "./figure";
import { sharePageFigures } from "./share-page-figures";

const sample = (): HostFacts =>
  JSON.parse(
    readFileSync(
      new URL("../../lib/recorded-hosts/docker-28.5-debian-sid.json", import.meta.url),
      "utf8",
    ),
  ) as HostFacts;

const hostOf = (count: number) => {
  const facts = sample();
  return survey(enlarge(facts, count - survey(facts).topology.containers.length));
};

const sent = ({ topology, ruling }: ReturnType<typeof survey>) =>
  freeze(topology, plainlyShown, null, ruling).snapshot;

/** Files out and in: what the browser computes when something is sent or opened. */
export async function shareFigures(): Promise<readonly Figure[]> {
  const { topology, ruling } = hostOf(1000);
  const snapshot = sent({ topology, ruling });
  const words = wordsIn("en");
  const drawn = scene(graph(topology, { orientation: "rails", stopped: false }, words));
  const data = svgData(snapshot);
  const file = new TextEncoder().encode(topologyJson(snapshot));
  const picture = new TextEncoder().encode(svg(drawn, { theme: "light", data }));
  const link = await linkFragment(sent(hostOf(60)));
  const hundred = sent(hostOf(100));
  const look = { theme: "light", legend: true, time: true } as const;
  const png = await pngOf(hundred, look, 2, words);
  const pngBytes = png.status === "drawn" ? png.bytes.length : Number.POSITIVE_INFINITY;
  const ms = async (name: string, work: () => unknown, atMost?: number): Promise<Figure> => ({
    name,
    value: await fastest(7, work),
    unit: "ms",
    ...(atMost === undefined ? {} : { goal: { atMost } }),
  });
  return [
    await ms("100 containers: PNG at 2×", () => pngOf(hundred, look, 2, words), 1000),
    { name: "100 containers: PNG at 2×", value: pngBytes / 1e6, unit: "MB", goal: { atMost: 2 } },
    await ms("1,000 containers: scene → SVG", () => svg(drawn, { theme: "light", data }), 300),
    await ms("1,000 containers: topology deflated for a picture", () => svgData(snapshot)),
    await ms("1,000 containers: every name and address replaced", () =>
      redact(topology, "names", ruling),
    ),
    await ms("1,000 containers: .topo.json opened", () => openFile(file), 1000),
    await ms("1,000 containers: .topo.svg opened", () => openFile(picture), 1000),
    { name: "1,000 containers: .topo.json", value: file.length / 1e6, unit: "MB" },
    { name: "1,000 containers: data in a picture", value: data.length / 1000, unit: "kB" },
    { name: "60 containers: link", value: link.length, unit: "bytes", goal: { atMost: 8000 } },
    ...(await sharePageFigures(topologyJson(hundred), topologyJson(snapshot))),
  ];
}
