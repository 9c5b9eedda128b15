import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { coverage } from "@/lib/diagnosis/diagnose";
import { withContainer, withLink } from "@/lib/diagnosis/healthy-world";
import { ruleFindingIds } from "@/lib/diagnosis/model";
import type { HostFacts } from "@/lib/facts/model";
import { quote } from "@/lib/facts/words";
import { netnsLabel, networkId } from "@/lib/net/ids";
import { examine, rulesOf } from "@/lib/pipeline";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import { factsOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Network, Topology } from "@/lib/topology/model";
import { diagnoseRules } from "./diagnose-rules";
import type { RuleFacts } from "./ground";
import {
  home,
  iptablesRules,
  listeningTo,
  nftRules,
  type Said,
  saidBy,
  settings,
  socket,
  sockets,
  topology,
  whole,
  wholeNft,
} from "./ruled-world";

const shop = "br-000000000001";

const rulesSaying = (said: Said): NetnsRules => ({
  ...rulesOf(factsOfRules(...saidBy(said)), netnsLabel(4_026_531_840)),
  netns: home,
});

const ruled: RuleFacts = {
  topology,
  rules: rulesSaying(whole),
  listening: listeningTo(sockets),
  options: new Map(),
};
const ruledByNft: RuleFacts = { ...ruled, rules: rulesSaying(wholeNft) };

const found = (facts: RuleFacts): readonly string[] =>
  diagnoseRules(facts)
    .findings.map(({ id, about }) => `${id} ${about[0]}`)
    .toSorted();

const only = (facts: RuleFacts) => {
  const { findings } = diagnoseRules(facts);
  const [finding] = findings;
  if (finding === undefined || findings.length > 1)
    throw new Error(`found: ${JSON.stringify(findings.map(({ id }) => id))}`);
  return finding;
};

const saying = (said: Said, facts: RuleFacts = ruled): RuleFacts => ({
  ...facts,
  rules: rulesSaying({ ...whole, ...said }),
});

/** Both must be there to be replaced: a test that changes nothing tests nothing. */
function changed(text: string, from: string | RegExp, to: string): string {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`nothing is ${from}`);
  return after;
}

const iptables = (from: string | RegExp, to: string): RuleFacts =>
  saying({ iptables: changed(iptablesRules, from, to) });
const nft = (from: string | RegExp, to: string): RuleFacts =>
  saying({ ...wholeNft, nft: changed(nftRules, from, to) });
const setting = (from: string | RegExp, to: string): RuleFacts =>
  saying({ settings: changed(settings, from, to) });

const on = (change: (topology: Topology) => Topology, facts: RuleFacts = ruled): RuleFacts => ({
  ...facts,
  topology: change(facts.topology),
});

const publishing = (
  name: string,
  hostAddress: string,
  hostPort: number,
  containerPort: number,
): Topology =>
  withContainer(topology, name, {
    ports: [{ hostAddress, hostPort, containerPort, protocol: "tcp" }],
  });

describe("a healthy host", () => {
  test.each([
    ["by Docker 20.10's iptables", ruled],
    ["by Docker 29's nftables", ruledByNft],
  ])("has none of these faults: %s", (_, facts) => {
    const { findings, lacks, exposure } = diagnoseRules(facts);
    expect(findings).toEqual([]);
    expect(lacks).toEqual([]);
    expect(exposure).toMatchObject({
      families: [
        { family: "ip", doors: [{ address: "10.0.0.12", uplink: "ens3" }], open: 0, unasked: 0 },
        { family: "ip6", status: "closed", why: "no-address" },
      ],
      rows: [
        { port: 22, about: null, name: "httpd", input: "accepts" },
        { port: 8080, about: "ctr:web", input: "accepts" },
        { port: 9000, about: "ctr:api", input: "accepts" },
      ],
    });
  });

  test.each([
    ["docker-20.10-debian-12", ["D38 ctr:web2", "D63 if:host/eth0"]],
    ["docker-26.1-debian-13", ["D38 ctr:web2", "D63 if:host/eth0"]],
    // Docker 28 drops what comes for 127.0.0.1 from outside.
    ["docker-28.5-debian-sid", ["D63 if:host/eth0"]],
  ])("recorded: %s has what is true of it and no other", (name, wanted) => {
    const facts = JSON.parse(readFileSync(`lib/recorded-hosts/${name}.json`, "utf8")) as HostFacts;
    const told = examine(facts);
    expect(told.ruled.findings.map(({ id, about }) => `${id} ${about[0]}`)).toEqual(wanted);
    for (const { evidence } of told.ruled.findings)
      for (const each of evidence)
        expect(quote(facts, each)?.text, JSON.stringify(each)).toBeTruthy();
    expect(told.ruled.exposure.families).toMatchObject([
      { family: "ip", status: "told", open: 0 },
      { family: "ip6", status: "closed" },
    ]);
    for (const { evidence } of told.ruled.exposure.rows) {
      expect(evidence).not.toEqual([]);
      for (const each of evidence) expect(quote(facts, each)?.text).toBeTruthy();
    }
  });
});

