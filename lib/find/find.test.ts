import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { graph } from "@/lib/graph/graph";
import type { Graph } from "@/lib/graph/model";
import { manyContainers, type TestWorld, topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import type { Topology } from "@/lib/topology/model";
import { type FindIndex, find, findIndex } from "./find";
import { hideRest } from "./hide-rest";
import { parse } from "./parse";
import { suggestions } from "./suggest";

const recorded = understand(facts as unknown as HostFacts);
const host = findIndex(recorded);

const found = (query: string, index: FindIndex = host) => find(index, parse(query));
const names = (query: string, index: FindIndex = host): readonly string[] =>
  found(query, index).matches.map(({ thing }) => thing.name);

const written = (world: Partial<TestWorld>): Topology =>
  topologyOf({ networks: [{ name: "shop", bridge: "br-shop" }], containers: [], ...world });

const linkOf = (name: string, container: string) => {
  const netns = recorded.containers.find((each) => each.name === container)?.netns;
  const link = recorded.links.find((each) => each.name === name && each.netns === netns);
  if (link === undefined) throw new Error(`${container} has no ${name}`);
  return link;
};

describe("what can be found on a recorded host", () => {
  test("a container by the beginning of its name; what is called just so comes first", () => {
    expect(names("web")).toEqual(["web", "web2"]);
    expect(names("WEB2")).toEqual(["web2"]);
  });

  test("what was found says by what: the field and its text", () => {
    const [match] = found("port:8080").matches;
    expect(match?.thing.name).toBe("web");
    expect(match?.by).toMatchObject([{ tag: "port", text: "8080→80/tcp" }]);
  });

  test("a port is meant whole, a range holds its ends", () => {
    expect(names("port:808")).toEqual([]);
    expect(names("8080")).toEqual(["web"]);
    expect(names("port:9000-9002")).toEqual(["api"]);
    expect(names("port:5353/udp")).toEqual(["web2"]);
    expect(names("port:5353/tcp")).toEqual([]);
  });

  test("addresses by prefix, range, in full and by their beginning; the interface is what has them", () => {
    const { matches } = found("ip:172.30.0.50");
    expect(matches.map(({ of }) => of?.name)).toEqual(["db"]);
    expect(matches[0]?.thing.key).toBe(linkOf("eth0", "db").key);
    expect(found("ip:172.30.0.5").matches).toEqual([]);
    expect(found("ip:172.30.0.0/24").matches).toHaveLength(4);
    expect(found("ip:172.30.0.2-172.30.0.3").matches).toHaveLength(2);
    expect(found("ip:172.30.").matches).toHaveLength(4);
    expect(found("ip:30.0").matches).toEqual([]);
  });

  test("IPv6 in any spelling", () => {
    const address = recorded.links
      .flatMap(({ addresses }) => addresses)
      .find(({ address: text }) => text.startsWith("fe80::"))?.address;
    const spelled = address?.replace("::", ":0:0:0:").toUpperCase() ?? "";
    expect(found(`ip:${spelled}`).matches).toHaveLength(1);
    expect(found(spelled).matches).toHaveLength(1);
  });

  test("a MAC address in any spelling", () => {
    const mac = linkOf("eth0", "web").mac ?? "";
    const digits = mac.replaceAll(":", "");
    const spellings = [
      mac,
      mac.toUpperCase(),
      mac.replaceAll(":", "-"),
      digits,
      `${digits.slice(0, 4)}.${digits.slice(4, 8)}.${digits.slice(8)}`,
    ];
    for (const spelling of spellings) {
      expect(found(spelling).matches.map(({ of }) => of?.name)).toEqual(["web"]);
      expect(found(`mac:${spelling}`).matches.map(({ of }) => of?.name)).toEqual(["web"]);
    }
  });

  test("an ifindex and an inode, as they are printed", () => {
    const { ifindex, netns } = linkOf("eth0", "web");
    expect(found(`ifindex:${ifindex}`).matches.map(({ thing }) => thing.key)).toContain(
      linkOf("eth0", "web").key,
    );
    const inode = recorded.namespaces.find(({ id }) => id === netns)?.inode;
    expect(names(`netns:${inode}`)).toContain("web");
    expect(names(`netns:net:[${inode}]`)).toContain("web");
  });

  test("terms add up, and a dash turns one round", () => {
    expect(names("net:shop kind:container").toSorted()).toEqual(["api", "db", "proxy"]);
    expect(names("net:shop kind:container -name:db").toSorted()).toEqual(["api", "proxy"]);
    expect(names("net:shop net:bridge")).toEqual([]);
  });

  test("state, kind and proof by the words that are printed", () => {
    expect(names("state:stopped")).toEqual(["gone"]);
    expect(names("kind:bridge")).toContain("docker0");
    expect(names("kind:macvlan")).toHaveLength(1);
    expect(found("proof:exact").matches.length).toBeGreaterThan(5);
    expect(found("-proof:exact kind:veth").matches.every(({ by }) => by.length === 1)).toBe(true);
  });

  test("no term, no match", () => {
    expect(found("")).toEqual({ matches: [], rows: new Set() });
    expect(found("state:").matches).toEqual([]);
  });
});

test("every container is found by its name, every interface by its label", () => {
  for (const { name, key } of recorded.containers) {
    expect(found(`container:${name}`).matches.map(({ thing }) => thing.key)).toContain(key);
  }
  for (const { label, key, kind } of recorded.links) {
    if (kind === "loopback") continue;
    expect(found(`if:"${label}"`).matches.map(({ thing }) => thing.key)).toContain(key);
  }
});

describe("names that hide something", () => {
  const sly = ["safe\u202eexe", "<b>bold</b>", "🐳-one", "a b\tc", "$(reboot)"];
  const index = findIndex(written({ containers: sly.map((name) => ({ name, on: ["shop"] })) }));

  test.each(sly)("%j is found by itself", (name) => {
    expect(found(`name:"${name}"`, index).matches).toHaveLength(1);
  });

  test("and by what the page shows in place of a bidi mark", () => {
    expect(names("\\u{202e}", index)).toEqual(["safe\\u{202e}exe"]);
  });
});

describe("the name that was meant", () => {
  const meant = (query: string) =>
    suggestions(host, parse(query)).map(({ name, term }) => [term.values[0], name]);

  test.each([
    ["shpo", "shop"],
    ["dokcer0", "docker0"],
    ["name:camrea", "camera"],
    ["net:vualt", "vault"],
  ])("%s", (query, name) => {
    expect(meant(query).map(([, each]) => each)).toEqual([name]);
  });

  test("only for what nothing fits, and only where something is near", () => {
    expect(meant("web shpo")).toEqual([["shpo", "shop"]]);
    expect(meant("zzzzzz")).toEqual([]);
    expect(meant("state:down net:shop")).toEqual([]);
  });
});

const keysOf = ({ blocks }: Graph): ReadonlySet<Key> =>
  new Set(
    blocks.flatMap((block) =>
      block.kind === "list"
        ? block.boxes.flatMap(({ badges }) => badges.map(({ key }) => key))
        : block.rows.flatMap(({ host: near, inner, box }) => [
            ...[near, inner].flatMap((chip) => (chip === null ? [] : [chip.key])),
            ...(box?.badges ?? []).map(({ key }) => key),
          ]),
    ),
  );

describe("with the rest hidden", () => {
  const words = wordsIn("en");
  const whole = graph(recorded, { orientation: "rails", stopped: true }, words);
  const left = (query: string) => hideRest(whole, found(query).rows);

  test("a container in two networks keeps the row that was asked for", () => {
    const bridges = left("net:vault").blocks.flatMap((block) =>
      block.kind === "bridge" ? block.bridge.lines[0]?.text : [],
    );
    expect(bridges).toEqual(["vault"]);
    expect([...keysOf(left("net:vault"))].filter((key) => key.startsWith("ctr:")).sort()).toEqual([
      "ctr:db",
      "ctr:secret",
    ]);
  });

  test("a bridge that was found is there, with no rows but those that fit", () => {
    const { blocks } = left("name:docker0 kind:bridge");
    expect(blocks.map((block) => block.kind === "bridge" && block.bridge.label)).toEqual([
      "docker0",
    ]);
    expect(keysOf(left("name:docker0 kind:bridge")).size).toBe(0);
    expect(keysOf(left("net:docker0 web2"))).toContain("ctr:web2");
  });

  test("every match that has a place in the picture keeps it", () => {
    const every = keysOf(whole);
    for (const query of [
      "web",
      "e",
      "net:shop",
      "ip:172.16.0.0/12",
      "state:stopped",
      "host",
      "-web",
    ]) {
      const { matches } = found(query);
      const kept = keysOf(left(query));
      const lost = matches
        .map(({ thing }) => thing.key)
        .filter((key) => every.has(key) && !kept.has(key));
      expect(lost).toEqual([]);
    }
  });

  test("nothing is left where nothing fits", () => {
    expect(left("zzzzzz").blocks).toEqual([]);
  });

  test("brackets of projects stand where their rows are", () => {
    const world = written({
      containers: ["a", "b", "c", "d"].map((name, nth) => ({
        name,
        on: ["shop"],
        project: nth < 2 ? "one" : "two",
      })),
    });
    const all = graph(world, { orientation: "rails", stopped: false, group: "project" }, words);
    const { rows } = find(findIndex(world), parse("-name:a"));
    const [block] = hideRest(all, rows).blocks;
    expect(block?.kind === "bridge" && block.projects).toEqual([
      { name: "one", first: 0, count: 1 },
      { name: "two", first: 1, count: 2 },
    ]);
  });
});

test("whatever is typed, something is answered", () => {
  const index = findIndex(topologyOf(manyContainers(30)));
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-z:./, -]{0,20}$/)),
      (typed) => {
        const query = parse(typed);
        expect(find(index, query).matches.length).toBeLessThanOrEqual(index.entries.length);
        suggestions(index, query);
      },
    ),
  );
});

test("a query and its opposite share no row and leave none out", () => {
  const index = findIndex(topologyOf(manyContainers(60)));
  fc.assert(
    fc.property(
      fc.constantFrom("web-1", "net:project-1", "port:1-9", "kind:veth", "5", "ip:172.17.0.0/16"),
      (term) => {
        const [with_, without] = [find(index, parse(term)), find(index, parse(`-${term}`))];
        const entries = index.entries.length;
        const count = (query: string) =>
          index.entries.filter(
            (entry) => find({ entries: [entry] }, parse(query)).matches.length > 0,
          ).length;
        expect(count(term) + count(`-${term}`)).toBe(entries);
        expect(with_.matches.length + without.matches.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 12 },
  );
});
