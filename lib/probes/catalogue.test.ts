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
    "netns ip-addr: ip -d -s -j addr show",
    "netns ip-netns-ids: ip -d -s -j netns list-id",
    "netns ip-route: ip -d -s -j route show table all",
    "host-netns bridge-fdb: bridge -j fdb show",
    "observer lsns-observer: lsns -t net -o NS,PID,NETNSID",
    'held lsns-held: set -- $(stat -L -c %i /proc/[0-9]*/ns/net 2>/dev/null); lived=" $* "; set -f; set -- $(while read -r a b c root path rest; do case $root in net:*) printf "%s\\n" "$path" ;; esac; done </proc/self/mountinfo); pids=$$ n=0; for each in $(stat -L -c %i:%n "$@" 2>/dev/null); do inode=${each%%:*}; case $lived in *" $inode "*) continue ;; esac; lived="$lived$inode "; n=$((n + 1)); test "$n" -le 64 || break; pids="$pids $(nsenter --net="${each#*:}" sh -c "sleep 9 >/dev/null 2>&1 & echo \\$!")"; done; for pid in $pids; do stat -L -c "@ %i" "/proc/$pid/ns/net"; nsenter --net="/proc/$pid/ns/net" lsns -t net -o NS,PID,NETNSID; done; kill ${pids#$$} 2>/dev/null; true',
    "tunnel tunnel-fdb: bridge -j fdb show",
    "engine engine-version: GET /version",
    "engine engine-info: GET /info",
    "engine engine-networks: GET /networks",
    "engine engine-containers: GET /containers/json?all=1",
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
    'lsns-observer unless lsns --help | grep -q NETNSID: unshare -m sh -c "test \\"\\$(readlink /proc/self/ns/mnt)\\" != \\"\\$2\\" && mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir /run/netns || exit; stat -L -c \\"%d %i %n\\" /proc/self/ns/net /proc/[0-9]*/ns/net /proc/\\$1/root/run/netns/* /proc/\\$1/root/run/docker/netns/* 2>/dev/null | while read -r dev inode path; do test -n \\"\\$nsfs\\" || nsfs=\\$dev; test \\"\\$dev\\" = \\"\\$nsfs\\" || continue; test -e \\"/run/netns/\\$inode\\" && continue; : >\\"/run/netns/\\$inode\\" && mount --bind \\"\\$path\\" \\"/run/netns/\\$inode\\"; done; ip netns list-id" sh "$$" "$(readlink /proc/self/ns/mnt)"',
  ]);
});

test("names are unique, since they name the answers", () => {
  const names = catalogue.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("scripts can be put in single quotes", () => {
  for (const { ask } of catalogue) if (ask.kind === "script") expect(ask.script).not.toContain("'");
});