describe("what was not read", () => {
  test("is no fault, and is said", () => {
    const blind: RuleFacts = {
      ...saying({}),
      rules: rulesSaying({}),
      listening: { sockets: { status: "not-asked" }, proxies: [] },
    };
    const told = diagnoseRules(blind);
    expect(told.findings).toEqual([]);
    expect(told.lacks).toEqual(["rules", "sockets", "settings"]);
    expect(told.exposure).toMatchObject({
      families: [{ family: "ip", status: "unknown", why: "rules" }, { family: "ip6" }],
      rows: [],
    });
    const missing = new Map(coverage(topology, told).map((each) => [each.id, each.missing]));
    expect(missing.get("D47")).toEqual(["rules"]);
    expect(missing.get("D03")).toEqual(["settings"]);
    expect(missing.get("D80")).toEqual([]);
  });

  test("is never told of a topology that came without rules: they are not in it, read or not", () => {
    const missing = new Map(coverage(topology).map((each) => [each.id, each.missing]));
    for (const id of ruleFindingIds) expect(missing.get(id), id).toEqual(["in-file"]);
    expect(missing.get("D13")).toEqual([]);
  });

  test("of one kind of rules only is no fault either: the other kind may hold them", () => {
    const { nft: _, ...without } = whole;
    const empty = { ...without, iptables: "" };
    expect(found({ ...ruled, rules: rulesSaying(empty) })).not.toContain("D52 host:test");
    expect(found(saying({ iptables: "" }))).toContain("D52 host:test");
  });

  test("containers in which nobody looked who listens are counted, beside a host that was heard", () => {
    const { sockets: told } = ruled.listening;
    if (told.status !== "read") throw new Error();
    const hearing = (namespaces: typeof told.namespaces): RuleFacts => ({
      ...ruled,
      listening: { ...ruled.listening, sockets: { ...told, namespaces } },
    });
    expect(diagnoseRules(ruled).unheard).toBe(0);
    expect(diagnoseRules(hearing([home])).unheard).toBe(4);
    expect(diagnoseRules(hearing([])).unheard).toBe(0);
  });

  test("a host whose own namespace was not read shows nothing", () => {
    const facts = on((from) => ({ ...from, host: { ...from.host, netns: null } }));
    expect(diagnoseRules(facts).findings).toEqual([]);
  });
});

