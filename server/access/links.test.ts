import { expect, test } from "vitest";
import { links } from "./links";

test("a link works once", () => {
  const { make, spend } = links();
  const token = make();
  expect(spend(token)).toBe(true);
  expect(spend(token)).toBe(false);
});

test("a token has 256 bits and no two are alike", () => {
  const { make } = links();
  const tokens = Array.from({ length: 100 }, make);
  expect(new Set(tokens).size).toBe(100);
  expect(tokens.every((token) => Buffer.from(token, "base64url").length === 32)).toBe(true);
});

test("a wrong guess spends nothing", () => {
  const { make, spend } = links();
  const token = make();
  for (const guess of ["", "x", `${token}x`, token.slice(1), token.toUpperCase()]) {
    expect(spend(guess)).toBe(false);
  }
  expect(spend(token)).toBe(true);
});

test("before one is made, none is good", () => {
  expect(links().spend("")).toBe(false);
});

test("a new link spends the one before", () => {
  const { make, spend } = links();
  const [first, second] = [make(), make()];
  expect(spend(first)).toBe(false);
  expect(spend(second)).toBe(true);
});

test("a link ends after 15 minutes", () => {
  let now = 0;
  const { make, spend } = links(() => now);
  const token = make();
  now = 15 * 60 * 1000;
  expect(spend(token)).toBe(false);
});
