import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import type { SceneRow } from "@/lib/scene/model";
import { rowsWithin } from "./rows-within";

const row = (name: string, y: number): SceneRow => ({
  key: key(`row:${name}`),
  said: { what: name, parts: [] } as unknown as SceneRow["said"],
  stops: [
    { key: key(`if:${name}`), name, rect: { x: 0, y, width: 50, height: 20 } },
    { key: key(`ctr:${name}`), name, rect: { x: 400, y, width: 50, height: 20 } },
  ],
});
const rows = [row("a", 0), row("b", 100)];

test("a row of which something stands in the window is there with all of its things", () => {
  expect(rowsWithin({ rows }, { x: 0, y: 0, width: 100, height: 50 })).toEqual(
    new Set(["if:a", "ctr:a"]),
  );
});

test("a window that only touches a row does not show it", () => {
  expect(rowsWithin({ rows }, { x: 0, y: 20, width: 100, height: 80 })).toEqual(new Set());
});
