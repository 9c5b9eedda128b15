import { onWard, type ReachWard } from "./reach-ward";

/** Something that decides who reaches whom on a host, made with real commands, and undone. */
export type Circumstance = {
  /** As a claim about the host. */
  readonly name: string;
  readonly make: (ward: ReachWard) => Promise<unknown>;
  readonly restore: (ward: ReachWard) => Promise<unknown>;
};

/** `make` and `restore`: what sh runs on the host. */
export const made = (name: string, make: string, restore: string): Circumstance => ({
  name,
  make: (ward) => onWard(ward, make),
  restore: (ward) => onWard(ward, restore),
});

/** Nothing is changed. */
export const asItIs = (name: string): Circumstance => made(name, "true", "true");

const saved = "iptables-save >/run/rules.save; ip6tables-save >/run/rules6.save";
const putBack = "iptables-restore </run/rules.save; ip6tables-restore </run/rules6.save";

/** What iptables and ip6tables had is put back. */
export const withRules = (name: string, make: string, restore = "true"): Circumstance =>
  made(name, `${saved}; ${make}`, `${putBack}; ${restore}`);

/** A table of nft beside all others. */
export const native = (name: string, table: string, rules: string): Circumstance =>
  made(name, `nft -f - <<'END'\ntable ${table} {\n${rules}\n}\nEND`, `nft delete table ${table}`);

/** `setting`: below /proc/sys/net. */
export const set = (name: string, setting: string, value: number): Circumstance => {
  const path = `/proc/sys/net/${setting}`;
  return made(
    name,
    `cat ${path} >/run/setting; echo ${value} >${path}`,
    `cat /run/setting >${path}`,
  );
};

/** `script` for each port of docker0, as `$each`. */
export const eachPort = (script: string): string =>
  `for each in $(ip -o link show master docker0 | sed "s/^[0-9]*: \\([^@]*\\)@.*/\\1/"); do ${script}; done`;
