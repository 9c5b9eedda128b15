import fc from "fast-check";
import type { Surroundings } from "@/lib/graph/test-surroundings";
import type { TestContainer, TestWorld } from "@/lib/graph/test-world";

const name = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,60}$/),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
  fc.constantFrom(
    "网桥网桥网桥",
    "<b>x",
    "$(id)",
    'q"z',
    "-dash",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "🐳🐳🐳🐳",
    "👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
    "مرحبا بالعالم",
    "evil\u202etxt.exe",
    "W".repeat(200),
    "網".repeat(200),
  ),
);

const peers = ["consistent", "ambiguous", "contradictory", "nsid", "no-iflink"] as const;

const container = (networks: readonly string[]): fc.Arbitrary<TestContainer> =>
  fc
    .record({
      name,
      on: fc.subarray([...networks], { maxLength: Math.min(3, networks.length) }),
      project: fc.option(name, { nil: null }),
      is: fc.constantFrom(
        "running" as const,
        "running" as const,
        "paused" as const,
        "restarting" as const,
        "stopped" as const,
        "unread" as const,
      ),
      peer: fc.option(fc.constantFrom(...peers), { nil: null, freq: 3 }),
    })
    .map(({ project, peer, ...rest }) => ({
      ...rest,
      ...(project === null ? {} : { project }),
      ...(peer === null ? {} : { peer }),
    }));

/** Hosts with names of every kind, all answers of pairing, and networks without a bridge. */
export const worlds: fc.Arbitrary<TestWorld> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 11 })
  .chain((networks) =>
    fc.record({
      networks: fc.tuple(
        ...networks.map((each, nth) =>
          fc.record({
            name: fc.constant(each),
            bridge: fc.constantFrom(nth === 0 ? "docker0" : `br-${nth}aaaaaaaaaaa`, null),
            internal: fc.boolean(),
          }),
        ),
      ),
      containers: fc.uniqueArray(container(networks), {
        maxLength: 12,
        selector: (each) => each.name,
      }),
    }),
  );

const linkName = fc.stringMatching(/^[a-z<&$"'@א-ת]{1,15}$/);
const few = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 5 });

/** Ways out, and namespaces that touch no bridge of the host or have one of their own. */
export const surroundings: fc.Arbitrary<Surroundings> = fc.record({
  tunnels: few(linkName),
  vlans: few(linkName),
  overlays: few(name),
  macvlans: few(name),
  between: few(fc.tuple(name, name)),
  shared: fc.integer({ min: 0, max: 5 }),
});

const networks = (count: number): TestWorld["networks"] =>
  Array.from({ length: count }, (_, nth) => ({
    name: nth === 0 ? "bridge" : `net-${nth}`,
    bridge: nth === 0 ? "docker0" : `br-${(0xaaaaaaaaaa00 + nth).toString(16)}`,
  }));

/** Hosts that are large in one way only. */
export const largeWorlds: Readonly<Record<string, TestWorld>> = {
  "one bridge with 1,000 ports": {
    networks: networks(1),
    containers: Array.from({ length: 1000 }, (_, nth) => ({ name: `web-${nth}`, on: ["bridge"] })),
  },
  "one container in 40 networks": {
    networks: networks(40),
    containers: [{ name: "hub", on: networks(40).map(({ name: each }) => each) }],
  },
  "400 networks": { networks: networks(400), containers: [{ name: "one", on: ["net-7"] }] },
  "names of 200 characters": {
    networks: [{ name: "n".repeat(200), bridge: "docker0" }],
    containers: ["W", "i", "容", "🐳"].map((sign) => ({
      name: sign.repeat(200),
      on: ["n".repeat(200)],
      project: sign.repeat(200),
    })),
  },
};
