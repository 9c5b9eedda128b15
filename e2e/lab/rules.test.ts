import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { listeningOn, rulesOf, understand } from "@/lib/pipeline";
import { ruleProbes } from "@/lib/probes/read-rules";
import { dockerEras } from "@/lib/topology/firewall/eras";
import type { Firewall } from "@/lib/topology/firewall/model";
import { printRule } from "@/lib/topology/firewall/print-rule";
import { askRules } from "@/server/gather/ask-rules";
import { lab, labHost, onHost } from "./lab-env";
import { besideLabHost, gatherLabHost } from "./lab-facts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const host = labHost();
const said = async (...argv: readonly string[]): Promise<string> =>
  (await onHost(host, argv)).stdout;
const script = async (text: string): Promise<void> => {
  const { code, stderr } = await onHost(host, ["sh", "-ec", text]);
  if (code !== 0) throw new Error(stderr);
};

type Read = Extract<Firewall, { readonly status: "read" }>;

const isRead = (firewall: Firewall): Read => {
  if (firewall.status !== "read") throw new Error(JSON.stringify(firewall));
  return firewall;
};

const factsWith = (answers: readonly Answer[], gaps: HostFacts["gaps"] = []): HostFacts => ({
  format: "vethscope-facts/1",
  host: "lab1",
  source: "live",
  at: "2026-11-21T12:00:00Z",
  answers,
  gaps,
});

/** Asks as the page does when somebody opens this namespace. */
async function rulesAt(path: string): Promise<Firewall> {
  const inode = Number(await said("stat", "-L", "-c", "%i", path));
  const told = await askRules(await besideLabHost(), { inode, path }, new AbortController().signal);
  return rulesOf(factsWith(told.answers, told.gaps), netnsLabel(inode)).firewall;
}

const fresh = "/run/netns/rules-fresh";
const mixed = "/run/netns/rules-mixed";

/** Rules of both kinds of iptables, and of nft, some of it under names that iptables uses too. */
const mixing = `
ip netns add rules-fresh
ip netns add rules-mixed
nsenter --net=${mixed} sh -ec '
iptables-legacy -A FORWARD -i mine0 -j DROP
iptables-nft -t nat -A POSTROUTING -s 10.9.0.0/24 -j MASQUERADE
ipset create allowed hash:net
ipset add allowed 10.0.0.0/8
nft -f -' <<'RULES'
table inet person { set ports { type inet_service; elements = { 80, 443 } }
 chain input { type filter hook input priority 10; policy drop; tcp dport @ports accept comment "$(x) <b>"
 }
}
table ip filter { chain mine { type filter hook forward priority -5; policy accept; ip saddr 10.0.0.1 drop
 }
}
RULES`;

let facts: HostFacts;
beforeAll(async () => {
  await script(mixing);
  facts = await gatherLabHost();
});
afterAll(async () => {
  await script("ip netns del rules-fresh; ip netns del rules-mixed");
});

const own = netnsLabel(lab().host_netns);

test("the lab host's rules are read whole: what Docker published, by which Docker", async () => {
  const firewall = isRead(rulesOf(facts, own).firewall);
  expect(firewall.opaque).toBe(0);
  expect(dockerEras(firewall)).toMatchObject([{ inForce: true, backend: "iptables-nft" }]);
  const printed = firewall.tables.flatMap(({ backend, family, name, chains }) =>
    family !== "ip" || backend !== "iptables-nft"
      ? []
      : chains.flatMap((chain) =>
          chain.rules.map((rule) => `${name} -A ${chain.name} ${printRule(backend, rule)}`),
        ),
  );
  const saved = await said("iptables-save");
  let table = "";
  const lines = saved.split("\n").flatMap((line) => {
    if (line.startsWith("*")) table = line.slice(1);
    return line.startsWith("-A") ? [`${table} ${line}`] : [];
  });
  expect(printed.toSorted()).toEqual(lines.toSorted());
  expect(understand(facts).host.firewall).toMatchObject({
    status: "read",
    makers: expect.arrayContaining(["docker"]),
  });
});

test("containers are asked only when somebody wants their rules", async () => {
  const rule = new Set(ruleProbes.map(({ name }) => name));
  const asked = new Set(
    facts.answers.filter(({ probe }) => rule.has(probe)).map(({ netns }) => netns),
  );
  expect([...asked]).toEqual([own]);
  const pid = (await said("docker", "inspect", "-f", "{{.State.Pid}}", "api")).trim();
  const firewall = isRead(await rulesAt(`/proc/${pid}/ns/net`));
  const chains = firewall.tables.flatMap((each) => each.chains.map(({ name }) => name));
  expect(chains).toContain("DOCKER_OUTPUT");
});

