import fc from "fast-check";
import { expect, test } from "vitest";
import { cidr, ipAddress, isWithin, sameAddress } from "./ip-address";

test.each([
  ["172.30.0.2", [172, 30, 0, 2]],
  ["::", Array(16).fill(0)],
  ["::1", [...Array(15).fill(0), 1]],
  ["::ffff:10.0.0.1", [...Array(10).fill(0), 255, 255, 10, 0, 0, 1]],
  [
    "FE80::42:acff:fe11:2%eth0",
    [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x42, 0xac, 0xff, 0xfe, 0x11, 0, 2],
  ],
])("%s is an address", (text, bytes) => {
  expect(ipAddress(text)).toEqual(bytes);
});

test.each([
  "",
  "1.2.3",
  "1.2.3.256",
  "1.2.3.4.5",
  "::1::",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8::",
  "12345::",
  "g::",
  ":",
  "1.2.3.4:5",
  "::1.2.3",
])("%j is none", (text) => {
  expect(ipAddress(text)).toBeNull();
});

test.each(["10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1"])(
  "%j is no prefix",
  (text) => {
    expect(cidr(text)).toBeNull();
  },
);

const spelled = (bytes: readonly number[], pad: boolean): string =>
  bytes.length === 4
    ? bytes.join(".")
    : Array.from({ length: 8 }, (_, nth) =>
        (((bytes[nth * 2] ?? 0) << 8) | (bytes[nth * 2 + 1] ?? 0))
          .toString(16)
          .padStart(pad ? 4 : 1, "0"),
      ).join(":");

const bytesOf = (length: number) =>
  fc.array(fc.nat({ max: 255 }), { minLength: length, maxLength: length });

test("every address is read from every way to write it", () => {
  fc.assert(
    fc.property(fc.oneof(bytesOf(4), bytesOf(16)), fc.boolean(), (bytes, pad) => {
      expect(ipAddress(spelled(bytes, pad))).toEqual(bytes);
    }),
  );
});

test("an address is within a prefix when its first bits are the prefix's", () => {
  const bits = (bytes: readonly number[]) =>
    bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  fc.assert(
    fc.property(bytesOf(4), bytesOf(4), fc.nat({ max: 32 }), (a, b, prefix) => {
      const within = isWithin(a, { address: b, prefix });
      expect(within).toBe(bits(a).slice(0, prefix) === bits(b).slice(0, prefix));
    }),
  );
});

test("families are never within each other, nor the same", () => {
  expect(isWithin([0, 0, 0, 0], { address: Array(16).fill(0), prefix: 0 })).toBe(false);
  expect(sameAddress([0, 0, 0, 0], Array(16).fill(0))).toBe(false);
});

test("nothing that is typed makes it throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f:./%]{0,60}$/)), (text) => {
      ipAddress(text);
      cidr(text);
    }),
  );
});
