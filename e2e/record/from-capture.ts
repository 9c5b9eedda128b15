/**
 * Turns a folder of raw captures of a real host (one file per question, `ns/<inode>/` per namespace)
 * into a facts file: `node --import ./server/cli/ts-paths.mjs e2e/record/from-capture.ts DIR NAME > file.json`.
 * What `ss` said of sockets is put as /proc/PID/net has it; their inodes, which ss did not print, are numbered.
 * What the capture asked in another form is put into the form of our own question, with the same
 * words: the paths of the namespaces get the device number of nsfs, and the cgroup lines of processes
 * that the capture did not read are written from its list of pids.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import { catalogue } from "@/lib/probes/catalogue";
import { allowedFields, isEnginePath } from "@/server/transport/engine-fields";
import { listeningLines, ssLine } from "./ss-lines";

const [folder = "", host = "sample"] = process.argv.slice(2);
const at = "2026-11-21T16:36:00.000Z";
const text = (...path: readonly string[]): string => {
  const file = join(folder, ...path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};
type Truth = {
  readonly host_netns: number;
  readonly containers: Readonly<Record<string, { readonly pid: number }>>;
};
const truth: Truth = JSON.parse(text("truth.json"));
const hostLabel = netnsLabel(truth.host_netns);

function answer(
  probe: string,
  netns: NetnsLabel | null,
  stdout: string,
  entered: string | null = null,
): Answer {
  const asked = catalogue.find((each) => each.name === probe)?.ask;
  if (asked === undefined) throw new Error(`no probe is named ${probe}`);
  const shown: Answer["asked"] =
    asked.kind === "engine"
      ? { kind: "engine", path: asked.path }
      : {
          kind: "command",
          argv:
            asked.kind === "command"
              ? asked.argv
              : asked.kind === "script"
                ? ["sh", "-c", asked.script]
                : ["ip", "-d", "-s", "-j", ...asked.line.split(" ")],
        };
  const base = { id: answerId(probe, netns), probe, netns, entered, asked: shown, at, ms: 0 };
  return { ...base, stdout, stderr: "", exit: asked.kind === "engine" ? 200 : 0, cut: false };
}

/** The kernel numbers namespaces from 0xF0000000; a smaller inode is a plain file left in the folder. */
const device = (line: string): number => (Number.parseInt(line, 10) >= 0xf0000000 ? 4 : 65024);

const paths = (): string =>
  [`${truth.host_netns} /proc/self/ns/net`, ...text("stat-netns.txt").trim().split("\n")]
    .map((line) => `${device(line)} ${line}\n`)
    .join("");

function cgroupLines(): string {
  const ids = new Map(
    (JSON.parse(text("docker-api-containers-json.json")) as { Id: string; Names: string[] }[]).map(
      (each) => [each.Names[0]?.slice(1), each.Id],
    ),
  );
  return Object.entries(truth.containers)
    .filter(([, { pid }]) => pid > 0)
    .map(([name, { pid }]) => `/proc/${pid}/cgroup:9:name=systemd:/docker/${ids.get(name)}\n`)
    .join("");
}

const commLines = (): string =>
  readdirSync(join(folder, "ns"))
    .map((inode) => [
      /\/proc\/(\d+)\//.exec(text("ns", inode, "path"))?.[1],
      text("ns", inode, "comm"),
    ])
    .flatMap(([pid, comm]) => (pid === undefined || comm === "" ? [] : `/proc/${pid}/comm:${comm}`))
    .join("");

/** The columns that we ask for: the others hold command lines. */
const lsnsColumns = (table: string): string => {
  const end = (table.split("\n", 1)[0] ?? "").indexOf("NETNSID") + "NETNSID".length;
  return table
    .split("\n")
    .map((line) => line.slice(0, end).trimEnd())
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
};

const socketLines = text("ss.txt")
  .split("\n")
  .flatMap((line, at) => ssLine(line, at + 1) ?? []);

const identityLines = (): string => {
  const [, , release] = text("uname.txt").split(" ");
  return [
    `/proc/sys/kernel/hostname:${text("hostname.txt").trim()}`,
    `/proc/sys/kernel/osrelease:${release}`,
  ].join("\n");
};

/** The questions about rules, as far as the capture put them; all its native tables are iptables' own. */
const ruleAnswers = (label: NetnsLabel, entered: string | null): readonly Answer[] => {
  const own = label === hostLabel;
  const save = own ? text("iptables-save.txt") : text("ns", label, "iptables-save.txt");
  const asked = [answer("iptables-save", label, save, entered)];
  if (!own) return save === "" ? [] : asked;
  return [
    ...asked,
    answer("ip6tables-save", label, text("ip6tables-save.txt")),
    answer("iptables-legacy-save", label, text("iptables-legacy-save.txt")),
    answer("nft-ruleset", label, ""),
    answer(
      "sysctls",
      label,
      text("sysctl.txt").replace(
        /^(\S+) = (.*)$/gm,
        (_, name: string, value: string) => `/proc/sys/${name.replaceAll(".", "/")}:${value}`,
      ),
    ),
  ];
};

const inside = readdirSync(join(folder, "ns")).flatMap((inode) => {
  const label = netnsLabel(inode);
  const isHost = label === hostLabel;
  const entered = isHost ? null : text("ns", inode, "path").trim();
  const links = isHost ? text("ip-link.json") : text("ns", inode, "ip-addr.json");
  const observer = lsnsColumns(text("ns", inode, "lsns.txt"));
  return [
    answer("ip-addr", label, isHost ? text("ns", inode, "ip-addr.json") || links : links, entered),
    answer("ip-route", label, text("ns", inode, "ip-route.json"), entered),
    ...(isHost || observer === "" ? [] : [answer("lsns-observer", label, observer, entered)]),
    ...ruleAnswers(label, entered),
  ];
});

const engine = (probe: string, file: string): Answer => {
  const ask = catalogue.find((each) => each.name === probe)?.ask;
  if (ask?.kind !== "engine" || !isEnginePath(ask.path)) throw new Error(`${probe} asks no engine`);
  return answer(probe, null, JSON.stringify(allowedFields(ask.path, JSON.parse(text(file)))));
};

const facts: HostFacts = {
  format: "vethscope-facts/1",
  host,
  source: "recorded",
  at,
  answers: [
    answer("netns-paths", null, paths()),
    answer("mountinfo", null, ""),
    answer("cgroups", null, cgroupLines()),
    answer("process-names", null, commLines() + socketLines.map(({ comm }) => comm).join("")),
    answer("identity", null, identityLines()),
    answer("listening-sockets", null, listeningLines(socketLines)),
    answer("lsns", null, lsnsColumns(text("lsns.txt"))),
    ...inside,
    answer("ip-netns-ids", hostLabel, text("netns-list-id.json")),
    answer("bridge-fdb", hostLabel, text("bridge-fdb.json")),
    engine("engine-version", "docker-api-version.json"),
    engine("engine-info", "docker-api-info.json"),
    engine("engine-networks", "docker-api-networks.json"),
    engine("engine-containers", "docker-api-containers-json.json"),
  ],
  gaps: [],
};
process.stdout.write(`${JSON.stringify(facts, null, 1)}\n`);
