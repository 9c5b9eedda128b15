import { expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import { tableColumns } from "@/components/workbench/url-state";
import type { HostFacts } from "@/lib/facts/model";
import { find, findIndex } from "@/lib/find/find";
import { parse } from "@/lib/find/parse";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { attachmentRows } from "./attachment-rows";
import { asText, columns } from "./columns";
import { rowKeys, shownRows } from "./shown-rows";

const topology = understand(facts as unknown as HostFacts);
const index = topologyIndex(topology);
const rows = attachmentRows(index, { stopped: true });
const found = (query: string) => find(findIndex(topology), parse(query)).rows;

test.each(locales)("in %s a table as text has a heading and a cell for every column", (locale) => {
  const text = asText(rows, tableColumns, { words: wordsIn(locale), index });
  expect(text).toHaveLength(rows.length + 1);
  for (const cells of text) expect(cells).toHaveLength(tableColumns.length);
  expect(text[0]?.every((heading) => heading !== "")).toBe(true);
});

test("a row says what the kernel and the engine said", () => {
  const [, ...text] = asText(rows, ["network", "container", "address", "ports", "proof"], {
    words: wordsIn("en"),
    index,
  });
  expect(text).toContainEqual([
    "br-c9c5a02f13fd · shop",
    "api",
    "172.30.0.2/24",
    "9000→9000/tcp, 9001→9001/tcp, 9002→9002/tcp",
    "exact",
  ]);
});

test("a filter by what a cell shows keeps its row", () => {
  const saying = { words: wordsIn("en"), index };
  for (const row of rows) {
    for (const column of ["container", "image", "project", "ports", "netns"] as const) {
      const [first] = columns[column].text(row, saying).split(", ");
      if (first === undefined || first === "" || first === "the host") continue;
      const value = column === "ports" ? /^(?:lo:)?(\d+)/.exec(first)?.[1] : `"${first}"`;
      const left = found(`${columns[column].field}:${value}`);
      expect(
        rowKeys(row).some((key) => left.has(key)),
        `${column} ${first}`,
      ).toBe(true);
    }
  }
});

test("a container in two networks keeps the row that was asked for, and what is selected", () => {
  const names = (query: string, selected: string | null) =>
    shownRows(rows, found(query), selected as never).map(
      ({ network, containers }) => `${containers[0]?.name ?? ""} on ${network?.name ?? ""}`,
    );
  expect(names("net:vault container:db", null)).toEqual(["db on vault"]);
  expect(names("net:vault container:db", "ctr:api")).toEqual(["api on shop", "db on vault"]);
  expect(shownRows(rows, null, null)).toBe(rows);
});

test("a condition and its opposite hide every row once", () => {
  for (const term of ["net:shop", "state:running", "kind:veth", "ip:172.16.0.0/12"]) {
    const [fitting = [], others = []] = [found(term), found(`-${term}`)].map((left) =>
      shownRows(rows, left, null),
    );
    expect(fitting.filter((row) => others.includes(row))).toEqual([]);
    expect(fitting.length + others.length).toBe(rows.length);
  }
});
