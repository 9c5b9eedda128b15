import type { Evidence } from "@/lib/facts/model";
import type { LinkId, NetnsLabel } from "@/lib/net/ids";
import { netnsId } from "@/lib/net/ids";
import type { FoundNamespaces } from "./find-namespaces";
import type { Check, VethPeer } from "./model";
import type { NsidMaps, Says } from "./nsid-maps";
import { iflinkOf, type LinkIndex, type SeenLink } from "./seen";

/** What pairing looks at; gathered once for all links of a host. */
export type PairingInput = {
  readonly host: string;
  readonly links: readonly SeenLink[];
  readonly index: LinkIndex;
  readonly maps: NsidMaps;
  readonly namespaces: FoundNamespaces;
};

/** A veth whose other end is in another namespace. */
type CrossVeth = SeenLink & { readonly nsid: number };

export const isVeth = (link: SeenLink): boolean => link.infoKind === "veth";
const isCross = (link: SeenLink): link is CrossVeth => isVeth(link) && link.nsid !== null;

const check = (name: Check["check"], holds: boolean, ...evidence: readonly Evidence[]): Check => ({
  check: name,
  holds,
  evidence,
});

/** Each names the other's number. Says nothing of namespaces: four of them may agree (netfacts §1.2). */
const numbersAgree = (a: SeenLink, b: SeenLink): boolean =>
  iflinkOf(a) === b.ifindex && iflinkOf(b) === a.ifindex;

const numberChecks = (a: SeenLink, b: SeenLink): readonly Check[] => [
  check("iflink", iflinkOf(a) === b.ifindex, a.evidence, b.evidence),
  check("iflink-back", iflinkOf(b) === a.ifindex, b.evidence, a.evidence),
];

/**
 * Without an nsid both ends are in one namespace, where ip prints the peer's name and names are
 * unique: nothing is left to settle.
 */
function pairInOneNamespace(a: SeenLink, index: LinkIndex): VethPeer {
  const b =
    a.linkName !== null
      ? index.named(a.netns, a.linkName)
      : a.linkIndex !== null
        ? index.at(a.netns, a.linkIndex)
        : undefined;
  if (a.linkName === null && a.linkIndex === null)
    return { status: "unseen", why: { reason: "no-iflink" }, by: [] };
  if (b === undefined)
    return {
      status: "contradictory",
      with: [],
      by: [check("same-netns", false, a.evidence)],
    };
  const back = isVeth(b) && b.nsid === null && (b.linkName === a.name || b.linkIndex === a.ifindex);
  const by = [check("same-netns", back, a.evidence, b.evidence)];
  return back
    ? { status: "found", link: b.id, proof: "exact", by }
    : { status: "contradictory", with: [b.id], by };
}

/** What the maps of both ends say of one possible pair. */
type Judgement = { readonly forward: Says; readonly back: Says };

const judge = (maps: NsidMaps, a: CrossVeth, b: CrossVeth): Judgement => ({
  forward: maps.says(a.netns, a.nsid, b.netns),
  back: maps.says(b.netns, b.nsid, a.netns),
});

const mapEvidence = (maps: NsidMaps, link: CrossVeth): readonly Evidence[] => {
  const settled = maps.settle(link.netns, link.nsid);
  return settled.status === "unknown" ? [] : settled.evidence;
};

const mapChecks = (maps: NsidMaps, a: CrossVeth, b: CrossVeth): readonly Check[] => {
  const { forward, back } = judge(maps, a, b);
  return [
    ...(forward === "unknown"
      ? []
      : [check("nsid", forward === "yes", a.evidence, ...mapEvidence(maps, a))]),
    ...(back === "unknown"
      ? []
      : [check("nsid-back", back === "yes", b.evidence, ...mapEvidence(maps, b))]),
  ];
};

/** Its kind and namespace were not printed, so that it can neither agree nor deny. */
const mayLookBack = (a: SeenLink, b: SeenLink): boolean =>
  b.untold === "netns" && (b.linkIndex === null || b.linkIndex === a.ifindex);

