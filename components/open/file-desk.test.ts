import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { examine, portsOf } from "@/lib/pipeline";
import { factsDesk, topologyDesk } from "./file-desk";

const facts = recordedFacts("docker-28.5-debian-sid");
const { topology, ruling } = examine(facts);
const desk = factsDesk({ facts, topology, ruling });
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

test("what nobody has is said to be missing", async () => {
  expect(await ask("details", { of: "ctr:nobody" })).toEqual({ status: "failed" });
});

test("a topology file that holds rules answers for them as the facts do, and for nothing else", async () => {
  const file = topologyDesk(topology, ruling);
  const into = portsOf(facts, topology).rows.find(({ host }) => host?.port === 8080)?.key ?? "";
  const questions = [
    "ports",
    "listening",
    "ruling",
    `rules?netns=${topology.host.netns}`,
    `rules?netns=${web?.netns}`,
    `way?${new URLSearchParams({ into })}`,
    `way?out=${web?.netns}`,
  ];
  for (const question of questions) {
    const path = `/api/hosts/file/${question}`;
    const said = await file(path, signal);
    expect(said, question).toEqual(await desk(path, signal));
    expect(said.status, question).toBe("said");
  }
  for (const name of ["quotes", "details", "opened"])
    expect(await file(`/api/hosts/file/${name}`, signal)).toEqual({ status: "not-kept" });
});

test("a topology without rules has none of it", async () => {
  const file = topologyDesk(topology, null);
  for (const name of ["quotes", "ports", "rules", "ruling"])
    expect(await file(`/api/hosts/file/${name}`, signal)).toEqual({ status: "not-kept" });
});
