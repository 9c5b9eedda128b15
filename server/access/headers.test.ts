import { expect, test } from "vitest";
import { contentPolicy, securityHeaders } from "./headers";

const directives = (dev: boolean): ReadonlyMap<string, string> =>
  new Map(
    contentPolicy("N0nce+/=", dev)
      .split("; ")
      .map((each) => [each.split(" ", 1)[0] ?? "", each] as const),
  );

test("scripts run by nonce alone, and none is evaluated", () => {
  expect(directives(false).get("script-src")).toBe(
    "script-src 'self' 'nonce-N0nce+/=' 'strict-dynamic'",
  );
});

test("nothing is loaded from, sent to, or framed by another origin", () => {
  expect(contentPolicy("n", false)).not.toMatch(/https?:|\*|wss?:/);
  expect(directives(false).get("default-src")).toBe("default-src 'none'");
  expect(directives(false).get("frame-ancestors")).toBe("frame-ancestors 'none'");
  expect(directives(false).get("base-uri")).toBe("base-uri 'none'");
});

test("only dev mode may evaluate and inject styles", () => {
  expect(directives(true).get("script-src")).toContain("'unsafe-eval'");
  expect(contentPolicy("n", false)).not.toContain("unsafe-eval");
  expect(directives(false).get("style-src")).not.toContain("unsafe-inline");
});

test("no answer is kept, sniffed, or tells where a reader came from", () => {
  expect(securityHeaders("n", false)).toMatchObject({
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
});