describe("the way out", () => {
  test("D01: no rule masquerades a network, by either backend", () => {
    const facts = iptables(/.*-s 172\.17\.0\.0\/16 ! -o docker0 -j MASQUERADE\n/, "");
    expect(only(facts)).toMatchObject({
      id: "D01",
      severity: "critical",
      about: ["if:host/docker0", "ctr:web", "ctr:web2"],
      remedy: [
        "iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE".split(" "),
      ],
    });
    expect(only(nft(/oifname != "docker0" ip saddr.*\n/, "")).id).toBe("D01");
  });

  test("D01: a rule of a person, of another shape, masquerades as well", () => {
    const own = "[0:0] -A POSTROUTING -o ens3 -j SNAT --to-source 10.0.0.12";
    expect(found(iptables(/.*-s 172\.17\.0\.0\/16 ! -o docker0 -j MASQUERADE/, own))).toEqual([]);
  });

  test("D01: nobody wants it where the network says so", () => {
    const facts = iptables(/.*-s 172\.17\.0\.0\/16 ! -o docker0 -j MASQUERADE\n/, "");
    const options = (name: string, value: string) =>
      new Map([[networkId("test", "bridge"), { [`com.docker.network.bridge.${name}`]: value }]]);
    expect(found({ ...facts, options: options("enable_ip_masquerade", "false") })).toEqual([]);
    expect(found({ ...facts, options: options("gateway_mode_ipv4", "routed") })).toEqual([]);
    expect(found({ ...facts, options: options("enable_icc", "true") })).toHaveLength(1);
  });

  const dropped = changed(iptablesRules, ":FORWARD ACCEPT [0:0]", ":FORWARD DROP [42:2520]");
  const unaccepted = changed(dropped, /.*-A FORWARD -[io] (docker0|br-).*\n/g, "");

  test("D02: everything that is forwarded comes to a policy that drops it", () => {
    const { values, ...finding } = only(saying({ iptables: unaccepted }));
    expect(finding).toMatchObject({
      id: "D02",
      severity: "critical",
      about: ["if:host/docker0", `if:host/${shop}`],
    });
    expect(values).toMatchObject({
      told: "iptables-nft ip filter FORWARD: policy drop [42:2520]",
      packets: "42",
    });
  });

  test("D02: iptables drops what Docker's nftables backend accepts: to accept it there ends nothing", () => {
    const filter = `*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [42:2520]
:OUTPUT ACCEPT [0:0]
COMMIT
`;
    expect(only(saying({ ...wholeNft, iptables: filter }))).toMatchObject({
      id: "D02",
      about: ["if:host/docker0", `if:host/${shop}`],
      values: { told: "iptables-nft ip filter FORWARD: policy drop [42:2520]" },
    });
  });

  test("D02: a policy that drops is no fault while Docker's rules accept before it", () => {
    expect(found(saying({ iptables: dropped }))).toEqual([]);
  });

  test("D02: that a person refuses what one network sends is their decision", () => {
    const facts = iptables(
      "[9:540] -A DOCKER-USER -j RETURN",
      "[0:0] -A DOCKER-USER -i docker0 -j DROP",
    );
    expect(found(facts)).toEqual([]);
  });

  const foreign = (verdict: string, policy = "accept") => `table inet person {
chain forward {
type filter hook forward priority 10; policy ${policy};
${verdict}
}
}
`;

  test("D50: another nft table drops what Docker accepted", () => {
    const facts = saying({ nft: foreign("", "drop") });
    expect(only(facts)).toMatchObject({
      id: "D50",
      severity: "high",
      values: { table: "person", told: "nft inet person forward: policy drop" },
    });
    const byRule = only(
      saying({ nft: foreign('iifname "docker0" counter packets 7 bytes 420 drop') }),
    );
    expect(byRule).toMatchObject({ id: "D50", about: ["if:host/docker0"] });
    expect(byRule.values["told"]).toContain('1: iifname "docker0" counter drop [7:420]');
  });

  test("D50: a table that accepts the bridges drops nothing of theirs", () => {
    const accepts = `iifname { "docker0", "${shop}" } accept\nct status dnat accept\nct state established accept`;
    expect(found(saying({ nft: foreign(accepts, "drop") }))).toEqual([]);
  });

  test("D50: where chance decides it is not called a drop", () => {
    expect(found(saying({ nft: foreign("limit rate 5/second drop") }))).toEqual([]);
  });

  test("D49: both kinds of iptables hold rules", () => {
    const legacy = changed(
      iptablesRules,
      /[\s\S]*/,
      "# Generated by iptables-save v1.8.9 on Sat Nov 21 12:00:00 2026\n*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [3:180]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n",
    );
    const { values, ...finding } = only(saying({ legacy }));
    expect(finding).toMatchObject({ id: "D49", severity: "high" });
    expect(values).toMatchObject({
      drops: "yes",
      told: "iptables-legacy ip filter FORWARD: policy drop [3:180]",
    });
    const idle = legacy.replace("DROP [3:180]", "ACCEPT [0:0]");
    expect(found(saying({ legacy: idle }))).toEqual([]);
  });

  test("D03, D04: forwarding is off, for all or for one bridge", () => {
    expect(only(setting("ip_forward:1", "ip_forward:0"))).toMatchObject({
      id: "D03",
      about: ["if:host/docker0", `if:host/${shop}`],
      remedy: [["sysctl", "-w", "net/ipv4/ip_forward=1"]],
    });
    expect(only(setting("docker0/forwarding:1", "docker0/forwarding:0"))).toMatchObject({
      id: "D04",
      about: ["if:host/docker0"],
      remedy: [["sysctl", "-w", "net/ipv4/conf/docker0/forwarding=1"]],
    });
  });

  const withIpv6: Topology = {
    ...withLink(topology, "if:ctr:web/eth0", ({ addresses }) => ({
      addresses: [
        ...addresses,
        { family: "inet6", address: "fd00:17::2", prefix: 64, scope: "global" },
      ],
    })),
    routes: [
      ...topology.routes,
      ...topology.routes
        .filter(({ to, dev }) => to === "default" && dev !== null)
        .map((each) => ({ ...each, family: "inet6" as const, via: "fe80::1" })),
    ],
  };

  test("D68: a private IPv6 address leaves as it is", () => {
    expect(only(on(() => withIpv6))).toMatchObject({
      id: "D68",
      severity: "medium",
      values: { address: "fd00:17::2", chains: 0 },
    });
    const nat = `# Generated by ip6tables-save v1.8.9 (nf_tables) on Sat Nov 21 12:00:00 2026
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
[0:0] -A POSTROUTING -s fd00:17::/64 ! -o docker0 -j MASQUERADE
COMMIT
`;
    expect(found(on(() => withIpv6, saying({ ip6tables: nat })))).toEqual([]);
    const noRoute = { ...withIpv6, routes: topology.routes };
    expect(found(on(() => noRoute))).toEqual([]);
    const six = (rule: string) =>
      saying({
        ...wholeNft,
        nft: `${nftRules}table ip6 docker-bridges {
chain nat-POSTROUTING {
type nat hook postrouting priority srcnat; policy accept;
${rule}
}
}
`,
      });
    expect(only(on(() => withIpv6, six("")))).toMatchObject({
      id: "D68",
      values: { chains: 1, told: "nft ip6 docker-bridges nat-POSTROUTING: policy accept" },
    });
    const masquerade = 'oifname != "docker0" ip6 saddr fd00:17::/64 counter masquerade';
    expect(found(on(() => withIpv6, six(masquerade)))).toEqual([]);
  });
});

