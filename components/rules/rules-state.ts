import type { Key } from "@/lib/net/ids";
import type { Family } from "@/lib/topology/firewall/model";
import { meets, type PacketKind, packetKinds } from "./hook-lines";

/** What of the address the view of rules shows and changes. */
export type RulesState = {
  /** Rules that hold these words. */
  readonly filter: string;
  /** null: IPv4, or the family of the rule that is selected. */
  readonly packets: PacketKind | null;
  /** Only what can touch this container; null: all. */
  readonly touch: Key | null;
  /** The namespace whose rules are shown; null: the host's. */
  readonly inside: Key | null;
};

/** `rule:BACKEND/FAMILY/TABLE/CHAIN/TEXT`; null: no key of a rule. */
function familyOfKey(key: Key | null): Family | null {
  const family = /^rule:[^/]+\/([^/]+)\//.exec(key ?? "")?.[1];
  return (
    (["ip", "ip6", "inet", "bridge", "arp", "netdev"] as const).find((each) => each === family) ??
    null
  );
}

/** Of which packets the rules are shown: as asked for, but never so that the selected rule is left out. */
export function shownPackets(asked: PacketKind | null, selected: Key | null): PacketKind {
  const family = familyOfKey(selected);
  const wanted = asked ?? "ip";
  if (family === null || meets(wanted, family)) return wanted;
  return packetKinds.find((kind) => meets(kind, family)) ?? wanted;
}