/** The kernel's own map says which namespace holds the peer: what is there either agrees or denies. */
function pairSettled(input: PairingInput, a: CrossVeth, netns: NetnsLabel): VethPeer {
  const { maps, index, namespaces } = input;
  const iflink = iflinkOf(a);
  const settledBy = check("nsid", true, a.evidence, ...mapEvidence(maps, a));
  const found = namespaces.at(netns);
  if (found?.unread) {
    const why = {
      reason: "netns-unread",
      netns: netnsId(input.host, netns),
      why: found.unread,
    } as const;
    return { status: "unseen", why, by: [settledBy] };
  }
  const b = iflink === null ? undefined : index.at(netns, iflink);
  if (b !== undefined && mayLookBack(a, b))
    return {
      status: "found",
      link: b.id,
      proof: "consistent",
      by: [settledBy, check("iflink", true, a.evidence, b.evidence)],
    };
  if (b === undefined || !isCross(b))
    return {
      status: "contradictory",
      with: b === undefined ? [] : [b.id],
      by: [settledBy, check("iflink", false, a.evidence, ...(b === undefined ? [] : [b.evidence]))],
    };
  const by = [...numberChecks(a, b), ...mapChecks(maps, a, b)];
  return by.every((each) => each.holds)
    ? { status: "found", link: b.id, proof: "exact", by }
    : { status: "contradictory", with: [b.id], by };
}

/** All ends that the numbers allow and no map forbids. */
const candidatesOf = ({ index, maps }: PairingInput, a: CrossVeth): readonly CrossVeth[] => {
  const iflink = iflinkOf(a);
  if (iflink === null) return [];
  return index.withIfindex(iflink).filter((b): b is CrossVeth => {
    if (!isCross(b) || b.netns === a.netns || !numbersAgree(a, b)) return false;
    const { forward, back } = judge(maps, a, b);
    return forward !== "no" && back !== "no";
  });
};

/**
 * All devices of one namespace with one nsid have their other ends in ONE namespace, and those look
 * back by one nsid. Keeps the candidates in namespaces that can hold the peers of the whole group.
 */
function narrowByGroup(
  open: ReadonlyMap<LinkId, readonly CrossVeth[]>,
  group: readonly CrossVeth[],
  a: CrossVeth,
): readonly CrossVeth[] {
  const fits = (netns: NetnsLabel, nsid: number) =>
    group.every((member) =>
      (open.get(member.id) ?? []).some((b) => b.netns === netns && b.nsid === nsid),
    );
  return (open.get(a.id) ?? []).filter((b) => fits(b.netns, b.nsid));
}

type Pairs = Map<LinkId, VethPeer>;

const groupOf = (link: CrossVeth): string => `${link.netns} ${link.nsid}`;

/** What is left when no map settles it: the numbers alone, and how many fit. */
function pairByNumbers(
  input: PairingInput,
  a: CrossVeth,
  candidates: readonly CrossVeth[],
  isMutual: (b: CrossVeth) => boolean,
): VethPeer {
  const [b, ...others] = candidates;
  if (b === undefined) {
    const by = input.maps.asked(a.netns)
      ? [check("nsid", false, a.evidence, ...mapEvidence(input.maps, a))]
      : [];
    return { status: "unseen", why: { reason: "netns-unknown", nsid: a.nsid }, by };
  }
  if (others.length === 0 && input.namespaces.complete && isMutual(b)) {
    const by = [...numberChecks(a, b), check("only-candidate", true, a.evidence)];
    return { status: "found", link: b.id, proof: "consistent", by };
  }
  const shared = candidates.map((each) => each.evidence);
  return {
    status: "ambiguous",
    candidates: candidates.map((each) => each.id),
    by:
      others.length === 0
        ? numberChecks(a, b)
        : [check("number-is-shared", true, a.evidence, ...shared)],
  };
}

/**
 * Pass two, relate: the peer of every veth of a host, by the kernel's own maps where there are any,
 * else by numbers, and never by guessing. Evidence in the order of netfacts §1.3.
 */
