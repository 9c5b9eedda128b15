import type { AnswerId } from "@/lib/net/ids";
import type { IpsetRow } from "@/lib/probes/ipset-save";
import { addressOf, rangeOf } from "./iptables-words";
import type { RuleSet } from "./model";
import type { ElementValue } from "./values";

type Create = Extract<IpsetRow, { readonly kind: "create" }>;

/** `10.0.0.0/24`, `10.0.0.1-10.0.0.9`, `tcp:80`, `80-90`, `eth0`, `02:42:…`: by the set's type. */
function fieldValue(part: string, dimension: string, family: "ip" | "ip6"): ElementValue {
  const text: ElementValue = { of: "text", text: part };
  if (dimension === "ip" || dimension === "net") {
    const isAddress = /^[0-9a-fA-F.:]+(?:\/\d{1,3})?$/.test(part);
    const value = isAddress ? addressOf(part, family) : rangeOf(part);
    return value.of === "set" || !/^[0-9a-fA-F.:/-]+$/.test(part) ? text : value;
  }
  if (dimension !== "port") return text;
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
  return first === undefined ? text : { of: "range", first: Number(first), last: Number(last) };
}

/** A range of addresses has no comma in it, so an entry is cut at each. */
function entryOf(entry: string, { type, options }: Create): readonly ElementValue[] {
  const dimensions = (type.split(":")[1] ?? "").split(",");
  const family = options.includes("inet6") ? "ip6" : "ip";
  return entry.split(",").map((part, at) => fieldValue(part, dimensions[at] ?? "", family));
}

/** The sets of one answer of `ipset save`, which lists a set before its entries. */
export function ipsetSets(rows: readonly IpsetRow[], answer: AnswerId): readonly RuleSet[] {
  const added = Map.groupBy(
    rows.filter((row) => row.kind === "add"),
    ({ name }) => name,
  );
  return rows
    .filter((row) => row.kind === "create")
    .map((row) => {
      const entries = added.get(row.name) ?? [];
      return {
        backend: "ipset",
        table: null,
        name: row.name,
        type: row.type,
        holds: {
          of: "elements",
          elements: entries.map(({ entry }) => entryOf(entry, row)),
          except: entries.flatMap(({ options }, at) => (options.includes("nomatch") ? [at] : [])),
        },
        options: row.options,
        evidence: { answer, at: { line: row.at } },
      };
    });
}
