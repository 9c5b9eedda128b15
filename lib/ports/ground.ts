import type { NetnsId } from "@/lib/net/ids";
import { type IpAddress, isWithin, sameAddress } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import type { Ground } from "@/lib/netfilter/packet";
import { type Family, isLocal, isOf, type OwnAddress, type World } from "./world";

const broadcastOf = ({ bytes, prefix }: OwnAddress): readonly number[] =>
  bytes.map((byte, nth) => byte | (0xff >> Math.min(8, Math.max(0, prefix - nth * 8))));

const isMulticast = ([first = 0, ...rest]: IpAddress): boolean =>
  rest.length === 3 ? first >= 224 && first < 240 : first === 0xff;

const isBroadcast = (world: World, netns: NetnsId, bytes: IpAddress): boolean =>
  bytes.length === 4 &&
  (bytes.every((byte) => byte === 255) ||
    world
      .addressesIn(netns)
      .some((own) => own.prefix < 31 && sameAddress(broadcastOf(own), bytes)));

function typeOf(world: World, netns: NetnsId, address: string, on: string | null): string | null {
  const bytes = bytesOf(address);
  if (bytes === null) return null;
  if (isLocal(world, netns, address)) {
    const isThere = world
      .addressesIn(netns)
      .some((own) => own.link.name === on && sameAddress(own.bytes, bytes));
    // What the kernel says of an address as seen from a link that has it not depends on its routes.
    return on === null || isThere ? "local" : null;
  }
  if (isMulticast(bytes)) return "multicast";
  return isBroadcast(world, netns, bytes) ? "broadcast" : "unicast";
}

/**
 * The address by which a link speaks to `to`: of the same subnet where it has one, else its first that is not
 * for this link alone. null: it has none.
 */
export function addressFor(
  world: World,
  netns: NetnsId,
  link: string,
  family: Family,
  to: string | null,
): string | null {
  const own = world
    .addressesIn(netns)
    .filter((each) => each.link.name === link && isOf(family, each.bytes));
  const target = to === null ? null : bytesOf(to);
  const near = own.find(
    ({ bytes, prefix }) => target !== null && isWithin(target, { address: bytes, prefix }),
  );
  const wide = own.filter(({ scope }) => scope !== "link");
  return (near ?? wide[0] ?? own[0])?.text ?? null;
}

/** What rules ask a namespace about addresses. */
export const groundOf = (world: World, netns: NetnsId): Ground => ({
  addressType: (address, on) => typeOf(world, netns, address, on),
  addressOf: (name, family) => addressFor(world, netns, name, family, null),
});
