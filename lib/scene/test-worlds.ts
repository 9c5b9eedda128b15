import fc from "fast-check";
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
