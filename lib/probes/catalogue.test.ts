import { expect, test } from "vitest";
import { catalogue } from "./catalogue";
import { shownAs } from "./shown";

test("this is everything that ever runs on a host: whoever adds a line says here that it only reads", () => {
  expect(catalogue.map(({ name, scope, ask }) => `${scope} ${name}: ${shownAs(ask)}`)).toEqual([
    'machine netns-paths: printf "%s\\0" /proc/self/ns/net /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/* | xargs -0 stat -L -c "%d %i %n"',
    "machine mountinfo: grep -s ' - nsfs ' /proc/self/mountinfo",
    'machine cgroups: printf "%s\\0" /proc/[0-9]*/cgroup | xargs -0 grep -sHE -m1 "[0-9a-f]{64}"',
    'machine process-names: printf "%s\\0" /proc/[0-9]*/comm | xargs -0 grep -sH ""',
    "machine identity: grep -sH '' /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /proc/sys/kernel/random/boot_id /etc/os-release",
    "machine lsns: lsns -t net -o NS,PID,NETNSID",
    "netns ip-addr: ip -d -s -j addr show",
    "netns ip-netns-ids: ip -d -s -j netns list-id",
    "netns ip-route: ip -d -s -j route show table all",
    "host-netns bridge-fdb: bridge -j fdb show",
    "observer lsns-observer: lsns -t net -o NS,PID,NETNSID",
    "engine engine-version: GET /version",
    "engine engine-info: GET /info",
    "engine engine-networks: GET /networks",
    "engine engine-containers: GET /containers/json?all=1",
  ]);
});

test("names are unique, since they name the answers", () => {
  const names = catalogue.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("scripts can be put in single quotes", () => {
  for (const { ask } of catalogue) if (ask.kind === "script") expect(ask.script).not.toContain("'");
});
