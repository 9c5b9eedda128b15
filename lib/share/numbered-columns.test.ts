import { deflateRawSync, inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { understand } from "@/lib/pipeline";
import { columnPaths, pack } from "@/lib/wire/wire";
import { linkFragment, openLink } from "./link";
import { named, numbered } from "./numbered-columns";
import { freeze, plainlyShown } from "./snapshot";

const topology = understand(recordedFacts("docker-28.5-debian-sid"));

test("columns are the same with their names and without", () => {
  const packed = pack(topology);
  const short = numbered(packed);
  expect(JSON.stringify(short)).not.toContain("links.");
  const { names: _, ...rest } = { names: "", ...(named(short) as object) };
  expect(rest).toEqual(packed);
  expect(new Set(columnPaths()).size).toBe(columnPaths().length);
});

test("a link of a version with other columns is told from a damaged one", async () => {
  const { snapshot } = freeze(topology, plainlyShown);
  const link = await linkFragment(snapshot);
  const json = inflateRawSync(Buffer.from(link.slice(2), "base64url")).toString();
  const other = json.replace(/"names":"[^"]+"/, '"names":"other"');
  expect(other).not.toBe(json);
  const fragment = `z=${deflateRawSync(other).toString("base64url")}`;
  expect(await openLink(fragment)).toMatchObject({ refusal: { why: "other-version" } });
  expect(await openLink(link)).toMatchObject({ kind: "topology" });
});
