import { describe, expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { rulesOf } from "@/lib/pipeline";
import type { PortRow } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import { dockerRules } from "@/lib/ports/test-docker";
import { writtenWorld } from "@/lib/ports/test-world";
import { askedNetns, factsOfRules } from "@/lib/topology/firewall/test-firewall";
import { answerWords, reasonWords } from "./reached-words";

/** What is said of the ports of a host with these rules, by port. */
function said(more: Parameters<typeof dockerRules>[0], locale: (typeof locales)[number] = "en") {
  const world = writtenWorld({
    containers: [{ name: "web", listens: ["tcp 0.0.0.0 80", "tcp 0.0.0.0 90"] }, { name: "b" }],
    hostListens: ["tcp 127.0.0.1 631 cupsd", "tcp 172.17.0.1 53 dnsmasq"],
    firewall: rulesOf(factsOfRules(dockerRules(more)), askedNetns).firewall,
  });
  const saying = { words: wordsIn(locale), index: topologyIndex(world.topology) };
  const { rows } = ports(world);
  const at = (port: number): PortRow => {
    const found = rows.find(({ host, target }) => (host?.port ?? target?.port) === port);
    if (found === undefined) throw new Error(`no row for ${port}`);
    return found;
  };
  return {
    at,
    why: (port: number) => reasonWords(saying, at(port)),
    answer: (port: number, from: string) =>
      at(port)
        .asked.filter((asked) => asked.from === from)
        .map((asked) => answerWords(saying, asked)),
  };
}

const dropsButFrom = (source: string) => ({
  filter: [`-A FORWARD -i eth0 ! -s ${source} -j DROP`],
});

describe("why a port is reached from just so far", () => {
  test("whom a rule lets in alone stands first, then why others do not get there", () => {
    expect(said(dropsButFrom("203.0.113.4/32")).why(8080)).toBe(
      "only 203.0.113.4; not from the world: rule 1 in FORWARD says drop",
    );
  });

  test("of several whom rules let in alike one is named, and the others counted", () => {
    const filter = [
      "-A FORWARD -i eth0 -s 45.0.0.0/24 -j ACCEPT",
      "-A FORWARD -i eth0 -s 46.0.0.1/32 -j ACCEPT",
      "-A FORWARD -i eth0 -j DROP",
    ];
    expect(said({ filter }).why(8080)).toMatch(/^only 45\.0\.0\.0\/24 and 1 more like it; /);
  });

  test("whom a rule lets in beside the LAN is told too", () => {
    const filter = [
      "-A FORWARD -i eth0 -s 203.0.113.4/32 -j ACCEPT",
      "-A FORWARD -i eth0 ! -s 192.0.2.0/24 -j DROP",
    ];
    expect(said({ filter }).why(8080)).toMatch(/^also 203\.0\.113\.4; not from the world: /);
  });

  test("neighbours that send by this host are told, never that only this host gets there", () => {
    expect(said({}).why(53)).toMatch(/^only neighbours that send by this host to 172\.17\.0\.1; /);
    expect(said({ forward: "ACCEPT" }).why(90)).toBe(
      "only neighbours that send by this host to 172.17.0.2",
    );
    expect(said({}).why(631)).toBe("it is on a loopback address, which only this host has");
  });

  test("rules that name everybody are told, and no lack of addresses", () => {
    const filter = [
      "-A FORWARD -i eth0 -s 0.0.0.0/1 -j ACCEPT",
      "-A FORWARD -i eth0 -s 128.0.0.0/1 -j DROP",
    ];
    expect(said({ filter }).why(8080)).toContain("rules name every address of the world");
  });

  test("from outside a port on loopback is not said to be reached: nobody listens at that address", () => {
    expect(said({}).answer(631, "world")).toEqual(["nobody listens at 192.0.2.1:631"]);
    expect(said({}).answer(631, "neighbour")).toHaveLength(1);
  });

  test.each(locales)("in %s no word is left out", (locale) => {
    for (const more of [{}, dropsButFrom("203.0.113.4/32"), dropsButFrom("192.0.2.128/25")])
      for (const port of [8080, 53, 90]) expect(said(more, locale).why(port)).not.toContain("{");
  });
});
