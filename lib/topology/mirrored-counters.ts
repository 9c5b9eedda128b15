import type { Evidence } from "@/lib/facts/model";
import type { LinkId, NetnsLabel } from "@/lib/net/ids";
import { cidr, ipAddress, isWithin } from "@/lib/net/ip-address";
import { pastedNumbers } from "@/lib/net/pasted-ends";
import type { IpLink } from "@/lib/probes/ip-link";
import type { Readings } from "@/lib/probes/read";
import type { Check, VethPeer } from "./model";
import { iflinkOf, type SeenLink } from "./seen";
import { isVeth, type PairingInput } from "./veth-pairs";

type Counters = NonNullable<IpLink["counters"]>;

/** What a link of the host had counted before and after the other namespaces were read. */
type Window = {
  readonly before: Counters;
  readonly after: Counters;
  readonly evidence: Evidence;
};

/** By name of the link, in the host's own namespace. */
export type Windows = ReadonlyMap<string, Window>;

/** From /proc/self/net/dev, which is read first and last of all (lib/probes/proc-net.ts). */
export const windowsOf = (readings: Readings): Windows =>
  new Map(
    readings.procNets.flatMap((read) =>
      read.rows
        .filter(({ label }) => label === null)
        .flatMap(({ links }) =>
          links.flatMap(({ name, counters, later, at }) =>
            later === null
              ? []
              : [
                  [
                    name,
                    {
                      before: counters,
                      after: later,
                      evidence: { answer: read.answer, at: { line: at } },
                    },
                  ] as const,
                ],
          ),
        ),
    ),
  );

const fields = ["rxBytes", "rxPackets", "txBytes", "txPackets"] as const;

/** What the one end sent is what the other received (veth counts both at once). */
const mirrored = (counters: Counters): Counters => ({
  rxBytes: counters.txBytes,
  rxPackets: counters.txPackets,
  txBytes: counters.rxBytes,
  txPackets: counters.rxPackets,
});

/** Counters only grow: the true peer was read between our two looks, so it lies between them. */
function mirrors({ before, after }: Window, other: Counters): boolean {
  const seen = mirrored(other);
  return fields.every((field) => before[field] <= seen[field] && seen[field] <= after[field]);
}

const isIdle = ({ rxPackets, txPackets }: Counters): boolean => rxPackets === 0 || txPackets === 0;

const check = (name: Check["check"], ...evidence: readonly Evidence[]): Check => ({
  check: name,
  holds: true,
  evidence,
});

/** An end of which neither kind nor namespace was printed: whether it is a veth shows in its pair only. */
const isUntold = (link: SeenLink): boolean => link.untold === "netns";

/** The other end of a veth of the host, among links of which any user sees number, name and counters. */
function byCounters(a: SeenLink, window: Window, input: PairingInput): readonly SeenLink[] {
  const iflink = iflinkOf(a);
  if (iflink === null) return [];
  return input.index
    .withIfindex(iflink)
    .filter((b) => b.netns !== a.netns && isUntold(b) && b.linkIndex === null)
    .filter((b) => b.counters !== null && mirrors(window, b.counters));
}

/** Both print a number that is the other's; the namespace stands nowhere. */
function byNumbers(a: SeenLink, input: PairingInput): readonly SeenLink[] {
  if (a.linkIndex === null) return [];
  return input.index
    .withIfindex(a.linkIndex)
    .filter((b) => b.id !== a.id && b.linkIndex === a.ifindex)
    .filter((b) => isUntold(b) || (isVeth(b) && b.nsid !== null));
}

/** Of pasted text not even both numbers need be known. A name stands for a peer in the same namespace there. */
function endsByNumbers(input: PairingInput): (a: SeenLink) => readonly SeenLink[] {
  return input.namespaces.pasted
    ? pastedNumbers(input.links).endsOf
    : (a: SeenLink) => byNumbers(a, input);
}

/**
 * Without traffic only this tells: every namespace was read to its last link, but those that the kernel
 * numbers otherwise; and what is there alone has an address in the subnet of the host's bridge. (An idle
 * tunnel with the same number is no veth, and shows no kind.)
 */
function isOnlyOne(a: SeenLink, b: SeenLink, { namespaces, maps, index }: PairingInput): boolean {
  const { nsid, master } = a;
  const isElsewhere = (label: NetnsLabel): boolean =>
    nsid !== null && maps.says(a.netns, nsid, label) === "no";
  const bridge = master === null ? undefined : index.named(a.netns, master);
  const subnets = (bridge?.addresses ?? []).flatMap(
    ({ address, prefix, scope }) => (scope === "global" && cidr(`${address}/${prefix}`)) || [],
  );
  const addresses = b.addresses.flatMap(({ address }) => [ipAddress(address) ?? []]);
  return (
    addresses.some((address) => subnets.some((subnet) => isWithin(address, subnet))) &&
    namespaces.completeBut(isElsewhere)
  );
}

type Candidates = ReadonlyMap<LinkId, readonly SeenLink[]>;

/** For each candidate, the ends that it may belong to. */
const turned = (candidates: Candidates): ReadonlyMap<LinkId, readonly LinkId[]> => {
  const back = new Map<LinkId, LinkId[]>();
  for (const [id, all] of candidates) {
    for (const b of all) back.set(b.id, [...(back.get(b.id) ?? []), id]);
  }
  return back;
};

