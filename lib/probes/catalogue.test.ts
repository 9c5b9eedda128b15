import { expect, test } from "vitest";
import { catalogue } from "./catalogue";
import { otherFormsOf, shownAs } from "./shown";

test("this is everything that ever runs on a host: whoever adds a line says here that it only reads", () => {
  expect(catalogue.map(({ name, scope, ask }) => `${scope} ${name}: ${shownAs(ask)}`)).toEqual([
    'machine netns-paths: printf "%s\\0" /proc/self/ns/net /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/* | xargs -0 stat -L -c "%d %i %n"',
    "machine mountinfo: grep -s ' - nsfs ' /proc/self/mountinfo",
    'machine cgroups: printf "%s\\0" /proc/[0-9]*/cgroup | xargs -0 grep -sHE -m1 "[0-9a-f]{64}|/lxc[./]|/machine-|^(0:|1:name=systemd):.*[.]service"',
    'machine process-names: printf "%s\\0" /proc/[0-9]*/comm | xargs -0 grep -sH ""',
    "machine identity: grep -sH '' /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /proc/sys/kernel/random/boot_id /etc/os-release",
    "machine lsns: lsns -t net -o NS,PID,NETNSID",
    'machine proc-net: unread=; for each in /proc/[0-9]*/ns/net; do test -e "$each" || { test -e "${each%/ns/net}/net/dev" && unread=some; }; done; while read -r key mask; do case $key in CapEff:) case ${mask%?????} in *[2367abef]) ;; *) unread=some ;; esac ;; esac; done </proc/self/status; test -n "$unread" || exit 0; stat -c "%i %n" /proc/self/net/dev /proc/[0-9]*/net/dev 2>/dev/null | { seen=" " files=; while read -r inode path; do echo "$inode $path"; case $seen in *" $inode "*) continue ;; esac; seen="$seen$inode "; net=${path%dev}; test "$net" = /proc/self/net/ || files="$files ${net}dev ${net}dev_mcast ${net}if_inet6 ${net}igmp ${net}route ${net}fib_trie"; done; grep -sH "" /proc/self/net/dev $files /proc/self/net/dev; }',
    'machine listening-sockets: stats=$(stat -c "%i/%n" /proc/[0-9]*/net/dev 2>/dev/null | sort -t/ -k1,1 -k4,4n | sed -e ":a" -e "\\$!N" -e "s,^\\([0-9]*\\)\\(/.*\\)\\n\\1/.*,\\1\\2," -e "ta" -e "P" -e "D" | sed -n "s,^[0-9]*/\\(/proc/[0-9]*/net/\\)dev$,\\1sockstat6 \\1sockstat,p"); test -n "$stats" || exit; files=$(grep -sH " inuse " $stats | sed -n "s,^\\(.*/\\)sockstat6:TCP6: inuse [1-9].*,\\1tcp6,p;s,^\\(.*/\\)sockstat6:UDP6: inuse [1-9].*,\\1udp6,p;s,^\\(.*/\\)sockstat:TCP: inuse [1-9].*,\\1tcp,p;s,^\\(.*/\\)sockstat:UDP: inuse [1-9].*,\\1udp,p;s,^\\(.*/sockstat\\):FRAG: .*,\\1,p"); test -n "$files" || exit 0; sockets=$(grep -sHE "^TCP: inuse |: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 (0A|07) " $files | sed -n "s/^\\([^:]*\\/\\)sockstat:TCP: .*/\\1tcp/p;s/^\\([^:]*\\): *[0-9]*: \\([0-9A-F:]*\\) [0-9A-F:]* \\(0[A7]\\) [0-9A-F:]* [0-9A-F:]* [0-9A-F]*  *\\([0-9]*\\)  *[0-9]* \\([0-9]*\\).*/\\1 \\2 \\3 \\4 \\5/p"); echo "$sockets"; inodes=$(echo "$sockets" | sed -n "s/.* \\([1-9][0-9]*\\)$/socket:[\\1]/p" | sort -u); test -n "$inodes" || exit 0; links() { ls -ln /proc/[0-9]*/fd 2>/dev/null | sed -n "/^\\/proc\\//{s/:$//;h;d;};/socket:/{G;s/.* \\(socket:\\[[0-9]*\\]\\)\\n\\(.*\\)/\\2 \\1/p;}"; }; if test ${#inodes} -lt 100000; then links | grep -F "$inodes"; else links; fi; true',
    'machine docker-proxies: set -- $(grep -lsx docker-proxy /proc/[0-9]*/comm | sed "s/comm$/cmdline/"); test $# -gt 0 || exit 0; grep -sHz "" "$@" | tr "\\0" "\\n" | grep -E ":(-(proto|host-ip|host-port|container-ip|container-port)|tcp|udp|sctp|[0-9]+|[0-9a-f:.]+)$"; true',
    "netns ip-addr: ip -d -s -j addr show",
    "netns ip-netns-ids: ip -d -s -j netns list-id",
    "netns ip-route: ip -d -s -j route show table all",
    "host-netns bridge-fdb: bridge -j fdb show",
    'rules iptables-save: { ! test -e /proc/modules || test -d /sys/module/nf_tables || grep -qs "/nf_tables[.]ko" "/lib/modules/$(uname -r)/modules.builtin" || { ! test -e "/lib/modules/$(uname -r)/modules.builtin" && grep -q " nft_do_chain$" /proc/kallsyms; }; } || exit 0; for each in iptables-nft-save iptables-save; do command -v "$each" >/dev/null && exec "$each" -c; done; exit 127',
    'rules ip6tables-save: { ! test -e /proc/modules || test -d /sys/module/nf_tables || grep -qs "/nf_tables[.]ko" "/lib/modules/$(uname -r)/modules.builtin" || { ! test -e "/lib/modules/$(uname -r)/modules.builtin" && grep -q " nft_do_chain$" /proc/kallsyms; }; } || exit 0; for each in ip6tables-nft-save ip6tables-save; do command -v "$each" >/dev/null && exec "$each" -c; done; exit 127',
    'rules iptables-legacy-save: test -e /proc/net/ip_tables_names || exit 0; tables=$(cat /proc/net/ip_tables_names) || exit; test -n "$tables" || exit 0; command -v iptables-legacy-save >/dev/null && exec iptables-legacy-save -c; iptables-save -V | grep -q nf_tables && exit 127; exec iptables-save -c',
    'rules ip6tables-legacy-save: test -e /proc/net/ip6_tables_names || exit 0; tables=$(cat /proc/net/ip6_tables_names) || exit; test -n "$tables" || exit 0; command -v ip6tables-legacy-save >/dev/null && exec ip6tables-legacy-save -c; ip6tables-save -V | grep -q nf_tables && exit 127; exec ip6tables-save -c',
    'rules nft-ruleset: { ! test -e /proc/modules || test -d /sys/module/nf_tables || grep -qs "/nf_tables[.]ko" "/lib/modules/$(uname -r)/modules.builtin" || { ! test -e "/lib/modules/$(uname -r)/modules.builtin" && grep -q " nft_do_chain$" /proc/kallsyms; }; } || exit 0; tables=$(nft list tables) || exit; odd= foreign= tool=$(command -v iptables-nft-save iptables-save); case $tables in *"ip filter"*|*"ip nat"*|*"ip mangle"*|*"ip raw"*|*"ip security"*|*"ip6 filter"*|*"ip6 nat"*|*"ip6 mangle"*|*"ip6 raw"*|*"ip6 security"*) foreign=$(nft list chains | while read -r first second third rest; do case $first in table) table="$second/$third" ;; chain) chain=$second ;; type) case $chain in PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING) ;; *) echo "$table" ;; esac ;; esac; done) ;; esac; set -f; set -- $tables; wanted=; while test $# -ge 3; do case $1$2$3 in *[!A-Za-z0-9_.-]*) odd=yes ;; esac; case "$tool $2/$3" in " "*) wanted="$wanted $2 $3" ;; *" ip/filter"|*" ip/nat"|*" ip/mangle"|*" ip/raw"|*" ip/security"|*" ip6/filter"|*" ip6/nat"|*" ip6/mangle"|*" ip6/raw"|*" ip6/security") case " $foreign " in *[[:space:]]"$2/$3"[[:space:]]*) wanted="$wanted $2 $3" ;; esac ;; *) wanted="$wanted $2 $3" ;; esac; shift 3; done; if test -n "$odd"; then exec nft -j list ruleset; fi; set -- $wanted; comma=[; while test $# -ge 2; do echo "$comma"; nft -j list table "$1" "$2" || { failed=1; echo "{}"; }; comma=,; shift 2; done; test "$comma" = [ || echo "]"; test -z "$failed"',
    'rules ipset-save: { ! test -e /proc/modules || test -d /sys/module/ip_set || grep -qs "/ip_set[.]ko" "/lib/modules/$(uname -r)/modules.builtin" || { ! test -e "/lib/modules/$(uname -r)/modules.builtin" && grep -q " ip_set_test$" /proc/kallsyms; }; } || exit 0; exec ipset save',
    'rules sysctls: set --; ports=/; test "$(readlink /proc/self/ns/net)" != "$(readlink /proc/$PPID/ns/net)" || ports=/sys/class/net; for each in /proc/sys/net/ipv4/conf/*; do test -e "$ports/${each##*/}/brport" || set -- "$@" "$each/forwarding" "$each/rp_filter" "$each/route_localnet"; done; for each in /proc/sys/net/ipv6/conf/*; do test -e "$ports/${each##*/}/brport" || set -- "$@" "$each/forwarding" "$each/accept_ra" "$each/disable_ipv6"; done; exec grep -sH "" /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/net/ipv4/neigh/default/gc_thresh* /proc/sys/net/ipv6/bindv6only /proc/sys/net/bridge/bridge-nf-call-* /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max "$@"',
    "observer lsns-observer: lsns -t net -o NS,PID,NETNSID",
    'held lsns-held: set -- $(stat -L -c %i /proc/[0-9]*/ns/net 2>/dev/null); lived=" $* "; set -f; set -- $(while read -r a b c root path rest; do case $root in net:*) printf "%s\\n" "$path" ;; esac; done </proc/self/mountinfo); pids=$$ n=0; for each in $(stat -L -c %i:%n "$@" 2>/dev/null); do inode=${each%%:*}; case $lived in *" $inode "*) continue ;; esac; lived="$lived$inode "; n=$((n + 1)); test "$n" -le 64 || break; pids="$pids $(nsenter --net="${each#*:}" sh -c "sleep 9 >/dev/null 2>&1 & echo \\$!")"; done; for pid in $pids; do stat -L -c "@ %i" "/proc/$pid/ns/net"; nsenter --net="/proc/$pid/ns/net" lsns -t net -o NS,PID,NETNSID; done; kill ${pids#$$} 2>/dev/null; true',
    "tunnel tunnel-fdb: bridge -j fdb show",
    "filtering bridge-vlan: bridge -j vlan show",
    "engine engine-version: GET /version",
    "engine engine-info: GET /info",
    "engine engine-networks: GET /networks",
    "engine engine-containers: GET /containers/json?all=1",
    'opened host-tools: for each in ip bridge brctl ethtool lsns nsenter grep docker podman; do command -v "$each" >/dev/null && echo "$each"; done; true',
    "opened bridge-macs: bridge -j fdb show br BRIDGE",
    `opened link-device: sh -c 'cd "/sys/class/net/$1" || exit; grep -sH "" speed duplex; for each in driver subsystem; do to=$(readlink "device/$each") && echo "$each:${"${to##*/}"}"; done; true' sh LINK`,
    "opened engine-image: GET /images/IMAGE/json",
  ]);
});

