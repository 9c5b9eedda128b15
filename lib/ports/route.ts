import type { NetnsId } from "@/lib/net/ids";
import { type IpAddress, isWithin } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import type { Link } from "@/lib/topology/model";
import { type Family, isOf, type Way, type World } from "./world";

/** Where a packet goes next. unknown: routes of several tables, or several ways, do not agree. */
export type Routed =
  | { readonly to: "link"; readonly link: Link; readonly nextHop: string }
  | { readonly to: "nowhere" }
  | { readonly to: "unknown" };

const length = ({ prefix }: Way): number => prefix?.prefix ?? -1;

const fits = (way: Way, family: Family, address: IpAddress): boolean =>
  way.family === family && (way.prefix === null || isWithin(address, way.prefix));

/** The longest prefix; of equal ones the first, since the kernel prints them in the order of their metric. */
const best = (ways: readonly Way[]): Way | null =>
  ways.reduce<Way | null>(
    (found, way) => (found === null || length(way) > length(found) ? way : found),
    null,
  );

const own = new Set(["main", "default", "254", "253"]);

const leads = (way: Way): string => `${way.link?.id} ${way.via}`;

/**
 * The route of a packet that is not for this namespace itself. Rules that choose a table are not read: where a route of
 * another table fits and leads elsewhere, it is not known which is taken.
 */
export function routeTo(world: World, netns: NetnsId, family: Family, address: string): Routed {
  const bytes = bytesOf(address);
  if (bytes === null || !isOf(family, bytes)) return { to: "nowhere" };
  const ways = world.waysIn(netns).filter((way) => fits(way, family, bytes));
  const main = best(ways.filter(({ table }) => own.has(table)));
  const elsewhere = ways.some(
    (way) => !own.has(way.table) && (main === null || leads(way) !== leads(main)),
  );
  if (elsewhere) return { to: "unknown" };
  if (main === null) return { to: "nowhere" };
  if (main.link === null || main.link.kind === "loopback") return { to: "unknown" };
  return { to: "link", link: main.link, nextHop: main.via ?? address };
}
