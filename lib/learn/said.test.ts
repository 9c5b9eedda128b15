import { expect, test } from "vitest";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import type { HostFacts } from "@/lib/facts/model";
import { answerId, key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { writtenFacts } from "@/lib/topology/written-host";
import { excerptOf } from "./excerpt";
import { type SaidOnHost, saidOnHost } from "./said";
import { type Term, terms } from "./terms";

const read = (facts: HostFacts) => ({ facts, topology: understand(facts) });
const sample = read(recordedFacts("docker-28.5-debian-sid"));
const bare = read(writtenFacts({ namespaces: [{ inode: 1, links: [] }] }));

const said = (term: Term, selected: string | null = null): SaidOnHost => {
  const found = saidOnHost(sample, term, selected === null ? null : key(selected));
  if (found === null) throw new Error(`the sample host has no ${term}`);
  return found;
};

/** The pieces between what was left out: each is a host's own words. */
const pieces = (text: string): readonly string[] =>
  text
    .split(/\n|,? …/)
    .flatMap((part) => part.split(/[{}[\]]/))
    .map((part) => part.replace(/^,|,$/g, ""))
    .filter((part) => part !== "");

for (const name of recordedHosts) {
  const host = read(recordedFacts(name));
  const everything = host.facts.answers.map(({ stdout }) => stdout).join("\n");

  test.each(terms)(`${name}: every word about %s is in the host's answers`, (term) => {
    for (const { answer } of saidOnHost(host, term, null)?.said ?? []) {
      if (answer === null || answer === "none") continue;
      for (const piece of pieces(answer.text)) {
        for (const field of piece.split(/,(?=")/)) expect(everything).toContain(field);
      }
    }
  });
}

test("the sample host answers to every note but that on overlay networks, which it has not", () => {
  const without = terms.filter((term) => saidOnHost(sample, term, null) === null);
  expect(without).toEqual(["overlay"]);
});

test("a host without containers has none of it, and nothing is made up", () => {
  expect(terms.filter((term) => saidOnHost(bare, term, null) !== null)).toEqual([]);
});

test("two ends of a pair: each names the other's number", () => {
  const [inside, outside] = said("ifindex", "ctr:web").said;
  expect(inside?.typed).toBe("docker exec web cat /sys/class/net/eth0/iflink");
  expect(inside?.answer).toMatchObject({ text: '{"ifindex":2,"link_index":7,"ifname":"eth0", …}' });
  expect(outside?.typed).toBe("ip -o link | grep '^7:'");
  expect(outside?.answer).toMatchObject({
    text: '{"ifindex":7,"link_index":2,"ifname":"veth5979c6f", …}',
  });
});

test("what is selected is the example, where it fits", () => {
  expect(said("macvlan").about).toBe("if:ctr:camera/eth0");
  expect(said("veth", "ctr:db").about).toBe("peer:ctr:db/eth0");
  expect(said("bridge", "if:host/docker0").about).toBe("if:host/docker0");
  expect(said("veth", "ctr:nobody").about).toBe(said("veth").about);
});

test("what was really asked is told, where it differs from what one would type", () => {
  const [first] = said("veth", "ctr:web").said.slice(1);
  expect(first?.typed).toBe("nsenter -t 403 -n ip -o link show dev eth0");
  expect(first?.answer).toMatchObject({
    asked: expect.stringMatching(/^nsenter --net=\/proc\/\d+\/ns\/net ip -d -s -j addr show$/),
    of: "command",
  });
});

test("what is not asked of a host has no answer", () => {
  expect(said("dns").said[0]).toEqual({
    typed: expect.stringContaining("cat /etc/resolv.conf"),
    answer: null,
  });
});

test("rules that were read are told by the lines that matter", () => {
  const facts = recordedFacts("docker-28.5-debian-sid");
  const home = facts.answers.find(({ probe }) => probe === "ip-addr");
  if (home === undefined) throw new Error("the recording has no links");
  const stdout = [
    "*nat",
    "[2:120] -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
    "[0:0] -A POSTROUTING -s 172.30.0.0/24 ! -o br-c9c5a02f13fd -j MASQUERADE",
    "[1:60] -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
    "",
  ].join("\n");
  const id = answerId("iptables-save", home.netns);
  const others = facts.answers.filter((answer) => answer.id !== id);
  const withRules = (text: string) =>
    read({
      ...facts,
      answers: [...others, { ...home, id, probe: "iptables-save", stdout: text }],
    });
  const texts = (host: ReturnType<typeof read>, term: Term) =>
    saidOnHost(host, term, key("ctr:web"))?.said.map(({ answer }) =>
      answer === null || answer === "none" ? answer : answer.text,
    );
  expect(texts(withRules(stdout), "masquerade")?.[0]).toBe(stdout.split("\n")[1]);
  expect(texts(withRules(stdout), "dnat")?.[1]).toBe(stdout.split("\n")[3]);
  expect(texts(withRules("*nat\n"), "masquerade")?.[0]).toBe("none");
});

test("names of a host stay one word of a command", () => {
  const facts = recordedFacts("docker-28.5-debian-sid");
  const hostile = "we'b $(id)";
  const renamed: HostFacts = {
    ...facts,
    answers: facts.answers.map((answer) => ({
      ...answer,
      stdout: answer.stdout.replaceAll('"/web"', JSON.stringify(`/${hostile}`)),
    })),
  };
  const found = saidOnHost(read(renamed), "ifindex", key(`ctr:${hostile}`));
  expect(found?.said[0]?.typed).toBe("docker exec 'we'\\''b $(id)' cat /sys/class/net/eth0/iflink");
});

test("a text answer is told by its lines, with those that belong to them", () => {
  const stdout =
    "1: lo: <UP>\n    link/loopback\n2: eth0@if5: <UP>\n    link/ether\n    inet 1.2.3.4/24\n";
  const place = { answer: sample.facts.answers[0]?.id ?? ("x" as never), fields: ["ifindex"] };
  expect(excerptOf({ stdout }, { ...place, at: [{ line: 2 }] })).toEqual({
    text: "2: eth0@if5: <UP>\n    link/ether\n    inet 1.2.3.4/24",
    left: 0,
  });
  expect(excerptOf({ stdout }, { ...place, at: [{ line: 9 }] })).toBeNull();
  expect(excerptOf({ stdout: "not json" }, { ...place, at: [{ path: [0] }] })).toBeNull();
});

test("a long answer is cut, and how much is left out is told", () => {
  const stdout = `${Array.from({ length: 40 }, (_, n) => `line ${n}`).join("\n")}\n`;
  const all = { answer: "x" as never, at: [], fields: [] };
  expect(excerptOf({ stdout }, all)?.left).toBe(24);
});
