import type { NetnsLabel } from "./ids";

/** A link of a pasted text, as far as its numbers and its name go; each is null where it was not printed. */
export type PlacedLink = {
  readonly netns: NetnsLabel;
  readonly name: string;
  /** Below 0: nobody printed it. */
  readonly ifindex: number;
  /** The number of the other end, in its own namespace. */
  readonly linkIndex: number | null;
  /** The name of the other end, which is in the same namespace then. */
  readonly linkName: string | null;
  readonly linkType: string | null;
  readonly infoKind: string | null;
  /** Absent: kind and namespace of the other end were printed, so that numbers have nothing to add. */
  readonly untold?: "kind" | "netns";
};

/** What was told of the numbers of all links of a paste. */
export type PastedNumbers<Link extends PlacedLink> = {
  /** Of another namespace: those that may be the other end of this one, as far as numbers tell; at most so many. */
  readonly endsOf: (link: Link) => readonly Link[];
};

/** Nobody printed its number: only `cat …/iflink`, brctl or ifconfig told of it. */
const isUnnumbered = ({ ifindex }: PlacedLink): boolean => ifindex < 0;

/** Whoever names a number that lies in another namespace, or says nothing of it. */
const mayCross = ({ infoKind, linkName, linkType, untold }: PlacedLink): boolean =>
  untold !== undefined &&
  linkName === null &&
  linkType !== "loopback" &&
  (infoKind === null || infoKind === "veth");

/** Plain text tells no kinds: the kernel and engines call host ends so. */
const isVeth = ({ infoKind, name }: PlacedLink): boolean =>
  infoKind === "veth" || (infoKind === null && /^veth/.test(name));

type Says = "yes" | "no" | "unknown";

/** Whether `a` names the number of `b`. */
function names(a: PlacedLink, b: PlacedLink): Says {
  if (a.linkIndex === null || isUnnumbered(b)) return "unknown";
  return a.linkIndex === b.ifindex ? "yes" : "no";
}

/**
 * One names the number of the other, and nothing denies it. Who says nothing itself may be the parent of a macvlan,
 * which is named as well: unless both name each other's numbers, one of the two must be known for a veth.
 */
function mayBeEnds(a: PlacedLink, b: PlacedLink): boolean {
  const [there, back] = [names(a, b), names(b, a)];
  if (there === "no" || back === "no" || (there !== "yes" && back !== "yes")) return false;
  return there === back || isVeth(a) || isVeth(b);
}

/** More than so many rivals are no answer to anybody. */
const mostEnds = 64;

/** Gathered once for all links: each is asked for the other ends that it may have. */
export function pastedNumbers<Link extends PlacedLink>(
  links: readonly Link[],
): PastedNumbers<Link> {
  const all = links.filter(mayCross);
  const numbered = Map.groupBy(all, ({ ifindex }) => ifindex);
  const naming = Map.groupBy(all, ({ linkIndex }) => linkIndex);
  const taken = new Set(links.map(({ netns, ifindex }) => `${netns} ${ifindex}`));
  // A link without a number has not one that another link of its namespace has.
  const isFree = (link: Link, number: number | null): boolean =>
    !isUnnumbered(link) || number === null || !taken.has(`${link.netns} ${number}`);
  const areEnds = (a: Link, b: Link): boolean =>
    b.netns !== a.netns && mayBeEnds(a, b) && isFree(a, b.linkIndex) && isFree(b, a.linkIndex);
  const add = (ends: Set<Link>, a: Link, near: readonly Link[]): void => {
    for (const b of near) {
      if (ends.size >= mostEnds) return;
      if (areEnds(a, b)) ends.add(b);
    }
  };
  const known = new Map<Link, readonly Link[]>();
  const endsOf = (a: Link): readonly Link[] => {
    const before = known.get(a);
    if (before !== undefined || !mayCross(a)) return before ?? [];
    const ends = new Set<Link>();
    add(ends, a, numbered.get(a.linkIndex ?? Number.NaN) ?? []);
    add(ends, a, naming.get(a.ifindex) ?? []);
    known.set(a, [...ends]);
    return [...ends];
  };
  return { endsOf };
}

/**
 * The number of a link that only its iflink is known of: it stands behind the @ of the one link that this can be the
 * other end of, where that one can have no other. null: nobody tells.
 */
export function numberByPeer<Link extends PlacedLink>(
  link: Link,
  { endsOf }: PastedNumbers<Link>,
): number | null {
  if (!isUnnumbered(link) || link.linkIndex === null) return null;
  const [peer, ...others] = endsOf(link);
  if (peer?.linkIndex == null || others.length > 0) return null;
  const back = endsOf(peer);
  return back.length === 1 && back[0] === link ? peer.linkIndex : null;
}
