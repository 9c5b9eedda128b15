import fc from "fast-check";
import { expect, test } from "vitest";
import { answerId } from "@/lib/net/ids";
import { readQuotesQuery } from "./quotes-query";

const query = (...pairs: readonly (readonly [string, string])[]) =>
  readQuotesQuery(new URLSearchParams(pairs.map(([name, value]) => [name, value])));

test("evidence is read in the order in which it is asked for", () => {
  const evidence = [
    { answer: answerId("ip-addr", null), at: { path: [3, "linkinfo", "info_kind"] } },
    { answer: answerId("lsns", null), at: { line: 7 } },
  ];
  const asked = evidence.map((each) => ["e", JSON.stringify(each)] as const);
  expect(query(["snapshot", "s"], ...asked)).toEqual({ snapshot: "s", evidence });
});

const good = '{"answer":"a","at":{"line":0}}';
test.each([
  ["no snapshot", [["e", good]]],
  ["no evidence", [["snapshot", "s"]]],
  [
    "no JSON",
    [
      ["snapshot", "s"],
      ["e", "{"],
    ],
  ],
  [
    "a line below the first",
    [
      ["snapshot", "s"],
      ["e", '{"answer":"a","at":{"line":-1}}'],
    ],
  ],
  [
    "half a line",
    [
      ["snapshot", "s"],
      ["e", '{"answer":"a","at":{"line":0.5}}'],
    ],
  ],
  [
    "a path of objects",
    [
      ["snapshot", "s"],
      ["e", '{"answer":"a","at":{"path":[{}]}}'],
    ],
  ],
  [
    "one bad among good",
    [
      ["snapshot", "s"],
      ["e", good],
      ["e", "null"],
    ],
  ],
  [
    "more than a card asks for",
    [["snapshot", "s"], ...Array.from({ length: 65 }, () => ["e", good] as const)],
  ],
] as const)("%s is refused", (_what, pairs) => {
  expect(query(...pairs)).toBeNull();
});

test("nothing that can be sent throws", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.oneof(fc.string(), fc.json())), (snapshot, evidence) => {
      const read = query(["snapshot", snapshot], ...evidence.map((each) => ["e", each] as const));
      expect(read === null || read.evidence.length === evidence.length).toBe(true);
    }),
  );
});
