import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import docker20 from "@/lib/recorded-hosts/docker-20.10-debian-12.json" with { type: "json" };
import docker26 from "@/lib/recorded-hosts/docker-26.1-debian-13.json" with { type: "json" };
import docker28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { asText } from "./as-text";
import { graph } from "./graph";

const hosts = {
  "docker-20.10-debian-12": docker20,
  "docker-26.1-debian-13": docker26,
  "docker-28.5-debian-sid": docker28,
} as unknown as Record<string, HostFacts>;

for (const [name, facts] of Object.entries(hosts)) {
  test(`${name} is shown as it is wired`, async () => {
    const shown = graph(understand(facts), { orientation: "rails", stopped: true }, wordsIn("en"));
    await expect(asText(shown)).toMatchFileSnapshot(`./fixtures/${name}.view.txt`);
  });
}
