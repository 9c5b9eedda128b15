import fc from "fast-check";
import { expect, test } from "vitest";
import { type Output, type Share, splitBatch } from "./ip-batch";

const lines = ["addr show", "route show table all", "netns list-id"];
const addr = '[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK"]}]\n';
const route = '[{"type":"unicast","dst":"default","dev":"eth0","flags":[]}]\n';
const ids = '[{"nsid":0,"name":"blue"}]\n';
const empty = "[]\n";

const output = (part: Partial<Output>): Output => ({
  stdout: "",
  stderr: "",
  exit: 0,
  cut: false,
  ...part,
});
const brief = (shares: readonly Share[]): readonly unknown[] =>
  shares.map((each) =>
    each.status === "unclear" ? "unclear" : [each.stdout, each.exit, ...(each.cut ? ["cut"] : [])],
  );
const split = (part: Partial<Output>) => brief(splitBatch(output(part), lines));

test("each line has the array that it printed", () => {
  expect(split({ stdout: addr + route + ids })).toEqual([
    [addr, 0],
    [route, 0],
    [ids, 0],
  ]);
});

test("a line that failed is known by its number, and the lines after it keep their own", () => {
  const stderr = 'Device "x" does not exist.\nCommand failed -:1\n';
  const shares = splitBatch(output({ stdout: empty + ids, stderr, exit: 1 }), lines);
  expect(brief(shares)).toEqual([
    ["", 1],
    [empty, 0],
    [ids, 0],
  ]);
  expect(shares[0]).toMatchObject({ stderr });
  expect(shares[1]).toMatchObject({ stderr: "" });
});

test("where an old ip prints nothing for an empty list, the others are told by their shape", () => {
  expect(split({ stdout: addr + ids })).toEqual([
    [addr, 0],
    ["", 0],
    [ids, 0],
  ]);
});

test("an empty list that may belong to two lines belongs to neither", () => {
  expect(split({ stdout: addr + empty })).toEqual([[addr, 0], "unclear", "unclear"]);
});

test("arrays in another order than asked are never given to the wrong line", () => {
  expect(split({ stdout: ids + route + addr })).toEqual([
    [addr, 0],
    [route, 0],
    [ids, 0],
  ]);
});

test("where nsenter or ip itself failed, each line failed", () => {
  const stderr = "nsenter: cannot open /proc/1/ns/net: Permission denied\n";
  expect(splitBatch(output({ stderr, exit: 1 }), lines)).toEqual(
    lines.map(() => ({ status: "answered", stdout: "", stderr, exit: 1, cut: false })),
  );
});

test("ended in the middle, the lines before count and the others were not answered", () => {
  expect(split({ stdout: addr + route.slice(0, 20), exit: null })).toEqual([
    [addr, 0],
    [route.slice(0, 20), null],
    ["", null],
  ]);
  expect(split({ stdout: addr + route.slice(0, 20), exit: null, cut: true })).toEqual([
    [addr, 0],
    [route.slice(0, 20), null, "cut"],
    ["", null, "cut"],
  ]);
});

test("text that is no array of any line is unclear, and what is clear stays", () => {
  expect(split({ stdout: `${addr}${route}nsid 0 (iproute2 netns name: a)\nnsid 1\n` })).toEqual([
    [addr, 0],
    [route, 0],
    "unclear",
  ]);
});

test("whatever is printed, nothing throws and no output is given twice or made up", () => {
  const text = fc.oneof(fc.constantFrom(addr, route, ids, empty, "\n"), fc.string());
  const words = fc.oneof(
    fc.constantFrom("Command failed -:2\n", "Command failed -:99\n"),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(text),
      fc.array(words),
      fc.option(fc.nat(255)),
      fc.boolean(),
      (printed, said, exit, cut) => {
        const stdout = printed.join("");
        const shares = splitBatch({ stdout, stderr: said.join(""), exit, cut }, lines);
        expect(shares).toHaveLength(lines.length);
        const given = shares.flatMap((each) => (each.status === "answered" ? [each.stdout] : []));
        expect(given.join("").length).toBeLessThanOrEqual(stdout.length);
        for (const each of given) expect(stdout).toContain(each);
      },
    ),
  );
});
