import { z } from "zod";
import { defineProbe } from "./define";
import { readIpAddrText } from "./ip-addr-text";
import type { IpAddress, IpLink, VxlanConfig } from "./ip-link";
import { isJson, readJsonArray } from "./json-rows";

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
      // Of other kinds: other things, under the same names.
      info_data: z
        .object({
          id: z.number().optional(),
          port: z.number().optional(),
          local: z.string().optional(),
          local6: z.string().optional(),
          remote: z.string().optional(),
          remote6: z.string().optional(),
          group: z.string().optional(),
          group6: z.string().optional(),
          vlan_filtering: z.number().optional(),
        })
        .optional()
        .catch(undefined),
      // Drivers other than the bridge put other things here.
      info_slave_data: z
        .object({
          state: z.string().optional().catch(undefined),
          isolated: z.boolean().optional().catch(undefined),
          hairpin: z.boolean().optional().catch(undefined),
        })
        .optional(),
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

const vxlanOf = ({ linkinfo }: Element): { vxlan?: VxlanConfig } => {
  const data = linkinfo?.info_data;
  if (linkinfo?.info_kind !== "vxlan" || data === undefined) return {};
  return {
    vxlan: {
      vni: data.id ?? null,
      port: data.port ?? null,
      local: data.local ?? data.local6 ?? null,
      remote: data.remote ?? data.remote6 ?? data.group ?? data.group6 ?? null,
    },
  };
};

const bridgingOf = ({
  linkinfo,
}: Element): Pick<IpLink, "isolated" | "hairpin" | "filtersVlans"> => {
  const isolated = linkinfo?.info_slave_data?.isolated;
  const hairpin = linkinfo?.info_slave_data?.hairpin;
  const filters = linkinfo?.info_kind === "bridge" ? linkinfo.info_data?.vlan_filtering : undefined;
  return {
    ...(isolated === undefined ? {} : { isolated }),
    ...(hairpin === undefined ? {} : { hairpin }),
    ...(filters === undefined ? {} : { filtersVlans: filters !== 0 }),
  };
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
  ...vxlanOf(each),
  portState: each.linkinfo?.info_slave_data?.state ?? null,
  ...bridgingOf(each),
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
  parse: ({ stdout }) =>
    isJson(stdout) ? readJsonArray(stdout, element, linkOf) : readIpAddrText(stdout),
});
