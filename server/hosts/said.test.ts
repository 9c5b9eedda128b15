import { expect, test } from "vitest";
import { bodyOf, readKeyAnswer, readLine, readSecret, readShown } from "./said";

const post = (body: string) => new Request("http://127.0.0.1/", { method: "POST", body });

test("a body that is no JSON is nothing, not a throw", async () => {
  expect(await bodyOf(post("{"))).toBeUndefined();
  expect(await bodyOf(post(""))).toBeUndefined();
  expect(await bodyOf(post('{"line":"h"}'))).toEqual({ line: "h" });
});

test("a line is a line, and not too long a one", () => {
  expect(readLine({ line: "root@h -p 22" })).toBe("root@h -p 22");
  for (const wrong of [
    undefined,
    null,
    {},
    { line: "" },
    { line: 1 },
    { line: "x".repeat(2000) },
  ]) {
    expect(readLine(wrong)).toBeNull();
  }
  expect(readLine({ line: "h", also: 1 })).toBeNull();
});

test("a key is accepted by what was pasted, or unverified by the fingerprint that was seen", () => {
  expect(readKeyAnswer({ pasted: "256 SHA256:x" })).toEqual({
    how: "pasted",
    text: "256 SHA256:x",
  });
  expect(readKeyAnswer({ unverified: true, fingerprint: "SHA256:x" })).toEqual({
    how: "unverified",
    fingerprint: "SHA256:x",
  });
  for (const wrong of [
    {},
    { unverified: true },
    { unverified: false, fingerprint: "SHA256:x" },
    { pasted: "x", unverified: true, fingerprint: "x" },
    { pasted: "x".repeat(20_000) },
  ]) {
    expect(readKeyAnswer(wrong)).toBeNull();
  }
});

test("a secret may be empty, and is kept as it is typed", () => {
  expect(readSecret({ secret: "" })).toBe("");
  expect(readSecret({ secret: " a b " })).toBe(" a b ");
  expect(readSecret({ secret: 1 })).toBeNull();
  expect(readSecret({})).toBeNull();
});

test("a page may say which reading it shows", () => {
  expect(readShown({ from: "a1b2" })).toBe("a1b2");
  for (const wrong of [
    undefined,
    {},
    { from: 1 },
    { from: "x".repeat(300) },
    { from: "x", more: 1 },
  ])
    expect(readShown(wrong)).toBeNull();
});
