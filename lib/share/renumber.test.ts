import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import { addressText, asNumber, collectAddresses, isRenumbered } from "./addresses";

type Net = { readonly address: IpAddress; readonly length: number };

const bytes = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 255 }), { minLength: length, maxLength: length });
const nets = (length: number, shortest: number) =>
  fc.array(
    fc.record({ address: bytes(length), length: fc.integer({ min: shortest, max: length * 8 }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  );

const top = ({ address, length }: Net): bigint =>
  asNumber(address) >> BigInt(address.length * 8 - length);
const isInside = (inner: Net, outer: Net): boolean =>
  inner.length >= outer.length && top({ ...inner, length: outer.length }) === top(outer);

/** Small networks, so that there is room for all: 240.0.0.0/4 is a sixteenth of what it stands for. */
const few = fc.oneof(nets(4, 12), nets(16, 40));

describe("networks are renumbered", () => {
  test("what is inside a network still is, what is not is not, and no two become one", () =>
    fc.assert(
      fc.property(few, (given) => {
        const collected = collectAddresses();
        for (const { address, length } of given) {
          collected.add(address, length);
          collected.add(address, address.length * 8);
        }
        const { prefix, address: one } = collected.renumber();
        const now = given.map(({ address, length }) => ({
          address: prefix(address, length),
          length,
        }));
        const ones = given.map(({ address }) => ({
          address: one(address),
          length: address.length * 8,
        }));
        given.forEach((net, at) => {
          const [moved, single] = [now[at], ones[at]];
          if (moved === undefined || single === undefined) throw new Error("lost");
          expect(isRenumbered(moved.address) && isRenumbered(single.address)).toBe(true);
          given.forEach((other, nth) => {
            const [otherNet, otherOne] = [now[nth], ones[nth]];
            if (otherNet === undefined || otherOne === undefined) throw new Error("lost");
            expect(isInside(otherNet, moved)).toBe(isInside(other, net));
            const own = { address: other.address, length: other.address.length * 8 };
            expect(isInside(otherOne, moved)).toBe(isInside(own, net));
            expect(addressText(otherOne.address) === addressText(single.address)).toBe(
              addressText(other.address) === addressText(net.address),
            );
          });
        });
      }),
      { numRuns: 500 },
    ));

  test("also where there is no room for all, and then all the same nothing shows through", () => {
    const collected = collectAddresses();
    const eights = Array.from({ length: 40 }, (_, nth) => cidr(`${nth + 11}.0.0.0/8`)).flatMap(
      (net) => net ?? [],
    );
    for (const { address } of eights) {
      collected.add(address, 8);
      collected.add([...address.slice(0, 3), 9], 32);
    }
    const { prefix, address: one } = collected.renumber();
    for (const { address } of eights) {
      expect(isRenumbered(prefix(address, 8))).toBe(true);
      expect(isRenumbered(one([...address.slice(0, 3), 9]))).toBe(true);
    }
    const singles = new Set(
      eights.map(({ address }) => addressText(one([...address.slice(0, 3), 9]))),
    );
    expect(singles.size).toBe(eights.length);
  });

  test("a network of Docker reads like one: its gateway is .1, its first container .2", () => {
    const collected = collectAddresses();
    const all = ["172.17.0.1", "172.17.0.2", "172.17.0.3"].flatMap((text) => [
      ipAddress(text) ?? [],
    ]);
    for (const address of all) {
      collected.add(address, 16);
      collected.add(address, 32);
    }
    const { address, prefix } = collected.renumber();
    expect(all.map((each) => addressText(address(each)))).toEqual([
      "241.0.0.1",
      "241.0.0.2",
      "241.0.0.3",
    ]);
    expect(addressText(prefix(all[0] ?? [], 16))).toBe("241.0.0.0");
  });
});

test("an address reads back as itself, in the spelling of RFC 5952", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        bytes(4),
        bytes(16),
        bytes(16).map((each) => each.map((byte) => (byte > 60 ? 0 : byte))),
      ),
      (address) => {
        expect(ipAddress(addressText(address))).toEqual(address);
      },
    ),
  );
  for (const text of ["::", "::1", "fe80::1", "2001:db8::1:0:0:1", "1:2:3:4:5:6:7:8", "1::"])
    expect(addressText(ipAddress(text) ?? [])).toBe(text);
});
