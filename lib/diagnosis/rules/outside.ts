import { hasRoutes } from "@/lib/diagnosis/known";
import type { Door, ExposureUnknown } from "@/lib/diagnosis/model";
import { strangerFor } from "@/lib/ports/vantages";
import { type Family, isOf } from "@/lib/ports/world";
import type { Link, Route } from "@/lib/topology/model";
import type { RuleGround } from "./ground";

/** An address of the host, and the link by which those come who ask for it from beyond its own networks. */
export type Entry = Door & { readonly link: Link };

/** How the world comes to a host, by one family of addresses. */
export type Outside =
  | {
      readonly status: "open";
      /** A public address that no rule names. */
      readonly source: string;
      readonly entries: readonly [Entry, ...Entry[]];
      /** Addresses that are left out, {@link addressesAtMost}. */
      readonly left: number;
    }
  | { readonly status: "closed"; readonly why: "no-route" | "no-address" }
  | { readonly status: "unknown"; readonly why: ExposureUnknown };

/** Of each family. IPv6 hosts may have many that live for a day; each costs a walk through all rules for every port. */
const addressesAtMost = 8;

const own: ReadonlySet<string> = new Set(["main", "default", "254", "253"]);

const isDefault = ({ to, table }: Route): boolean => to === "default" && own.has(table);

/** The main one first. null: one of them has several ways, or its link was not read. */
function uplinksOf(ground: RuleGround, routes: readonly Route[]): readonly Link[] | null {
  const names = [...new Set(routes.map(({ dev }) => dev))];
  const links = ground.linksIn(ground.home);
  const found = names.flatMap((name) => links.find((link) => link.name === name) ?? []);
  // Where there is none, IPv6 has one to lo, which is unreachable.
  const real = found.filter(({ kind }) => kind !== "loopback");
  return found.length === names.length ? real : null;
}

/** Those of the uplinks, and those on lo, for which any of the host's links answers. */
function entriesOf(ground: RuleGround, uplinks: readonly Link[], family: Family): readonly Entry[] {
  const global = ground.world
    .addressesIn(ground.home)
    .filter(({ bytes, scope }) => scope === "global" && isOf(family, bytes));
  const [first] = uplinks;
  return [...uplinks, null].flatMap((uplink) => {
    const by = uplink ?? first;
    return global.flatMap(({ text, link }) => {
      const isHere = uplink === null ? link.kind === "loopback" : link.id === uplink.id;
      return isHere && by !== undefined ? [{ address: text, uplink: by.name, link: by }] : [];
    });
  });
}

const unknown = (why: ExposureUnknown): Outside => ({ status: "unknown", why });

const inetOf = { ip: "inet", ip6: "inet6" } as const;

const routesOf = (ground: RuleGround, family: Family): readonly Route[] =>
  ground.routesIn(ground.home).filter((route) => route.family === inetOf[family]);

/** Every address comes with a route, so where there is one and no route at all, routes of this family were not told. */
function withoutRoutes(ground: RuleGround, family: Family): Outside {
  const isTold = ground
    .linksIn(ground.home)
    .every(({ addresses }) => addresses.every((each) => each.family !== inetOf[family]));
  return isTold ? { status: "closed", why: "no-address" } : unknown("routes");
}

/** What keeps it from being told; null: nothing. */
function missing(ground: RuleGround, family: Family): ExposureUnknown | null {
  if (ground.linksIn(ground.home).length === 0) return "links";
  if (!hasRoutes(ground, ground.home)) return "routes";
  if (ground.place === null || !ground.isWhole(family)) return "rules";
  return ground.world.sockets(ground.home) === null ? "sockets" : null;
}

/** By which of its addresses a machine beyond the default route may ask the host. */
export function outsideOf(ground: RuleGround, family: Family): Outside {
  const lack = missing(ground, family);
  if (lack === "links" || lack === "routes") return unknown(lack);
  const known = routesOf(ground, family);
  if (known.length === 0) return withoutRoutes(ground, family);
  const uplinks = uplinksOf(ground, known.filter(isDefault));
  if (uplinks === null) return unknown("routes");
  if (uplinks.length === 0) return { status: "closed", why: "no-route" };
  const [first, ...more] = entriesOf(ground, uplinks, family);
  if (first === undefined) return { status: "closed", why: "no-address" };
  if (lack !== null) return unknown(lack);
  const source = strangerFor(ground.world, family);
  if (source === null) return unknown("sources");
  return {
    status: "open",
    source,
    entries: [first, ...more.slice(0, addressesAtMost - 1)],
    left: Math.max(0, more.length - (addressesAtMost - 1)),
  };
}