test("legacy, iptables-nft, nft and ipset beside each other, each under its own name", async () => {
  const { sources, tables, sets } = isRead(await rulesAt(mixed));
  expect(
    sources.map(({ backend, family, state }) => `${backend} ${family} ${state.status}`),
  ).toEqual([
    "iptables-nft ip read",
    "iptables-nft ip6 absent",
    "iptables-legacy ip read",
    "iptables-legacy ip6 absent",
    "nft null read",
    "ipset null read",
  ]);
  expect(
    tables.map(({ backend, family, name }) => `${backend} ${family} ${name}`).toSorted(),
  ).toEqual([
    "iptables-legacy ip filter",
    "iptables-nft ip nat",
    "nft inet person",
    "nft ip filter",
  ]);
  expect(sets.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "ports inet_service",
    "allowed hash:net",
  ]);
});

/** Of a namespace, or of the host: what asking could have made. */
async function state(path: string): Promise<readonly string[]> {
  const inside = (...argv: readonly string[]) => said("nsenter", `--net=${path}`, ...argv);
  return Promise.all([
    inside("sh", "-c", "cat /proc/net/ip_tables_names /proc/net/ip6_tables_names"),
    inside("nft", "-s", "list", "ruleset"),
    inside("ipset", "list", "-n"),
    inside("sh", "-c", "cat /proc/modules 2>/dev/null; ls /sys/module"),
    inside("sh", "-c", "cat /proc/net/ip_tables_matches /proc/net/ip_tables_targets"),
  ]);
}

test.each([fresh, mixed, "/proc/self/ns/net"])(
  "asking for rules changes nothing: %s",
  async (path) => {
    const before = await state(path);
    if (path.startsWith("/run")) await rulesAt(path);
    else await gatherLabHost();
    expect(await state(path)).toEqual(before);
  },
);

test("a namespace without rules is known to have none", async () => {
  const { sources, tables } = isRead(await rulesAt(fresh));
  expect(tables).toEqual([]);
  expect(new Set(sources.map(({ state: { status } }) => status))).toEqual(new Set(["absent"]));
});

test("who may not read the rules is told so for each kind, and never that there are none", async () => {
  const answers = await Promise.all(
    ruleProbes.map(async ({ name, ask }): Promise<Answer> => {
      if (ask.kind !== "script") throw new Error(name);
      const ran = await onHost(host, [
        ...["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
        ...["sh", "-c", ask.script],
      ]);
      return {
        id: answerId(name, own),
        probe: name,
        netns: own,
        entered: null,
        asked: { kind: "command", argv: [name] },
        at: "2026-11-21T12:00:00Z",
        ms: 1,
        stdout: ran.stdout,
        stderr: ran.stderr,
        exit: ran.code,
        cut: false,
      };
    }),
  );
  const { firewall, settings } = rulesOf(factsWith(answers), own);
  expect(firewall).toMatchObject({ status: "unreadable", why: { reason: "permission-denied" } });
  // Anybody may read these.
  expect(settings).toMatchObject({ status: "read" });
});

test("who listens, in every namespace with a process, as ss says", async () => {
  const { sockets, proxies } = listeningOn(facts);
  if (sockets.status !== "read") throw new Error(sockets.status);
  const ss = (await said("ss", "-Hlntu")).trim().split("\n");
  const wanted = ss.map((line) => {
    const [protocol, , , , local = ""] = line.split(/\s+/);
    return `${protocol} ${local.replace(/%\w+/, "").replace(/^\*:/, "[::]:")}`;
  });
  const host1 = `lab1/${own}`;
  const found = sockets.sockets
    .filter(({ netns }) => netns === host1)
    .map(({ protocol, family, address, port }) =>
      family === "inet6" ? `${protocol} [${address}]:${port}` : `${protocol} ${address}:${port}`,
    );
  expect(found.toSorted()).toEqual(wanted.toSorted());
  const web = sockets.sockets.find(({ netns, port }) => netns === host1 && port === 8080);
  expect(web?.holder).toMatchObject({ by: "processes", processes: [{ name: "docker-proxy" }] });
  expect(proxies).toContainEqual(
    expect.objectContaining({ protocol: "tcp", hostPort: 8080, containerPort: 80 }),
  );
  expect(sockets.namespaces.length).toBeGreaterThan(5);
});