describe("published ports", () => {
  const stale =
    "[0:0] -A DOCKER ! -i docker0 -p tcp -m tcp --dport 7000 -j DNAT --to-destination 172.17.0.99:70";
  const after = /(-A DOCKER -i docker0 -j RETURN\n)/;

  test("D23: a translation leads to an address that nobody has, by either backend", () => {
    expect(only(iptables(after, `$1${stale}\n`))).toMatchObject({
      id: "D23",
      values: { how: "nobody", port: 7000, target: "172.17.0.99" },
      remedy: [
        ["iptables", "-t", "nat", "-D", "DOCKER", "3"],
        ["systemctl", "restart", "docker"],
      ],
    });
    const line = 'iifname != "docker0" tcp dport 7000 dnat to 172.17.0.99:70 # handle 31\n';
    const finding = only(nft(/(chain nat-prerouting-and-output \{\n)/, `$1${line}`));
    expect(finding.id).toBe("D23");
    expect(finding.remedy[0]?.join(" ")).toMatch(
      /^nft delete rule ip docker-bridges nat-prerouting-and-output handle /,
    );
  });

  test("D23: the address went to another container, which publishes no such port", () => {
    const facts = iptables(after, `$1${stale.replace("0.99", "0.3")}\n`);
    expect(only(facts)).toMatchObject({ id: "D23", about: ["ctr:web2"], values: { how: "other" } });
  });

  test("D23: an address in a namespace that was not read may be somebody's", () => {
    const facts = iptables(after, `$1${stale}\n`);
    const partly = on((from) => ({ ...from, host: { ...from.host, complete: false } }), facts);
    expect(found(partly)).toEqual([]);
  });

  test("D24: of two rules for one port the first is wrong", () => {
    const twin =
      "[0:0] -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80";
    expect(only(iptables(after, `$1${twin}\n`))).toMatchObject({
      id: "D24",
      about: ["ctr:web"],
      values: { wrong: "172.17.0.3:80", right: "172.17.0.2:80" },
      remedy: [["iptables", "-t", "nat", "-D", "DOCKER", "3"]],
    });
    const dnat = /(-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 .*\n)/;
    const late = found(iptables(dnat, `$1${twin}\n`));
    expect(late.filter((each) => each.startsWith("D24"))).toEqual([]);
    const begin = "chain nat-prerouting-and-output {\n";
    const first = 'iifname != "docker0" tcp dport 8080 dnat to 172.17.0.3:80\n';
    expect(only(nft(begin, begin + first))).toMatchObject({
      id: "D24",
      about: ["ctr:web"],
      values: { wrong: "172.17.0.3:80", right: "172.17.0.2:80" },
    });
  });

  test("D25: nothing leads to Docker's translations, or they are gone", () => {
    const jump = /.*-A PREROUTING -m addrtype.*\n/;
    expect(only(iptables(jump, ""))).toMatchObject({
      id: "D25",
      severity: "medium",
      values: { how: "jump", chain: "DOCKER", n: 2 },
    });
    expect(only(iptables(/.*--dport 9000 -j DNAT.*\n/, ""))).toMatchObject({
      id: "D25",
      about: ["ctr:api"],
      values: { how: "rule", ports: "9000/tcp" },
    });
    expect(
      only(
        nft(
          /fib daddr type local counter packets 0 bytes 0 jump nat.*\n\}\nchain nat-pre/,
          "}\nchain nat-pre",
        ),
      ).id,
    ).toBe("D25");
  });

  test("D26: one docker-proxy of several does not run", () => {
    const heard = sockets.filter(({ port, netns }) => port !== 9000 || netns !== sockets[0]?.netns);
    const listening = listeningTo(heard);
    expect(only({ ...ruled, listening })).toMatchObject({ id: "D26", about: ["ctr:api"] });
    expect(found({ ...ruled, listening: { ...listening, proxies: [] } })).toEqual([]);
  });

  const heard = (...own: readonly ReturnType<typeof socket>[]): RuleFacts => ({
    ...ruled,
    listening: listeningTo([...sockets.filter(({ port }) => port !== 80), ...own]),
  });

  test("D27: nobody listens, or for the container alone", () => {
    expect(only(heard())).toMatchObject({
      id: "D27",
      severity: "high",
      about: ["ctr:web"],
      values: { how: "nobody", port: 80, hostPort: 8080 },
    });
    const loopback = socket("web", 80, { address: "127.0.0.1" });
    expect(only(heard(loopback)).values).toMatchObject({ how: "loopback", listens: "127.0.0.1" });
  });

  test("D27: a program on :: answers IPv4 too, as programs do", () => {
    const both = socket("web", 80, { address: "::", family: "inet6", answersIpv4: "likely" });
    expect(found(heard(both))).toEqual([]);
  });

  test("D27: a container whose sockets nobody read may listen", () => {
    const { listening } = heard();
    if (listening.sockets.status !== "read") throw new Error();
    const namespaces = listening.sockets.namespaces.filter(
      (each) => each !== socket("web", 80).netns,
    );
    const facts = {
      ...ruled,
      listening: { ...listening, sockets: { ...listening.sockets, namespaces } },
    };
    expect(found(facts)).toEqual([]);
    expect(diagnoseRules(facts).lacks).toEqual(["sockets"]);
  });

  test("D28: the program has another port than the one that is published", () => {
    const { id, values } = diagnoseRules(heard(socket("web", 3000))).findings.find(
      (each) => each.id === "D28",
    ) ?? { id: null, values: {} };
    expect(id).toBe("D28");
    expect(values).toMatchObject({ listens: "3000", port: 80, process: "httpd" });
  });

  test("D30: published on an address that the host lost", () => {
    const facts = on(() => publishing("web", "10.0.0.99", 8080, 80));
    expect(found(facts)).toContain("D30 ctr:web");
    expect(found(on(() => publishing("web", "10.0.0.12", 8080, 80)))).toEqual([]);
  });

  const closed = changed(iptablesRules, ":INPUT ACCEPT [10:600]", ":INPUT DROP [7:420]");
  const opened = "[0:0] -A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT\n";

  test("D32: what INPUT would drop is reached, since INPUT is never asked", () => {
    const ssh = "[0:0] -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n";
    const facts = saying({ iptables: closed.replace("COMMIT", `${ssh}COMMIT`) });
    expect(only(facts)).toMatchObject({
      id: "D32",
      severity: "high",
      about: ["ctr:web", "ctr:api"],
      values: {
        n: 2,
        ports: "8080/tcp, 9000/tcp",
        told: "iptables-nft ip filter INPUT: policy drop [7:420]",
        family: "ip",
        addresses: "10.0.0.12",
      },
    });
    const { exposure } = diagnoseRules(facts);
    expect(exposure).toMatchObject({
      rows: [
        { port: 22, input: "accepts" },
        { port: 8080, input: "past" },
        { port: 9000, input: "past" },
      ],
    });
  });

  test("D32: of the nftables backend too, and a table of one's own is what refuses it", () => {
    const input = `*filter
:INPUT DROP [7:420]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
COMMIT
`;
    const { remedy, ...finding } = only(saying({ ...wholeNft, iptables: input }));
    expect(finding).toMatchObject({
      id: "D32",
      about: ["ctr:web", "ctr:api"],
      values: { backend: "nft", told: "iptables-nft ip filter INPUT: policy drop [7:420]" },
    });
    expect(remedy.map(([tool, ...words]) => `${tool} ${words.slice(0, 4).join(" ")}`)).toEqual([
      "nft add table ip published",
      "nft add chain ip published",
      "nft add rule ip published",
    ]);
  });

  test("D32: a port that INPUT would accept, or that DOCKER-USER refuses, is past nothing", () => {
    const user =
      "[0:0] -A DOCKER-USER -i ens3 -p tcp -m conntrack --ctorigdstport 9000 --ctdir ORIGINAL -j DROP";
    const text = changed(
      closed.replace("COMMIT", `${opened}COMMIT`),
      "[9:540] -A DOCKER-USER -j RETURN",
      user,
    );
    const { findings, exposure } = diagnoseRules(saying({ iptables: text }));
    expect(findings).toEqual([]);
    expect(exposure).toMatchObject({ rows: [{ port: 8080, input: "accepts" }] });
  });

  const user = (rule: string): RuleFacts =>
    iptables("[9:540] -A DOCKER-USER -j RETURN", `[0:0] -A DOCKER-USER ${rule}`);

  test("D33: a rule in DOCKER-USER asks for the host port, which is translated by then", () => {
    expect(only(user("-p tcp -m tcp --dport 8080 -j DROP"))).toMatchObject({
      id: "D33",
      about: ["ctr:web"],
      values: { port: 8080, inside: 80 },
      remedy: [
        "iptables -I DOCKER-USER -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP".split(
          " ",
        ),
      ],
    });
    expect(found(user("-p tcp -m tcp --dport 80 -j DROP"))).toEqual([]);
    expect(
      found(user("-p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP")),
    ).toEqual([]);
  });

  test("D35: nothing leads to DOCKER-USER, or too late", () => {
    const rule = "[0:0] -A DOCKER-USER -s 192.0.2.9/32 -j DROP";
    const people = changed(iptablesRules, "[9:540] -A DOCKER-USER -j RETURN", rule);
    const jump = "[9:540] -A FORWARD -j DOCKER-USER\n";
    const unhooked = saying({ iptables: changed(people, jump, "") });
    expect(only(unhooked)).toMatchObject({
      id: "D35",
      severity: "high",
      values: { how: "unhooked", n: 1 },
      remedy: [["iptables", "-I", "FORWARD", "-j", "DOCKER-USER"]],
    });
    const last = changed(
      changed(people, jump, ""),
      /(-A FORWARD -i docker0 -o docker0 -j ACCEPT\n)/,
      `$1${jump}`,
    );
    expect(only(saying({ iptables: last })).values).toMatchObject({ how: "late" });
    // Docker's own RETURN is nobody's rule.
    expect(found(iptables(jump, ""))).toEqual([]);
  });

  test("D37: a program in a container is reached on a port that nobody published", () => {
    const facts: RuleFacts = {
      ...ruled,
      listening: listeningTo([...sockets, socket("web2", 5432)]),
    };
    expect(only(facts)).toMatchObject({
      id: "D37",
      severity: "medium",
      about: ["if:host/docker0", "ctr:web2"],
      values: { ports: "web2:5432" },
    });
    // From Docker 28 on rules of its own drop it.
    expect(found({ ...facts, rules: ruledByNft.rules })).toEqual([]);
    const inner = socket("web2", 5432, { address: "127.0.0.1" });
    expect(found({ ...ruled, listening: listeningTo([...sockets, inner]) })).toEqual([]);
  });

  test("D38: a port on 127.0.0.1 is translated for neighbours too", () => {
    const dnat = "-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080";
    const inner = changed(iptablesRules, dnat, dnat.replace("DOCKER", "DOCKER -d 127.0.0.1/32"));
    const facts = on(() => publishing("web", "127.0.0.1", 8080, 80), saying({ iptables: inner }));
    expect(only(facts)).toMatchObject({ id: "D38", severity: "medium", about: ["ctr:web"] });
    const raw = `*raw
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
[0:0] -A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8080 -j DROP
COMMIT
`;
    const dropped = saying({ iptables: inner.replace("*filter", `${raw}*filter`) });
    expect(found(on(() => publishing("web", "127.0.0.1", 8080, 80), dropped))).toEqual([]);
  });

  test("D38: so it is by the nftables backend, without its guard", () => {
    const dnat = 'iifname != "docker0" tcp dport 8080';
    const inner = changed(nftRules, dnat, `ip daddr 127.0.0.1 ${dnat}`);
    const local = () => publishing("web", "127.0.0.1", 8080, 80);
    expect(only(on(local, saying({ ...wholeNft, nft: inner })))).toMatchObject({
      id: "D38",
      about: ["ctr:web"],
      remedy: [],
    });
    const raw = "type filter hook prerouting priority raw; policy accept;\n";
    const guard = 'iifname != "lo" ip daddr 127.0.0.1 tcp dport 8080 drop\n';
    const guarded = changed(inner, raw, raw + guard);
    expect(found(on(local, saying({ ...wholeNft, nft: guarded })))).toEqual([]);
  });

  test("D46: without docker-proxy 127.0.0.1 has to cross the bridge", () => {
    const all = changed(iptablesRules, "-A OUTPUT ! -d 127.0.0.0/8 -m", "-A OUTPUT -m");
    const off = { ...saying({ iptables: all }), listening: { ...ruled.listening, proxies: [] } };
    expect(found(off)).toEqual(["D46 if:host/br-000000000001", "D46 if:host/docker0"]);
    const on1 = changed(
      settings,
      /(docker0|br-000000000001)\/route_localnet:0/g,
      "$1/route_localnet:1",
    );
    expect(
      found({ ...off, rules: rulesSaying({ ...whole, iptables: all, settings: on1 }) }),
    ).toEqual([]);
  });

  test("D80: -p of a container without a network of its own", () => {
    const facts = on((from) =>
      withContainer(from, "web2", {
        mode: { kind: "host" as const },
        ports: [{ hostAddress: "0.0.0.0", hostPort: 81, containerPort: 80, protocol: "tcp" }],
      }),
    );
    expect(only(facts)).toMatchObject({ id: "D80", severity: "low", about: ["ctr:web2"] });
  });
});

