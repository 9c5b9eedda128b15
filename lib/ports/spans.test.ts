import fc from "fast-check";
import { expect, test } from "vitest";
import { covers, type Span, spanIn, stretches, textOf } from "./spans";

const area: Span = { first: 0n, last: 63n };

const spans = fc
  .tuple(fc.bigInt(-8n, 70n), fc.bigInt(0n, 20n))
  .map(([first, more]): Span => ({ first, last: first + more }));

test("stretches hold each address of an area once, and say rightly in which groups it is", () => {
  fc.assert(
    fc.property(fc.array(fc.array(spans, { maxLength: 4 }), { maxLength: 4 }), (groups) => {
      const found = stretches(area, groups);
      for (let address = area.first; address <= area.last; address += 1n) {
        const one = { first: address, last: address };
        const own = found.filter((stretch) => covers(stretch, one));
        expect(own).toHaveLength(1);
        const within = groups.flatMap((group, nth) =>
          group.some((span) => covers(span, one)) ? [nth] : [],
        );
        expect([...(own[0]?.within ?? [])].sort()).toEqual(within);
      }
    }),
  );
});

test("a prefix is all of its addresses, whatever its host bits", () => {
  expect(spanIn("10.1.2.3/8")).toEqual(spanIn("10.0.0.0/8"));
  expect(spanIn("2001:db8::1/128").first).toBe(spanIn("2001:db8::1/128").last);
  expect(textOf([0x20, 1, ...Array<number>(13).fill(0), 8])).toBe("2001:0:0:0:0:0:0:8");
});
