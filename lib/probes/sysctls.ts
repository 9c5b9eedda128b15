import { defineProbe } from "./define";
import { readLines } from "./lines";

/** One file below /proc/sys. `name`: its path from there. */
export type SysctlRow = { readonly name: string; readonly value: string; readonly at: number };

const ofIpv4 = ["forwarding", "rp_filter", "route_localnet"];
const ofIpv6 = ["forwarding", "accept_ra", "disable_ipv6"];
const once = [
  "net/ipv4/ip_forward",
  "net/ipv4/ip_unprivileged_port_start",
  "net/ipv4/neigh/default/gc_thresh*",
  "net/ipv6/bindv6only",
  "net/bridge/bridge-nf-call-*",
  "net/netfilter/nf_conntrack_count",
  "net/netfilter/nf_conntrack_max",
];

const eachLink = (family: string, files: readonly string[]): string =>
  `for each in /proc/sys/net/${family}/conf/*; do test -e "$ports/\${each##*/}/brport" || set -- "$@" ${files.map((file) => `"$each/${file}"`).join(" ")}; done`;

/**
 * Ports of a bridge route nothing, the bridge does: they are left out, or a host of a thousand containers
 * would print six thousand lines. /sys/class/net shows the links of the namespace in which it was mounted,
 * so it is only asked in the one that the shell is in. Everything `ip netconf` prints is here, and more.
 */
const script = [
  "set --",
  'ports=/; test "$(readlink /proc/self/ns/net)" != "$(readlink /proc/$PPID/ns/net)" || ports=/sys/class/net',
  eachLink("ipv4", ofIpv4),
  eachLink("ipv6", ofIpv6),
  `exec grep -sH "" ${once.map((file) => `/proc/sys/${file}`).join(" ")} "$@"`,
].join("; ");

export const sysctls = defineProbe<SysctlRow>({
  name: "sysctls",
  scope: "rules",
  ask: { kind: "script", script },
  right: "anyone",
  why: "what decides beside the rules: forwarding, bridge-nf-call, route_localnet, rp_filter, accept_ra, conntrack",
  fine: [2],
  parse: ({ stdout }) =>
    readLines(stdout, (line, at) => {
      const [, name, value] = /^\/proc\/sys\/([^:]+):(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? null : { name, value, at };
    }),
});
