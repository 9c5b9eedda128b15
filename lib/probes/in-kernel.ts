/**
 * POSIX sh that holds where this part of the kernel is there, as a module or built in. Whoever asks a
 * part that is not makes the kernel load its module (`nfnetlink-subsys-10`): a host that uses no
 * nftables would have them from then on. What is not there holds no rules, and need not be asked.
 *
 * A kernel without /proc/modules loads none. A module is known by its folder; of what is built in,
 * modules.builtin tells, and where a kernel came without that file, its own symbols do.
 * `symbol`: a function of that module.
 */
const inKernel = (module: string, symbol: string): string =>
  [
    `{ ! test -e /proc/modules || test -d /sys/module/${module}`,
    `grep -qs "/${module}[.]ko" "/lib/modules/$(uname -r)/modules.builtin"`,
    `{ ! test -e "/lib/modules/$(uname -r)/modules.builtin" && grep -q " ${symbol}$" /proc/kallsyms; }; }`,
  ].join(" || ");

export const nfTablesInKernel: string = inKernel("nf_tables", "nft_do_chain");
export const ipSetInKernel: string = inKernel("ip_set", "ip_set_test");