const isOpen = (peer: VethPeer | undefined): boolean =>
  peer === undefined ||
  peer.status === "ambiguous" ||
  (peer.status === "unseen" && peer.why.reason === "netns-unknown");

type Found = Map<LinkId, VethPeer>;

const consistent = (link: SeenLink, by: readonly Check[]): VethPeer => ({
  status: "found",
  link: link.id,
  proof: "consistent",
  by,
});

const ambiguous = (a: SeenLink, candidates: readonly SeenLink[]): VethPeer => ({
  status: "ambiguous",
  candidates: candidates.map(({ id }) => id),
  by: [check("number-is-shared", a.evidence, ...candidates.map(({ evidence }) => evidence))],
});

/** What speaks for the one end that fits; null: not enough. */
function reasons(
  a: SeenLink,
  b: SeenLink,
  { evidence }: Window,
  input: PairingInput,
): readonly Check[] | null {
  const iflink = check("iflink", a.evidence, b.evidence);
  if (b.counters !== null && !isIdle(b.counters))
    return [iflink, check("mirrored-counters", evidence, b.evidence)];
  return isOnlyOne(a, b, input) ? [iflink, check("only-candidate", a.evidence)] : null;
}

/**
 * Where containers' namespaces may not be entered: the host's end names the number of its peer, and
 * counters that mirror each other, alone among all, name the peer. The host's ends are all read, so two
 * pairs with the same traffic show there and stay ambiguous, and so does one that has carried none, unless
 * nothing else can be its other end.
 */
function pairByCounters(input: PairingInput, windows: Windows, pairs: Found): void {
  const host = input.links.filter((a) => a.netns === input.namespaces.host && isVeth(a));
  const open = host.filter((a) => a.nsid !== null && isOpen(pairs.get(a.id)));
  const candidates = new Map(
    open.flatMap((a) => {
      const window = windows.get(a.name);
      return window === undefined ? [] : [[a.id, byCounters(a, window, input)] as const];
    }),
  );
  const back = turned(candidates);
  for (const a of open) {
    const fitting = candidates.get(a.id) ?? [];
    const [b] = fitting;
    const window = windows.get(a.name);
    if (b === undefined || window === undefined) continue;
    const alone = fitting.length === 1 && back.get(b.id)?.length === 1;
    const by = alone ? reasons(a, b, window, input) : null;
    if (by === null) {
      pairs.set(a.id, ambiguous(a, fitting));
      continue;
    }
    pairs.set(a.id, consistent(b, by));
    pairs.set(b.id, consistent(a, by));
  }
}

/** The line that says which number the other end has. */
const farOf = (a: SeenLink): Evidence => a.farAt ?? a.evidence;

/**
 * A link that names a number in another namespace, of which plain text tells no kind. Where that number is
 * there and names another, or none, it lies below this one: a macvlan's parent does not look back.
 */
const isAlone = (a: SeenLink, { index, namespaces }: PairingInput): boolean =>
  namespaces.pasted &&
  !index
    .withIfindex(a.linkIndex ?? 0)
    .some((b) => b.netns !== a.netns && b.netns === namespaces.host && b.linkIndex === null);

const noEnd = (a: SeenLink): VethPeer => ({
  status: "unseen",
  why: { reason: "netns-unknown", nsid: a.nsid },
  by: [],
});

/** What both ends say of each other's numbers; a number that was taken from the other end proves nothing. */
const spoken = (name: "iflink" | "iflink-back", a: SeenLink, b: SeenLink): readonly Check[] =>
  a.linkIndex === null || b.numberBy === "peer" ? [] : [check(name, farOf(a), b.evidence)];

const checksOf = (a: SeenLink, b: SeenLink): readonly Check[] => [
  ...spoken("iflink", a, b),
  ...spoken("iflink-back", b, a),
  check("only-candidate", a.evidence),
];

/** Where `ip` prints numbers and no namespaces (BusyBox): two that name each other, and nothing else fits. */
function pairByNumbers(input: PairingInput, pairs: Found): void {
  const { complete, pasted } = input.namespaces;
  const endsOf = endsByNumbers(input);
  const untold = input.links.filter((a) => (pasted ? a.untold !== undefined : isUntold(a)));
  const candidates = new Map(untold.map((a) => [a.id, endsOf(a)]));
  const back = turned(candidates);
  const peerOf = (a: SeenLink): VethPeer | null => {
    const fitting = candidates.get(a.id) ?? [];
    const [b] = fitting;
    if (b === undefined) return a.linkIndex !== null && isAlone(a, input) ? noEnd(a) : null;
    const alone = fitting.length === 1 && (back.get(b.id)?.length ?? 1) === 1;
    return alone && complete ? consistent(b, checksOf(a, b)) : ambiguous(a, fitting);
  };
  for (const a of untold) {
    const peer = peerOf(a);
    if (peer !== null) pairs.set(a.id, peer);
  }
}

/**
 * Pairs that no map and no nsid can prove, because what was read does not print them. Never `exact`;
 * what was settled before stays as it is.
 */
export function pairUntold(
  input: PairingInput,
  windows: Windows,
  proven: ReadonlyMap<LinkId, VethPeer>,
): ReadonlyMap<LinkId, VethPeer> {
  const pairs: Found = new Map(proven);
  pairByCounters(input, windows, pairs);
  pairByNumbers(input, pairs);
  return pairs;
}