test("and these where its tools are missing or old, in other forms of the same questions", () => {
  const forms = catalogue.flatMap((probe) =>
    otherFormsOf(probe).map(({ unless, form }) => `${probe.name} unless ${unless}: ${form}`),
  );
  expect(forms).toEqual([
    'netns-paths unless test $status -ne 1 && test $status -ne 127: stat -L -c "%d %i %n" /proc/self/ns/net /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/*',
    'process-names unless test $status -ne 1 && test $status -ne 127: grep -sH "" /proc/[0-9]*/comm',
    'lsns unless lsns --help | grep -q NETNSID: unshare -m sh -c "test \\"\\$(readlink /proc/self/ns/mnt)\\" != \\"\\$2\\" && mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir /run/netns || exit; stat -L -c \\"%d %i %n\\" /proc/self/ns/net /proc/[0-9]*/ns/net /proc/\\$1/root/run/netns/* /proc/\\$1/root/run/docker/netns/* 2>/dev/null | while read -r dev inode path; do test -n \\"\\$nsfs\\" || nsfs=\\$dev; test \\"\\$dev\\" = \\"\\$nsfs\\" || continue; test -e \\"/run/netns/\\$inode\\" && continue; : >\\"/run/netns/\\$inode\\" && mount --bind \\"\\$path\\" \\"/run/netns/\\$inode\\"; done; ip netns list-id" sh "$$" "$(readlink /proc/self/ns/mnt)"',
    "ip-addr unless ip -j -V: ip -d -s addr show",
    "ip-addr unless ip -V: ip addr show; cat /proc/net/dev",
    "ip-netns-ids unless ip -j -V: ip -d -s netns list-id",
    "ip-route unless ip -j -V: ip -d -s route show table all",
    "ip-route unless ip -V: ip route show table all",
    'nft-ruleset unless nft -j list tables: { ! test -e /proc/modules || test -d /sys/module/nf_tables || grep -qs "/nf_tables[.]ko" "/lib/modules/$(uname -r)/modules.builtin" || { ! test -e "/lib/modules/$(uname -r)/modules.builtin" && grep -q " nft_do_chain$" /proc/kallsyms; }; } || exit 0; tables=$(nft list tables) || exit; odd= foreign= tool=$(command -v iptables-nft-save iptables-save); case $tables in *"ip filter"*|*"ip nat"*|*"ip mangle"*|*"ip raw"*|*"ip security"*|*"ip6 filter"*|*"ip6 nat"*|*"ip6 mangle"*|*"ip6 raw"*|*"ip6 security"*) foreign=$(nft list chains | while read -r first second third rest; do case $first in table) table="$second/$third" ;; chain) chain=$second ;; type) case $chain in PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING) ;; *) echo "$table" ;; esac ;; esac; done) ;; esac; set -f; set -- $tables; wanted=; while test $# -ge 3; do case $1$2$3 in *[!A-Za-z0-9_.-]*) odd=yes ;; esac; case "$tool $2/$3" in " "*) wanted="$wanted $2 $3" ;; *" ip/filter"|*" ip/nat"|*" ip/mangle"|*" ip/raw"|*" ip/security"|*" ip6/filter"|*" ip6/nat"|*" ip6/mangle"|*" ip6/raw"|*" ip6/security") case " $foreign " in *[[:space:]]"$2/$3"[[:space:]]*) wanted="$wanted $2 $3" ;; esac ;; *) wanted="$wanted $2 $3" ;; esac; shift 3; done; if test -n "$odd"; then exec nft list ruleset; fi; set -- $wanted; while test $# -ge 2; do nft -a list table "$1" "$2" || failed=1; shift 2; done; test -z "$failed"',
    'lsns-observer unless lsns --help | grep -q NETNSID: unshare -m sh -c "test \\"\\$(readlink /proc/self/ns/mnt)\\" != \\"\\$2\\" && mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir /run/netns || exit; stat -L -c \\"%d %i %n\\" /proc/self/ns/net /proc/[0-9]*/ns/net /proc/\\$1/root/run/netns/* /proc/\\$1/root/run/docker/netns/* 2>/dev/null | while read -r dev inode path; do test -n \\"\\$nsfs\\" || nsfs=\\$dev; test \\"\\$dev\\" = \\"\\$nsfs\\" || continue; test -e \\"/run/netns/\\$inode\\" && continue; : >\\"/run/netns/\\$inode\\" && mount --bind \\"\\$path\\" \\"/run/netns/\\$inode\\"; done; ip netns list-id" sh "$$" "$(readlink /proc/self/ns/mnt)"',
    "bridge-vlan unless bridge -j -V: bridge vlan show",
    "bridge-macs unless bridge -j -V: bridge fdb show br BRIDGE",
    `bridge-macs unless bridge -V: sh -c 'brctl showmacs "$1" && brctl showstp "$1"' sh BRIDGE`,
    `bridge-macs unless command -v brctl: sh -c 'cd "/sys/class/net/$1" && grep -sH "" "$PWD"/brif/*/port_no; od -An -v -tx1 brforward' sh BRIDGE`,
  ]);
});

test("names are unique, since they name the answers", () => {
  const names = catalogue.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("scripts can be put in single quotes", () => {
  for (const { ask } of catalogue) if (ask.kind === "script") expect(ask.script).not.toContain("'");
});
