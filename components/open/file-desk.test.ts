import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { examine } from "@/lib/pipeline";
import { factsDesk, topologyDesk } from "./file-desk";

const facts = recordedFacts("docker-28.5-debian-sid");
const { topology } = examine(facts);
const desk = factsDesk({ facts, topology });
const { signal } = new AbortController();

const routes = "app/api/hosts/[host]";
/** What panels ask about one reading; the rest is for hosts that are reached. */
const ofReadings = readdirSync(routes, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name)
  .filter((name) => /\?snapshot=ID/.test(readFileSync(`${routes}/${name}/route.ts`, "utf8")));

const web = topology.containers.find(({ name }) => name === "web");
const evidence = JSON.stringify(web?.evidence);

const ask = (name: string, query: Readonly<Record<string, string>>) =>
  desk(`/api/hosts/file/${name}?${new URLSearchParams({ snapshot: "1", ...query })}`, signal);

test("every route that tells of a reading is answered from a facts file too", async () => {
  expect(ofReadings.length).toBeGreaterThan(4);
  for (const name of ofReadings) {
    const query = { of: `${web?.key}`, question: "tools", netns: `${topology.host.netns}` };
    const said = await ask(name, { ...query, e: evidence, out: `${web?.netns}` });
    expect([name, said.status]).toEqual([name, "said"]);
  }
});

test("the words behind a line are those that the host printed", async () => {
  const said = await ask("quotes", { e: evidence });
  expect(JSON.stringify(said)).toContain(web?.engineId.slice(0, 12));
});

test("a bridge's addresses come from what was recorded of all bridges", async () => {
  const bridge = topology.links.find(({ name }) => name === "docker0");
  const said = await ask("opened", { question: "macs", of: `${bridge?.key}` });
  expect(said).toMatchObject({ json: { status: "read", value: { question: "macs" } } });
});

test("what nobody has is said to be missing, and a topology alone has none of it", async () => {
  expect(await ask("details", { of: "ctr:nobody" })).toEqual({ status: "failed" });
  expect(await topologyDesk("/api/hosts/file/quotes", signal)).toEqual({ status: "not-kept" });
});
