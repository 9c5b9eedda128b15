import { describe, expect, test } from "vitest";
import { netnsLabel } from "./ids";
import { numberByPeer, type PlacedLink, pastedNumbers } from "./pasted-ends";

const link = (netns: string, name: string, over: Partial<PlacedLink>): PlacedLink => ({
  netns: netnsLabel(netns),
  name,
  ifindex: -1,
  linkIndex: null,
  linkName: null,
  linkType: "ether",
  infoKind: null,
  untold: "netns",
  ...over,
});

const veth = link("host", "veth1", { ifindex: 9, linkIndex: 8 });
const eth0 = link("web", "eth0", { linkIndex: 9 });

describe("an end of which only its iflink was printed", () => {
  test("has the number that the one end prints which it fits", () => {
    const numbers = pastedNumbers([veth, eth0]);
    expect(numbers.endsOf(eth0)).toEqual([veth]);
    expect(numbers.endsOf(veth)).toEqual([eth0]);
    expect(numberByPeer(eth0, numbers)).toBe(8);
    expect(numberByPeer(veth, numbers)).toBeNull();
  });

  test("has none where another claims the same end, or another end has the same number", () => {
    const rival = link("db", "eth0", { linkIndex: 9 });
    expect(numberByPeer(eth0, pastedNumbers([veth, eth0, rival]))).toBeNull();
    const twin = link("other", "veth2", { ifindex: 9, linkIndex: 8 });
    expect(numberByPeer(eth0, pastedNumbers([veth, twin, eth0]))).toBeNull();
  });

  test("is not the one whose number another link of its namespace has", () => {
    const taken = link("web", "eth1", { ifindex: 8, linkIndex: 30 });
    expect(pastedNumbers([veth, eth0, taken]).endsOf(eth0)).toEqual([]);
  });

  test("is no end of what is not called a veth: that may be the parent of a macvlan", () => {
    const nic = link("host", "ens33", { ifindex: 9, linkIndex: 8 });
    expect(pastedNumbers([nic, eth0]).endsOf(eth0)).toEqual([]);
  });
});

test("two that name each other's numbers need no such name, and one that denies it is none", () => {
  const [a, b] = [
    link("x", "left", { ifindex: 3, linkIndex: 4 }),
    link("y", "right", { ifindex: 4, linkIndex: 3 }),
  ];
  expect(pastedNumbers([a, b]).endsOf(a)).toEqual([b]);
  const denies = { ...b, linkIndex: 5 };
  expect(pastedNumbers([a, denies]).endsOf(a)).toEqual([]);
});

test("thousands that claim one end take bounded time, and none of them gets it", () => {
  const many = Array.from({ length: 20_000 }, (_, nth) =>
    link("web", `eth${nth}`, { ifindex: -1 - nth, linkIndex: 9 }),
  );
  const before = performance.now();
  const numbers = pastedNumbers([veth, ...many]);
  expect(many.every((each) => numberByPeer(each, numbers) === null)).toBe(true);
  expect(performance.now() - before).toBeLessThan(2_000);
});
