import { z } from "zod";
import type { AddressDetail, BridgeDetail, Lifetime, LinkDetail, PortDetail } from "./model";

const number = z.number().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const record = z.record(z.string(), z.unknown());

const address = z
  .object({
    family: z.enum(["inet", "inet6"]),
    local: z.string(),
    /** The other end of a point-to-point link. */
    address: text,
    prefixlen: number,
    broadcast: text,
    scope: text,
    label: text,
    protocol: text,
    valid_life_time: number,
    preferred_life_time: number,
  })
  .catchall(z.unknown());

const loss = z.object({ errors: z.number(), dropped: z.number() });

const element = z.object({
  flags: z.array(z.string()).default([]),
  qdisc: text,
  broadcast: text,
  altnames: z.array(z.string()).default([]),
  ifalias: text,
  parentbus: text,
  parentdev: text,
  min_mtu: number,
  max_mtu: number,
  "netns-immutable": flag,
  linkinfo: z
    .object({
      info_kind: text,
      info_data: record.optional().catch(undefined),
      info_slave_kind: text,
      info_slave_data: record.optional().catch(undefined),
    })
    .optional(),
  addr_info: z.array(z.unknown()).default([]),
  stats64: z.object({ rx: loss, tx: loss }).optional().catch(undefined),
});

/** 2^32 - 1 seconds (INFINITY_LIFE_TIME, linux/if_addr.h). */
const infinite = 4_294_967_295;

const lifetime = (seconds: number | undefined): Lifetime | null => {
  if (seconds === undefined) return null;
  return seconds >= infinite ? "forever" : seconds;
};

/** `"dynamic": true`, `"secondary": true`: every flag is a field of its own. */
const flagsOf = (row: object): readonly string[] =>
  Object.entries(row).flatMap(([name, value]) => (value === true ? name : []));

function addressOf(row: unknown): readonly AddressDetail[] {
  const read = address.safeParse(row);
  if (!read.success) return [];
  const { data } = read;
  return [
    {
      family: data.family,
      address: data.local,
      prefix: data.prefixlen ?? 0,
      peer: data.address ?? null,
      broadcast: data.broadcast ?? null,
      scope: data.scope ?? "",
      flags: flagsOf(data),
      label: data.label ?? null,
      protocol: data.protocol ?? null,
      valid: lifetime(data.valid_life_time),
      preferred: lifetime(data.preferred_life_time),
    },
  ];
}

type Data = Readonly<Record<string, unknown>> | undefined;

const flagIn = (data: Data, name: string): boolean | null => {
  const value = data?.[name];
  if (typeof value === "boolean") return value;
  return typeof value === "number" ? value !== 0 : null;
};
const numberIn = (data: Data, name: string): number | null => {
  const value = data?.[name];
  return typeof value === "number" ? value : null;
};
const textIn = (data: Data, name: string): string | null => {
  const value = data?.[name];
  return typeof value === "string" ? value : null;
};

/** The kernel counts these in hundredths of a second. */
const secondsIn = (data: Data, name: string): number | null => {
  const ticks = numberIn(data, name);
  return ticks === null ? null : ticks / 100;
};

const portOf = (data: Data): PortDetail => ({
  state: textIn(data, "state"),
  hairpin: flagIn(data, "hairpin"),
  isolated: flagIn(data, "isolated"),
  learning: flagIn(data, "learning"),
  flood: flagIn(data, "flood"),
  locked: flagIn(data, "locked"),
  priority: numberIn(data, "priority"),
  cost: numberIn(data, "cost"),
});

const bridgeOf = (data: Data): BridgeDetail => ({
  stp: flagIn(data, "stp_state"),
  forwardDelay: secondsIn(data, "forward_delay"),
  ageing: secondsIn(data, "ageing_time"),
  bridgeId: textIn(data, "bridge_id"),
  rootId: textIn(data, "root_id"),
  filtersVlans: flagIn(data, "vlan_filtering"),
  defaultPvid: numberIn(data, "vlan_default_pvid"),
  multicastSnooping: flagIn(data, "mcast_snooping"),
  callsIptables: flagIn(data, "nf_call_iptables"),
});

/** A bridge has a table of its own; of the others a few words say what they are. */
function settingsOf(kind: string | undefined, data: Data): LinkDetail["settings"] {
  if (kind === "bridge" || data === undefined) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? [[name, `${value}`] as const] : [],
  );
}

/** One element of the JSON of `ip -d -s addr`; null: it is none. `tellsImmutable`: this `ip` prints that word where it holds. */
export function linkFromJson(row: unknown, tellsImmutable: boolean): LinkDetail | null {
  const read = element.safeParse(row);
  if (!read.success) return null;
  const { data } = read;
  const { info_kind: kind, info_data, info_slave_kind, info_slave_data } = data.linkinfo ?? {};
  const place = [data.parentbus, data.parentdev].filter((each) => each !== undefined);
  return {
    flags: data.flags,
    qdisc: data.qdisc ?? null,
    broadcast: data.broadcast ?? null,
    altNames: data.altnames,
    alias: data.ifalias ?? null,
    device: place.length === 0 ? null : place.join(" "),
    minMtu: data.min_mtu ?? null,
    maxMtu: data.max_mtu ?? null,
    netnsImmutable: tellsImmutable ? data["netns-immutable"] === true : null,
    addresses: data.addr_info.flatMap(addressOf),
    losses:
      data.stats64 === undefined
        ? null
        : {
            rxErrors: data.stats64.rx.errors,
            rxDropped: data.stats64.rx.dropped,
            txErrors: data.stats64.tx.errors,
            txDropped: data.stats64.tx.dropped,
          },
    port: info_slave_kind === "bridge" ? portOf(info_slave_data) : null,
    bridge: kind === "bridge" ? bridgeOf(info_data) : null,
    settings: settingsOf(kind, info_data),
  };
}

/** lo can never be moved: a kernel and an `ip` that know the word print it there. */
export const printsImmutable = (rows: readonly unknown[]): boolean =>
  rows.some((row) => element.safeParse(row).data?.["netns-immutable"] === true);
