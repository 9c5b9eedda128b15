import type { Finding } from "@/lib/diagnosis/model";
import type { Step } from "@/lib/netfilter/packet";
import type { Maker, Table } from "@/lib/topology/firewall/model";
import type { Link } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import { isEnd, meet, outbound } from "./flow";
import type { BridgedNetwork, RuleGround } from "./ground";
import { listed, stepTold, type ToldStep } from "./told";
import { iptablesOf, isPlain } from "./tools";

type Argv = readonly string[];
type Dropped = { readonly net: BridgedNetwork; readonly step: Step; readonly told: ToldStep };

/** Whose drop is the last resort for all that nobody accepted before, and no decision about these containers. */
const general: ReadonlySet<Maker> = new Set(["iptables", "ufw", "firewalld", "libvirt"]);

const isGeneral = ({ rule, backend, madeBy }: Step): boolean =>
  rule === null || general.has(madeBy) || (backend === "nft" && madeBy === "unclaimed");

/** What ends the way of a packet to the world, where every way through the rules is ended by the same. */
function droppedAt(ground: RuleGround, net: BridgedNetwork, uplink: Link): Dropped | null {
  const source = net.endpoints
    .flatMap(({ far }) => far.addresses)
    .find(({ family }) => family === "inet")?.address;
  if (source === undefined || net.network.internal) return null;
  const packet = outbound(ground, net.bridge.name, uplink.name, "ip", source);
  if (packet === null) return null;
  const met = meet(ground, "forward", packet);
  const last = met.map(({ traveller }) => traveller.steps.at(-1));
  const [step] = last;
  if (step === undefined || !met.every(isEnd)) return null;
  const isOne = last.every(
    (each) => each?.rule === step.rule && each.chain === step.chain && each.table === step.table,
  );
  const told = stepTold(ground, step);
  return isOne && told !== null && isGeneral(step) && step.madeBy !== "docker"
    ? { net, step, told }
    : null;
}

/** The table of a person is theirs to change: shown first. */
function accepts({ backend, family, name }: Table, { bridge }: BridgedNetwork): readonly Argv[] {
  if (backend === "nft")
    return [["nft", "list", ...(isPlain(name) ? ["table", family, name] : ["ruleset"])]];
  const tool = iptablesOf(backend, family);
  return [
    [tool, "-I", "FORWARD", "-i", bridge.name, "-j", "ACCEPT"],
    [
      ...[tool, "-I", "FORWARD", "-o", bridge.name, "-m", "conntrack"],
      ...["--ctstate", "RELATED,ESTABLISHED", "-j", "ACCEPT"],
    ],
  ];
}

function findingOf([first, ...more]: readonly [Dropped, ...Dropped[]]): Finding {
  const all = [first, ...more];
  const isForeign = first.step.backend === "nft";
  return {
    id: isForeign ? "D50" : "D02",
    severity: isForeign ? "high" : "critical",
    about: [first.net.bridge.key, ...more.map(({ net }) => net.bridge.key)],
    values: {
      chain: first.step.chain,
      table: first.step.table,
      backend: first.step.backend,
      networks: listed(all.map(({ net }) => net.network.name)),
      told: first.told.text,
      packets: first.told.chain.counters?.packets ?? "",
      containers: all.reduce((sum, { net }) => sum + net.endpoints.length, 0),
    },
    evidence: [first.told.evidence, ...all.map(({ net }) => net.bridge.evidence)],
    remedy: isForeign
      ? accepts(first.told.table, first.net)
      : [
          ["systemctl", "restart", "docker"],
          ...all.flatMap(({ net }) => accepts(first.told.table, net)),
        ],
  };
}

/** Docker's rules may be in one kind of iptables while the other drops: that is its own finding (./both-backends). */
const isOtherKind = (ground: RuleGround, { step }: Dropped): boolean =>
  step.backend === "iptables-legacy" &&
  ground.rules.some(({ table }) => table.backend === "iptables-nft");

/** What containers send is forwarded by nobody: no rule accepts it before the one that drops the rest. */
export const forwardDropped: RuleCheck = {
  ids: ["D02", "D50"],
  find: (ground) => {
    const uplink = ground.uplink("ip");
    if (uplink === null) return [];
    const dropped = ground.bridged
      .flatMap((net) => droppedAt(ground, net, uplink) ?? [])
      .filter((each) => !isOtherKind(ground, each));
    const alike = Map.groupBy(dropped, ({ told }) => told.text);
    return [...alike.values()].flatMap(([first, ...more]) =>
      first === undefined ? [] : [findingOf([first, ...more])],
    );
  },
};
