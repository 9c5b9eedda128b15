import { isJsonObject } from "@/lib/facts/json-object";
import type { Ruling } from "@/lib/topology/ruling";
import { type PackedRules, packRules, unpackRules } from "./rules";

/** What `/api/hosts/HOST/ruling` answers: rules are packed, the rest is small. */
export type PackedRuling = Omit<Ruling, "rules"> & { readonly rules: readonly PackedRules[] };

/** Loses nothing: `unpackRuling(packRuling(r))` equals `r`. */
export const packRuling = (ruling: Ruling): PackedRuling => ({
  ...ruling,
  rules: ruling.rules.map(packRules),
});

/** null: this is nothing that {@link packRuling} made. Our own server, of our own version: the rest is not looked into. */
export function unpackRuling(packed: unknown): Ruling | null {
  if (!isJsonObject(packed) || !Array.isArray(packed["rules"])) return null;
  const rules = packed["rules"].map(unpackRules);
  return rules.includes(null) || !isJsonObject(packed["listening"])
    ? null
    : ({ ...packed, rules } as unknown as Ruling);
}
