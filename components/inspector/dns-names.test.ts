import { expect, test } from "vitest";
import { healthy } from "@/lib/diagnosis/healthy-world";
import { dnsNames } from "./dns-names";

const [web] = healthy.containers;
const [bridge, shop] = healthy.networks;
if (web === undefined || bridge === undefined || shop === undefined) throw new Error("no network");
const container = { ...web, engineId: "0123456789ab", service: "frontend" };
const nothingTold = { network: "shop", address6: null, gateway6: null, aliases: [], dnsNames: [] };

test("on a network of one's own the name, the short id and the Compose service are derived", () => {
  expect(dnsNames(container, shop, nothingTold)).toEqual({
    status: "names",
    by: "derived",
    names: ["web", "0123456789ab", "frontend"],
  });
});

test("what the engine tells is taken before any rule", () => {
  const endpoint = { ...nothingTold, aliases: ["backend"], dnsNames: ["web", "backend"] };
  expect(dnsNames(container, shop, endpoint)).toEqual({
    status: "names",
    by: "told",
    names: ["web", "backend"],
  });
});

test("the default bridge resolves no names, and host and none have no resolver of the engine", () => {
  expect(dnsNames(container, bridge, nothingTold)).toEqual({ status: "none" });
  expect(dnsNames(container, { ...shop, driver: "host", name: "host" }, undefined)).toEqual({
    status: "none",
  });
});

test("of a container that no engine named, or a network that is not known, nothing is derived", () => {
  expect(dnsNames({ ...container, named: "cgroup" }, shop, undefined)).toBeNull();
  expect(dnsNames(container, null, undefined)).toBeNull();
});
