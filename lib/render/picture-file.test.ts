import { expect, test } from "vitest";
import { mostPixels, mostSide, pictureName, pngSize, textName } from "./picture-file";

test("a picture is as large as it is drawn, times the scale", () => {
  expect(pngSize({ width: 1200.2, height: 800 }, 2)).toEqual({
    width: 2401,
    height: 1600,
    fits: true,
  });
});

test("a side or an area that no browser paints does not fit", () => {
  expect(pngSize({ width: mostSide + 1, height: 10 }, 1).fits).toBe(false);
  expect(pngSize({ width: mostSide, height: 10 }, 1).fits).toBe(true);
  expect(pngSize({ width: 8000, height: mostPixels / 8000 }, 1).fits).toBe(true);
  expect(pngSize({ width: 8000, height: mostPixels / 8000 + 1 }, 1).fits).toBe(false);
  expect(pngSize({ width: 1300, height: 78_000 }, 1).fits).toBe(false);
});

test("a host's name makes a file name on every system", () => {
  expect(pictureName("prod-01", "png")).toBe("prod-01.topo.png");
  expect(pictureName("网关", "svg")).toBe("网关.topo.svg");
  expect(pictureName("../../etc/passwd", "svg")).toBe("etc-passwd.topo.svg");
  expect(pictureName('a<b>:"c"|?*', "png")).toBe("a-b-c.topo.png");
  expect(pictureName("...", "png")).toBe("host.topo.png");
});

test("a file that does not open again is not called as if it did", () => {
  expect(pictureName("prod-01", "json")).toBe("prod-01.topo.json");
  expect(textName("prod-01", "mmd")).toBe("prod-01.mmd");
  expect(textName("../x", "svg")).toBe("x.svg");
});
