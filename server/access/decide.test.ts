import { describe, expect, test } from "vitest";
import { type Asked, type Decision, decide } from "./decide";

const port = 4780;
const plain: Asked = {
  method: "GET",
  url: "/hosts/local",
  host: "127.0.0.1:4780",
  origin: undefined,
  site: undefined,
  mode: undefined,
  dest: undefined,
  purpose: undefined,
  upgrade: false,
};
const own = "http://127.0.0.1:4780";
const pass: Decision = { kind: "pass" };
const refused = (why: (Decision & { kind: "refuse" })["why"]): Decision => ({
  kind: "refuse",
  why,
});

type Row = readonly [claim: string, asked: Partial<Asked>, signedIn: boolean, decision: Decision];

const rows: readonly Row[] = [
  ["a signed-in browser passes", {}, true, pass],
  ["nobody else passes", {}, false, refused("signIn")],
  ["static files need a session too", { url: "/_next/static/a.js" }, false, refused("signIn")],
  ["localhost is the address listened on", { host: "localhost:4780" }, true, pass],

  ["a name that resolves to us is not us", { host: "evil.test:4780" }, true, refused("wrongHost")],
  ["another port is not us", { host: "127.0.0.1:4781" }, true, refused("wrongHost")],
  ["no port is another port", { host: "127.0.0.1" }, true, refused("wrongHost")],
  ["no Host is no address", { host: undefined }, true, refused("wrongHost")],
  [
    "our address as a subdomain is not us",
    { host: "127.0.0.1:4780.evil.test" },
    true,
    refused("wrongHost"),
  ],
  ["a trailing dot is another name", { host: "localhost.:4780" }, true, refused("wrongHost")],
  ["IPv6 loopback is not listened on", { host: "[::1]:4780" }, true, refused("wrongHost")],
  [
    "a foreign Host may not even use a link",
    { host: "evil.test", url: "/enter?token=x" },
    false,
    refused("wrongHost"),
  ],

  ["an absolute URL is malformed", { url: "http://evil.test/" }, true, refused("malformed")],
  [
    "a path that starts like a host is malformed",
    { url: "//evil.test" },
    true,
    refused("malformed"),
  ],
  ["so is one with a backslash", { url: "/\\evil.test" }, true, refused("malformed")],
  ["OPTIONS * is malformed", { method: "OPTIONS", url: "*" }, true, refused("malformed")],

  ["a write without Origin is foreign", { method: "POST" }, true, refused("foreign")],
  ["a write from our own page passes", { method: "POST", origin: own }, true, pass],
  [
    "a write from our page under our other name is foreign",
    { method: "POST", origin: "http://localhost:4780" },
    true,
    refused("foreign"),
  ],
  [
    "a write from another port is foreign",
    { method: "POST", origin: "http://127.0.0.1:3000" },
    true,
    refused("foreign"),
  ],
  [
    "a write from an opaque origin is foreign",
    { method: "POST", origin: "null" },
    true,
    refused("foreign"),
  ],
  [
    "https of the same name is another origin",
    { method: "DELETE", origin: "https://127.0.0.1:4780" },
    true,
    refused("foreign"),
  ],
  ["methods that nobody knows are writes", { method: "PURGE" }, true, refused("foreign")],
  [
    "a read that names another origin is foreign",
    { origin: "http://127.0.0.1:3000" },
    true,
    refused("foreign"),
  ],

  [
    "another site's fetch is foreign",
    { site: "cross-site", mode: "cors", dest: "empty" },
    true,
    refused("foreign"),
  ],
  [
    "another site's image is foreign",
    { site: "cross-site", mode: "no-cors", dest: "image" },
    true,
    refused("foreign"),
  ],
  [
    "another port of localhost is one site with us, and foreign",
    { site: "same-site", mode: "no-cors", dest: "script" },
    true,
    refused("foreign"),
  ],
  [
    "another site's frame is foreign",
    { site: "cross-site", mode: "navigate", dest: "iframe" },
    true,
    refused("foreign"),
  ],
  [
    "a link on another site may be followed",
    { site: "cross-site", mode: "navigate", dest: "document" },
    true,
    pass,
  ],
  ["our own fetch passes", { site: "same-origin", mode: "cors", dest: "empty" }, true, pass],
  ["a typed address passes", { site: "none", mode: "navigate", dest: "document" }, true, pass],

  ["a websocket without Origin is foreign", { upgrade: true }, true, refused("foreign")],
  ["a websocket of our page passes", { upgrade: true, origin: own }, true, pass],
  ["a websocket needs a session", { upgrade: true, origin: own }, false, refused("signIn")],

  [
    "a link may be used by whoever has it",
    { url: "/enter?token=abc" },
    false,
    { kind: "enter", token: "abc" },
  ],
  ["no token is an empty token", { url: "/enter" }, false, { kind: "enter", token: "" }],
  ["a HEAD spends no link", { method: "HEAD", url: "/enter?token=abc" }, false, refused("signIn")],
  [
    "a prefetch spends no link",
    { purpose: "prefetch;prerender", url: "/enter?token=abc" },
    false,
    refused("signIn"),
  ],
  [
    "another site's image spends no link",
    { site: "cross-site", mode: "no-cors", dest: "image", url: "/enter?token=abc" },
    false,
    refused("foreign"),
  ],
  [
    "a path that only begins like it is no link",
    { url: "/entering?token=abc" },
    false,
    refused("signIn"),
  ],
];

describe("the door decides", () => {
  test.each(rows)("%s", (_claim, asked, signedIn, decision) => {
    expect(decide({ ...plain, ...asked }, port, signedIn)).toEqual(decision);
  });

  test("on port 80 browsers leave the port out of Host", () => {
    expect(decide({ ...plain, host: "localhost" }, 80, true)).toEqual(pass);
    expect(decide({ ...plain, host: "localhost:8080" }, 80, true)).toEqual(refused("wrongHost"));
  });
});
