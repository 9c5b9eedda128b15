import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import type { SceneRow } from "@/lib/scene/model";
import { placeOf, stepped } from "./row-list";

const row = (name: string, ...stops: readonly (readonly [string, number])[]): SceneRow => ({
  key: key(name),
  said: name,
  stops: stops.map(([each, x]) => ({
    key: key(each),
    name: each,
    rect: { x, y: 0, width: 10, height: 10 },
  })),
});

const rows = [
  row("pair:a", ["outside", 0], ["nic", 10], ["veth-a", 50], ["eth-a", 80], ["web", 100]),
  row("pair:b", ["veth-b", 50], ["eth-b", 80], ["db", 100], ["sidecar", 130]),
];

test("left and right walk along the path and stop at its ends", () => {
  expect(stepped(rows, { row: 0, stop: 3 }, "ArrowRight", "rails")).toEqual({ row: 0, stop: 4 });
  expect(stepped(rows, { row: 0, stop: 4 }, "ArrowRight", "rails")).toEqual({ row: 0, stop: 4 });
  expect(stepped(rows, { row: 0, stop: 0 }, "ArrowLeft", "rails")).toEqual({ row: 0, stop: 0 });
});

test("up and down stay in the column, also where a row begins elsewhere", () => {
  expect(stepped(rows, { row: 0, stop: 4 }, "ArrowDown", "rails")).toEqual({ row: 1, stop: 2 });
  expect(stepped(rows, { row: 1, stop: 1 }, "ArrowUp", "rails")).toEqual({ row: 0, stop: 3 });
  expect(stepped(rows, { row: 0, stop: 0 }, "ArrowDown", "rails")).toEqual({ row: 1, stop: 0 });
  expect(stepped(rows, { row: 1, stop: 3 }, "ArrowUp", "rails")).toEqual({ row: 0, stop: 4 });
});

test("in a textbook up and down walk along the path, left and right from column to column", () => {
  const columns = [0, 200].map((x, nth) => ({
    key: key(`pair:${nth}`),
    said: "",
    stops: ["veth", "eth", "web"].map((name, step) => ({
      key: key(`${name}-${nth}`),
      name,
      rect: { x, y: 100 - step * 40, width: 10, height: 10 },
    })),
  }));
  const step = (from: { row: number; stop: number }, pressed: string) =>
    stepped(columns, from, pressed, "textbook");
  expect(step({ row: 0, stop: 0 }, "ArrowUp")).toEqual({ row: 0, stop: 1 });
  expect(step({ row: 0, stop: 2 }, "ArrowUp")).toEqual({ row: 0, stop: 2 });
  expect(step({ row: 0, stop: 1 }, "ArrowDown")).toEqual({ row: 0, stop: 0 });
  expect(step({ row: 0, stop: 1 }, "ArrowRight")).toEqual({ row: 1, stop: 1 });
  expect(step({ row: 1, stop: 2 }, "ArrowLeft")).toEqual({ row: 0, stop: 2 });
});

test("home and end are the first and the last row, other keys are none of ours", () => {
  expect(stepped(rows, { row: 1, stop: 0 }, "Home", "rails")).toEqual({ row: 0, stop: 4 });
  expect(stepped(rows, { row: 0, stop: 0 }, "End", "rails")).toEqual({ row: 1, stop: 3 });
  expect(stepped(rows, { row: 0, stop: 0 }, "a", "rails")).toBeNull();
});

test("a thing is found by its key, a pair by its row", () => {
  expect(placeOf(rows, key("eth-b"))).toEqual({ row: 1, stop: 1 });
  expect(placeOf(rows, key("pair:b"))).toEqual({ row: 1, stop: 3 });
  expect(placeOf(rows, key("nobody"))).toBeNull();
});
