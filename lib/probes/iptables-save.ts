import { defineProbe, type Probe } from "./define";
import { nfTablesInKernel } from "./in-kernel";
import { readIptablesSave, type SaveRow } from "./iptables-save-text";
import { isTranscript, readIptablesTranscript } from "./iptables-transcript";

/**
 * `iptables-save` is the one or the other by the distribution's choice; both may stand beside it under
 * their own names. Where it is the legacy one, this asks nothing that the other probe does not, and what
 * it prints says so. None of them creates a table that is not there (with `-t` the legacy one would).
 */
const throughNft = (tools: string): string =>
  [
    `${nfTablesInKernel} || exit 0`,
    `for each in ${tools}-nft-save ${tools}-save; do command -v "$each" >/dev/null && exec "$each" -c; done`,
    "exit 127",
  ].join("; ");

/** A table that is in use is in this file, and only then is it asked about: /proc tells it to root alone. */
const legacy = (tools: string, names: string): string =>
  [
    `test -e /proc/net/${names} || exit 0`,
    `tables=$(cat /proc/net/${names}) || exit`,
    'test -n "$tables" || exit 0',
    `command -v ${tools}-legacy-save >/dev/null && exec ${tools}-legacy-save -c`,
    `${tools}-save -V | grep -q nf_tables && exit 127`,
    `exec ${tools}-save -c`,
  ].join("; ");

const saveProbe = (name: string, script: string, why: string): Probe<SaveRow> =>
  defineProbe({
    name,
    scope: "rules",
    ask: { kind: "script", script },
    right: "root",
    why,
    parse: ({ stdout }) =>
      isTranscript(stdout) ? readIptablesTranscript(stdout) : readIptablesSave(stdout),
  });

export const iptablesSave = saveProbe(
  "iptables-save",
  throughNft("iptables"),
  "rules for IPv4 with their counters: published ports, masquerading, what is forwarded",
);

export const ip6tablesSave = saveProbe(
  "ip6tables-save",
  throughNft("ip6tables"),
  "the same for IPv6",
);

export const iptablesLegacySave = saveProbe(
  "iptables-legacy-save",
  legacy("iptables", "ip_tables_names"),
  "rules of the older kind, which stand beside the others unseen; only where the kernel has such tables",
);

export const ip6tablesLegacySave = saveProbe(
  "ip6tables-legacy-save",
  legacy("ip6tables", "ip6_tables_names"),
  "the same for IPv6",
);
