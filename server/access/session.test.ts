import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sessions } from "./session";

const secret = randomBytes(32);
const pairOf = (setCookie: string): string => setCookie.split(";", 1)[0] ?? "";

test("the cookie is out of reach of scripts and of other sites", () => {
  const [, ...flags] = sessions(secret, 4780).start().split("; ");
  expect(flags).toEqual(["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=2592000"]);
});

test("its name holds the port, since cookies are shared by all ports of a host", () => {
  expect(sessions(secret, 4781).start()).toMatch(/^vethscope-4781=/);
});

describe("a session", () => {
  const pair = pairOf(sessions(secret, 4780).start());

  test("is known after a restart with the same secret", () => {
    expect(sessions(secret, 4780).knows(pair)).toBe(true);
  });
  test("is known among other cookies", () => {
    expect(sessions(secret, 4780).knows(`a=b; ${pair};c=d`)).toBe(true);
  });
  test("is not hidden by a bad one of the same name", () => {
    expect(sessions(secret, 4780).knows(`vethscope-4780=x; ${pair}`)).toBe(true);
  });
  test("is unknown with another secret", () => {
    expect(sessions(randomBytes(32), 4780).knows(pair)).toBe(false);
  });
  test("is unknown to a Vethscope on another port", () => {
    expect(sessions(secret, 4781).knows(pair.replace("4780", "4781"))).toBe(false);
  });
  test("ends after 30 days", () => {
    const later = Date.now() + 30 * 24 * 60 * 60 * 1000;
    expect(sessions(secret, 4780, () => later).knows(pair)).toBe(false);
  });
});

test("nothing that was changed or made up is a session", () => {
  const { knows, start } = sessions(secret, 4780);
  const [name = "", value = ""] = pairOf(start()).split("=");
  const [end, id, signature] = value.split(".");
  const forged = [
    `${Number(end) + 1}.${id}.${signature}`,
    `${end}.other.${signature}`,
    `${end}.${id}.`,
    `${end}.${id}`,
    `${end}.${id}.${signature}.more`,
    `${end}.${id}.${signature?.slice(1)}`,
    `1e99.${id}.${signature}`,
    "",
    "..",
  ];
  for (const each of forged) expect(knows(`${name}=${each}`), each).toBe(false);
  expect(knows(undefined)).toBe(false);
});