describe("networks", () => {
  const apart: Topology = {
    ...topology,
    networks: topology.networks.map((each) =>
      each.name === "bridge" ? { ...each, icc: false } : each,
    ),
  };

  test("D43: containers that are to be apart are not, where frames meet no rule", () => {
    const off = setting("bridge-nf-call-iptables:1", "bridge-nf-call-iptables:0");
    expect(only(on(() => apart, off))).toMatchObject({
      id: "D43",
      severity: "high",
      about: ["if:host/docker0", "ctr:web", "ctr:web2"],
      values: { how: "off" },
    });
    const absent = setting(/.*bridge-nf-call-iptables.*\n/, "");
    expect(only(on(() => apart, absent)).values["how"]).toBe("absent");
    expect(found(on(() => apart))).toEqual([]);
    expect(found(off)).toEqual([]);
    const untold = { ...ruled, rules: rulesSaying({ ...whole, settings: "" }) };
    expect(found(on(() => apart, untold))).toEqual([]);
  });

  test("D47: Docker's chains stand empty, by either backend", () => {
    const flushed = changed(
      iptablesRules,
      /(\*filter[\s\S]*?)\[9:540\] -A FORWARD[\s\S]*?COMMIT/,
      "$1COMMIT",
    );
    expect(only(saying({ iptables: flushed }))).toMatchObject({
      id: "D47",
      severity: "critical",
      about: ["host:test", "if:host/docker0", `if:host/${shop}`, "if:host/br-000000000002"],
    });
    const emptied = changed(
      nftRules,
      /(oifname|iifname) vmap @filter-forward-(in|out)-jumps\n/g,
      "",
    );
    expect(found(saying({ ...wholeNft, nft: emptied }))).toEqual(["D47 host:test"]);
  });

  test("D52: no rule of Docker anywhere, and what goes with it", () => {
    const facts = saying({ iptables: "" });
    expect(found(facts)).toEqual([
      "D01 if:host/br-000000000001",
      "D01 if:host/docker0",
      "D52 host:test",
    ]);
    const podman = on(
      (from) => ({
        ...from,
        host: {
          ...from.host,
          engine: { status: "read", name: "Podman Engine", version: "5", api: "1" },
        },
      }),
      facts,
    );
    expect(found(podman)).not.toContain("D52 host:test");
  });

  test("D58: the connection table is nearly full", () => {
    expect(only(setting("nf_conntrack_count:120", "nf_conntrack_count:250000"))).toMatchObject({
      id: "D58",
      values: { count: 250_000, max: 262_144, percent: 95 },
    });
  });

  test("D63: a macvlan on the host's NIC is a note, unless the host has one too", () => {
    const nic = topology.links.find(({ key }) => key === "if:host/ens3");
    if (nic === undefined) throw new Error();
    const stacked = {
      kind: "macvlan",
      iflink: 2,
      nsid: 0,
      lower: { status: "found", link: nic.id, proof: "exact" },
    } as const;
    const lan = withLink(topology, "if:ctr:web2/eth0", () => stacked);
    expect(only(on(() => lan))).toMatchObject({
      id: "D63",
      severity: "low",
      about: ["if:host/ens3", "ctr:web2"],
    });
    const shim = withLink(lan, "if:host/br-000000000002", () => stacked);
    expect(found(on(() => shim))).toEqual([]);
  });

  const network = (nth: number, subnet: string): Network => ({
    ...(topology.networks[0] as Network),
    id: networkId("test", `extra${nth}`),
    name: `extra${nth}`,
    bridge: null,
    subnets: [{ subnet, gateway: null }],
  });
  const pools = [
    ...Array.from({ length: 15 }, (_, nth) => `172.${17 + nth}.0.0/16`),
    ...Array.from({ length: 16 }, (_, nth) => `192.168.${16 * nth}.0/20`),
  ];

  test("D67: every subnet that Docker chooses from is taken", () => {
    const all = pools.map((subnet, nth) => network(nth, subnet));
    expect(only(on((from) => ({ ...from, networks: [...from.networks, ...all] })))).toMatchObject({
      id: "D67",
      values: { how: "pools", size: 31 },
    });
    const oneLeft = all.slice(0, -1);
    expect(found(on((from) => ({ ...from, networks: [...from.networks, ...oneLeft] })))).toEqual(
      [],
    );
  });

  test("D67: every address of a network is taken", () => {
    const small = (subnet: string): RuleFacts =>
      on((from) => ({
        ...from,
        networks: from.networks.map((each) =>
          each.name === "bridge" ? { ...each, subnets: [{ subnet, gateway: "172.17.0.1" }] } : each,
        ),
      }));
    expect(only(small("172.17.0.0/30"))).toMatchObject({
      id: "D67",
      about: ["net:bridge"],
      values: { how: "subnet", subnet: "172.17.0.0/30" },
    });
    expect(found(small("172.17.0.0/29"))).toEqual([]);
  });
});
