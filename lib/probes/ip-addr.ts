import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonArray } from "./json-rows";

/** A link with its addresses, as `ip -d -s -j addr` prints it. Fields that iproute2 left out are null. */
export type IpLink = {
  readonly ifindex: number;
  readonly name: string;
  /** IFLA_LINK of a link whose other end is in another namespace. */
  readonly linkIndex: number | null;
  /** The same, printed as a name: the other end is in this namespace. */
  readonly linkName: string | null;
  readonly nsid: number | null;
  readonly flags: readonly string[];
  readonly mtu: number | null;
  readonly operstate: string | null;
  readonly master: string | null;
  readonly linkType: string | null;
  readonly mac: string | null;
  readonly infoKind: string | null;
  readonly portState: string | null;
  readonly addresses: readonly IpAddress[];
  readonly counters: {
    readonly rxBytes: number;
    readonly rxPackets: number;
    readonly txBytes: number;
    readonly txPackets: number;
  } | null;
  readonly at: number;
};

export type IpAddress = {
  readonly family: "inet" | "inet6";
  readonly address: string;
  readonly prefix: number;
  readonly scope: string;
};

const flow = z.object({ bytes: z.number(), packets: z.number() });

const element = z.object({
  ifindex: z.number().int().positive(),
  ifname: z.string().min(1),
  link_index: z.number().int().optional(),
  link: z.string().nullish(),
  link_netnsid: z.number().int().optional(),
  flags: z.array(z.string()).default([]),
  mtu: z.number().optional(),
  operstate: z.string().optional(),
  master: z.string().optional(),
  link_type: z.string().optional(),
  address: z.string().optional(),
  linkinfo: z
    .object({
      info_kind: z.string().optional(),
      // Drivers other than the bridge put other things here.
      info_slave_data: z.object({ state: z.string().optional().catch(undefined) }).optional(),
    })
    .optional(),
  addr_info: z
    .array(
      z.object({
        family: z.string().optional(),
        local: z.string().optional(),
        prefixlen: z.number().optional(),
        scope: z.string().optional(),
      }),
    )
    .default([]),
  stats64: z.object({ rx: flow, tx: flow }).optional(),
});

type Element = z.infer<typeof element>;

const addressesOf = (info: Element["addr_info"]): readonly IpAddress[] =>
  info.flatMap(({ family, local, prefixlen, scope }) =>
    (family === "inet" || family === "inet6") && local !== undefined
      ? [{ family, address: local, prefix: prefixlen ?? 0, scope: scope ?? "" }]
      : [],
  );

const countersOf = (stats: Element["stats64"]): IpLink["counters"] =>
  stats === undefined
    ? null
    : {
        rxBytes: stats.rx.bytes,
        rxPackets: stats.rx.packets,
        txBytes: stats.tx.bytes,
        txPackets: stats.tx.packets,
      };

const linkOf = (each: Element, at: number): IpLink => ({
  ifindex: each.ifindex,
  name: each.ifname,
  linkIndex: each.link_index ?? null,
  linkName: each.link ?? null,
  nsid: each.link_netnsid ?? null,
  flags: each.flags,
  mtu: each.mtu ?? null,
  operstate: each.operstate ?? null,
  master: each.master ?? null,
  linkType: each.link_type ?? null,
  mac: each.address ?? null,
  infoKind: each.linkinfo?.info_kind ?? null,
  portState: each.linkinfo?.info_slave_data?.state ?? null,
  addresses: addressesOf(each.addr_info),
  counters: countersOf(each.stats64),
  at,
});

/** Links, addresses and counters in one answer; -d for the kind, without which a link is not a peer. */
export const ipAddr = defineProbe<IpLink>({
  name: "ip-addr",
  scope: "netns",
  ask: { kind: "ip-batch", line: "addr show" },
  right: "root",
  why: "links with their numbers (ifindex, iflink, link-netnsid), kinds, masters, addresses, counters",
  parse: ({ stdout }) => readJsonArray(stdout, element, linkOf),
});
