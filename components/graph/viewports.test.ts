import { expect, test } from "vitest";
import { fitting, inWindow, opening, showing, zoomed } from "./viewports";

const page = { width: 1000, height: 800 };

test("fit shows all of a long scene, and never more than its own size", () => {
  expect(fitting({ width: 1000, height: 8000 }, page)).toEqual({ zoom: 0.1, x: 450, y: 0 });
  expect(fitting({ width: 500, height: 400 }, page)).toEqual({ zoom: 1, x: 250, y: 200 });
});

test("a long scene opens at its own size from the top", () => {
  expect(opening({ width: 900, height: 8000 }, page)).toEqual({ zoom: 1, x: 50, y: 0 });
});

test("a narrow window shrinks the scene as far as it can be read, and no further", () => {
  expect(opening({ width: 1250, height: 800 }, page).zoom).toBe(0.8);
  expect(opening({ width: 4000, height: 800 }, page)).toMatchObject({ zoom: 0.62, x: 0 });
});

test("zooming keeps the middle of the window where it is", () => {
  expect(zoomed({ x: 0, y: 0, zoom: 1 }, 2, page)).toEqual({ zoom: 2, x: -500, y: -400 });
});

test("what is in sight does not move the picture", () => {
  const now = { x: 0, y: 0, zoom: 1 };
  expect(showing(now, { x: 100, y: 100, width: 50, height: 20 }, page)).toEqual(now);
});

test("what is out of sight moves it just far enough, and its beginning wins over its end", () => {
  const now = { x: 0, y: 0, zoom: 1 };
  expect(showing(now, { x: 100, y: 900, width: 50, height: 20 }, page)).toEqual({
    x: 0,
    y: -144,
    zoom: 1,
  });
  expect(showing(now, { x: 100, y: 900, width: 5000, height: 20 }, page).x).toBe(-76);
});

test("the window shows a part of the scene, never more than there is", () => {
  const scene = { width: 2000, height: 4000 };
  expect(inWindow(scene, { x: -500, y: -1000, zoom: 0.5 }, page)).toEqual({
    x: 1000,
    y: 2000,
    width: 1000,
    height: 1600,
  });
  expect(inWindow(scene, { x: 100, y: 50, zoom: 1 }, page)).toEqual({
    x: 0,
    y: 0,
    width: 900,
    height: 750,
  });
  expect(inWindow(scene, { x: 5000, y: 0, zoom: 1 }, page)).toEqual({ x: 0, y: 0, ...scene });
});
