import { expect, test } from "vitest";
import { sayNotVouched } from "./certificate-words";

test("times are told to the minute, and lists by their beginning", () => {
  expect(sayNotVouched({ reason: "expired", until: "2020-01-02T03:04:05.000Z" }).values).toEqual({
    until: "2020-01-02 03:04 UTC",
  });
  const names = Array.from({ length: 300 }, (_, n) => `${n}${"x".repeat(500)}`);
  const { values } = sayNotVouched({ reason: "other-names", name: "a", names });
  expect(values["names"]?.length).toBeLessThan(700);
  expect(values["names"]?.endsWith(", …")).toBe(true);
  expect(sayNotVouched({ reason: "other-names", name: "a", names: [] }).values["names"]).toBe("–");
});
