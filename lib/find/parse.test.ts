import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Field, fields, fieldWords } from "./fields";
import { parse } from "./parse";
import { print, printTerm, replaced, without } from "./print";
import { mostTerms, mostText, type Term } from "./query";

type Meant = Pick<Term, "negated" | "field" | "values">;

const meant = (text: string): readonly Meant[] =>
  parse(text).terms.map(({ negated, field, values }) => ({ negated, field, values }));

const says = (text: string) => parse(text).troubles;

describe("what is typed", () => {
  test("words, fields, lists and what must not fit", () => {
    expect(meant("web net:shop -name:test state:down,exited")).toEqual([
      { negated: false, field: null, values: ["web"] },
      { negated: false, field: "net", values: ["shop"] },
      { negated: true, field: "name", values: ["test"] },
      { negated: false, field: "state", values: ["down", "exited"] },
    ]);
  });

  test("quotes hold spaces together and take the meaning from colons and dashes", () => {
    expect(meant('name:"my net","a,b" "-x" "net:shop"')).toEqual([
      { negated: false, field: "name", values: ["my net", "a,b"] },
      { negated: false, field: null, values: ["-x"] },
      { negated: false, field: null, values: ["net:shop"] },
    ]);
  });

  test("a Chinese keyboard needs no switching", () => {
    expect(meant("网络：shop 状态：down，exited name:“我的 服务”")).toEqual([
      { negated: false, field: "net", values: ["shop"] },
      { negated: false, field: "state", values: ["down", "exited"] },
      { negated: false, field: "name", values: ["我的 服务"] },
    ]);
  });

  test.each(["fe80::1", "fe:ed:00:11:22:33", "02-42-ac-11-00-02", "::1", "fd:"])(
    "%s is a word, not a field",
    (text) => {
      expect(meant(text)).toEqual([{ negated: false, field: null, values: [text] }]);
    },
  );

  test("nothing at all asks for nothing", () => {
    expect(parse("  \n ")).toEqual({ terms: [], asked: [], troubles: [] });
  });
});

describe("what makes no sense is said", () => {
  test("an unknown field is looked for as text, and the field that was meant is named", () => {
    expect(meant("stat:down nginx:1.27").map(({ values }) => values[0])).toEqual([
      "stat:down",
      "nginx:1.27",
    ]);
    expect(says("stat:down nginx:1.27")).toEqual([
      { kind: "unknown-field", text: "stat:down", field: "stat", near: "state" },
      { kind: "unknown-field", text: "nginx:1.27", field: "nginx", near: null },
    ]);
  });

  test.each([
    ["state:dwon", "state", "dwon"],
    ["port:http", "port", "http"],
    ["port:9000-8000", "port", "9000-8000"],
    ["ip:300.1.1.1", "ip", "300.1.1.1"],
    ["ip:10.0.0.0/40", "ip", "10.0.0.0/40"],
    ["mac:xyz", "mac", "xyz"],
    ["ifindex:two", "ifindex", "two"],
  ])("%s is passed over", (text, field, value) => {
    expect(parse(text).terms).toEqual([]);
    expect(says(text)).toEqual([{ kind: "bad-value", field, value }]);
  });

  test("of a list the good values count", () => {
    expect(meant("port:80,x,443")).toEqual([
      { negated: false, field: "port", values: ["80", "443"] },
    ]);
    expect(says("port:80,x,443")).toEqual([{ kind: "bad-value", field: "port", value: "x" }]);
  });

  test("a field without a value, a quote without its end", () => {
    expect(says("net:")).toEqual([{ kind: "no-value", field: "net" }]);
    expect(parse('"my net').troubles).toEqual([{ kind: "open-quote" }]);
    expect(meant('"my net')[0]?.values).toEqual(["my net"]);
  });

  test("a pasted file is read up to a point, at once, and that is said", () => {
    const pasted = "x ".repeat(50_000);
    const start = performance.now();
    const { terms, troubles } = parse(pasted);
    expect(performance.now() - start).toBeLessThan(200);
    expect(terms.length).toBeLessThanOrEqual(mostTerms);
    expect(troubles).toEqual([{ kind: "too-long" }]);
    expect(parse("y".repeat(10_000)).terms[0]?.values[0]).toHaveLength(mostText);
  });
});

const anyText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
const crooked = fc.stringMatching(/^[-a-z:"“”,，：\\ .]{1,12}$/);
const values: Readonly<Partial<Record<Field, fc.Arbitrary<string>>>> = {
  ip: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("10.0.0.0/8", "10.0.0.1-10.0.0.9", "172.30")),
  mac: fc.constantFrom("02:42:ac:11:00:02", "0242.ac11.0002", "ac11"),
  ifindex: fc.oneof(fc.nat().map(String), fc.constant("2-9")),
  port: fc.constantFrom("80", "8000-9000", "53/udp"),
  state: fc.constantFrom(...fieldWords.state),
  kind: fc.constantFrom(...fieldWords.kind),
  proof: fc.constantFrom(...fieldWords.proof),
};
const text = fc.oneof(anyText, crooked);
const terms: fc.Arbitrary<Meant> = fc.oneof(
  fc.record({
    negated: fc.boolean(),
    field: fc.constant(null),
    values: fc.tuple(text),
  }),
  fc.constantFrom(...fields).chain((field) =>
    fc.record({
      negated: fc.boolean(),
      field: fc.constant(field),
      values: fc.array(values[field] ?? text, { minLength: 1, maxLength: 3 }),
    }),
  ),
);

test("what is printed is read back the same", () => {
  fc.assert(
    fc.property(fc.array(terms, { maxLength: 6 }), (asked) => {
      expect(meant(asked.map(printTerm).join(" "))).toEqual(asked);
    }),
  );
});

test("nothing that is typed makes it throw, and what was understood survives printing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), crooked, fc.lorem()), (typed) => {
      expect(meant(print(parse(typed).terms))).toEqual(meant(typed));
    }),
    { numRuns: 1000 },
  );
});

test("a term that is taken away leaves the others as they were typed", () => {
  fc.assert(
    fc.property(fc.array(terms, { minLength: 1, maxLength: 5 }), fc.nat(), (asked, nth) => {
      const typed = asked.map(printTerm).join("  ");
      const place = nth % asked.length;
      const term = parse(typed).terms[place];
      if (term === undefined) throw new Error("a term was lost");
      expect(meant(without(typed, term))).toEqual(asked.toSpliced(place, 1));
      expect(meant(replaced(typed, term, "net:shop"))).toEqual(
        asked.toSpliced(place, 1, { negated: false, field: "net", values: ["shop"] }),
      );
    }),
  );
});