export function pairVeths(input: PairingInput): ReadonlyMap<LinkId, VethPeer> {
  const pairs: Pairs = new Map();
  const cross = input.links.filter(isCross);
  for (const a of input.links) {
    if (isVeth(a) && !isCross(a) && a.untold !== "netns")
      pairs.set(a.id, pairInOneNamespace(a, input.index));
  }
  const unsettled = cross.filter((a) => {
    const settled = input.maps.settle(a.netns, a.nsid);
    if (settled.status === "settled") pairs.set(a.id, pairSettled(input, a, settled.netns));
    if (settled.status === "conflict") {
      const by = [check("nsid", false, a.evidence, ...settled.evidence)];
      pairs.set(a.id, { status: "contradictory", with: [], by });
    }
    return settled.status === "unknown";
  });
  pairBackward(input, unsettled, pairs);
  pairRest(input, unsettled, pairs);
  lookBack(input, pairs);
  return onlyMutual(pairs);
}

/** An end that prints nothing of its own has the peer that a map gave it. */
function lookBack({ index }: PairingInput, pairs: Pairs): void {
  for (const [id, peer] of [...pairs]) {
    if (peer.status !== "found" || pairs.has(peer.link)) continue;
    if (index.byId(peer.link)?.untold === "netns") pairs.set(peer.link, { ...peer, link: id });
  }
}

/**
 * A wire has two ends, each the other's only peer. Where the maps say anything else one of them is
 * wrong, and there is no telling which.
 */
function onlyMutual(pairs: Pairs): ReadonlyMap<LinkId, VethPeer> {
  const found = [...pairs].flatMap(([id, peer]) =>
    peer.status === "found" ? [{ id, link: peer.link }] : [],
  );
  const claims = Map.groupBy(found, ({ link }) => link);
  const claimants = (id: LinkId) => (claims.get(id) ?? []).map((each) => each.id);
  const stands = (a: LinkId, b: LinkId) => {
    const [ofA, ...othersA] = claimants(a);
    const [ofB, ...othersB] = claimants(b);
    return ofA === b && ofB === a && othersA.length === 0 && othersB.length === 0;
  };
  return new Map(
    [...pairs].map(([id, peer]): [LinkId, VethPeer] => {
      if (peer.status !== "found" || stands(id, peer.link)) return [id, peer];
      const others = claimants(peer.link).filter((other) => other !== id);
      return [id, { status: "contradictory", with: [peer.link, ...others], by: peer.by }];
    }),
  );
}

/** The map of the OTHER end's namespace may name ours: it and the number leave exactly one link. */
function pairBackward(input: PairingInput, unsettled: readonly CrossVeth[], pairs: Pairs): void {
  for (const a of unsettled) {
    const proven = candidatesOf(input, a).filter(
      (b) => input.maps.says(b.netns, b.nsid, a.netns) === "yes",
    );
    const [b, ...others] = proven;
    if (b === undefined) continue;
    const by = [...numberChecks(a, b), ...mapChecks(input.maps, a, b)];
    pairs.set(
      a.id,
      others.length === 0
        ? { status: "found", link: b.id, proof: "exact", by }
        : { status: "contradictory", with: proven.map((each) => each.id), by },
    );
  }
}

function pairRest(input: PairingInput, unsettled: readonly CrossVeth[], pairs: Pairs): void {
  const rest = unsettled.filter((a) => !pairs.has(a.id));
  const free = (b: CrossVeth) => !pairs.has(b.id);
  const open = new Map(rest.map((a) => [a.id, candidatesOf(input, a).filter(free)]));
  const groups = Map.groupBy(rest, groupOf);
  const narrowed = new Map(
    rest.map((a) => [a.id, narrowByGroup(open, groups.get(groupOf(a)) ?? [], a)]),
  );
  for (const a of rest) {
    const isMutual = (b: CrossVeth) => {
      const back = narrowed.get(b.id) ?? [];
      return back.length === 1 && back[0]?.id === a.id;
    };
    pairs.set(a.id, pairByNumbers(input, a, narrowed.get(a.id) ?? [], isMutual));
  }
}
