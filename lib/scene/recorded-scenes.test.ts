import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { graph } from "@/lib/graph/graph";
import { orientations } from "@/lib/graph/model";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import docker20 from "@/lib/recorded-hosts/docker-20.10-debian-12.json" with { type: "json" };
import docker28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { scene } from "./scene";
import { asLines } from "./test-lines";

const hosts = {
  "docker-20.10-debian-12": docker20,
  "docker-28.5-debian-sid": docker28,
} as unknown as Record<string, HostFacts>;

const views = Object.entries(hosts).flatMap(([name, facts]) =>
  orientations.map((orientation) => ({ name, facts, orientation })),
);

test.each(views)(
  "$name as $orientation stands where it stood",
  async ({ name, facts, orientation }) => {
    const shown = graph(understand(facts), { orientation, stopped: true }, wordsIn("en"));
    await expect(asLines(scene(shown))).toMatchFileSnapshot(
      `./fixtures/${name}.${orientation}.txt`,
    );
  },
);
