import { z } from "zod";
import { defineProbe } from "./define";
import { type IpRoute, readIpRouteText } from "./ip-route-text";
import { isJson, readJsonArray } from "./json-rows";

const element = z.object({
  dst: z.string(),
  type: z.string().default("unicast"),
  gateway: z.string().optional(),
  via: z.object({ family: z.string(), host: z.string() }).optional(),
  dev: z.string().optional(),
  table: z.union([z.string(), z.number()]).default("main"),
  protocol: z.string().optional(),
  pref: z.string().optional(),
});

/** ip prints `pref` (router preference, RFC 4191) for IPv6 routes only: it tells two `default` apart. */
const isInet6 = (each: z.infer<typeof element>): boolean =>
  each.dst.includes(":") || each.gateway?.includes(":") === true || each.pref !== undefined;

const routeOf = (each: z.infer<typeof element>, at: number): IpRoute => ({
  family: isInet6(each) ? "inet6" : "inet",
  to: each.dst,
  type: each.type,
  via: each.gateway ?? each.via?.host ?? null,
  dev: each.dev ?? null,
  table: String(each.table),
  at,
});

export const ipRoute = defineProbe<IpRoute>({
  name: "ip-route",
  scope: "netns",
  ask: { kind: "ip-batch", line: "route show table all" },
  right: "root",
  why: "routes of both families; the default route says which NIC leads outside",
  parse: ({ stdout }) =>
    isJson(stdout) ? readJsonArray(stdout, element, routeOf) : readIpRouteText(stdout),
});
