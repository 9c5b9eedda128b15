import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Choice } from "@/lib/paste/facts";
import { choiceOf } from "@/lib/paste/facts";
import type { Block, BlockKind } from "@/lib/paste/model";

type Owner = Block["owner"];

/** The commands by which people know these outputs; commands are not translated. */
export const commandOfKind: Readonly<Record<BlockKind, string>> = {
  ip: "ip addr / ip link",
  "ip-oneline": "ip -o addr",
  "ip-brief": "ip -br addr / ip -br link",
  "ip-route": "ip route",
  ifconfig: "ifconfig",
  brctl: "brctl show",
  "bridge-link": "bridge link",
  ethtool: "ethtool -S",
  sysfs: "cat …/iflink",
  "docker-ps": "docker ps",
  "docker-networks": "docker network ls",
  "network-inspect": "docker network inspect",
  iptables: "iptables",
  nft: "nft list ruleset",
  lsns: "lsns",
};

const ofMachine: Readonly<
  Partial<Record<BlockKind, "paste.owner.engine" | "paste.owner.machine">>
> = {
  "docker-ps": "paste.owner.engine",
  "docker-networks": "paste.owner.engine",
  "network-inspect": "paste.owner.engine",
  lsns: "paste.owner.machine",
};

/** Only what looks into a namespace belongs to one. */
export const isOfNetns = ({ kind }: Block): boolean => ofMachine[kind] === undefined;

/** Whose a block is that belongs to no namespace. */
export const ofMachineWords = ({ kind }: Block, words: Words): string =>
  words(ofMachine[kind] ?? "paste.owner.machine");

function ownerWords(owner: Owner, place: number, words: Words): string {
  switch (owner.kind) {
    case "host":
      return words("paste.owner.host");
    case "container":
      return words("paste.owner.container", { name: visible(owner.name) });
    case "netns":
      return words("paste.owner.netns", { name: visible(owner.name) });
    case "process":
      return words("paste.owner.process", { pid: `${owner.pid}` });
    case "unnamed":
      return words("paste.owner.unnamed", { n: place });
  }
}

/** Something that a block may be said to be of. `value`: its place, which tells it from the others. */
export type OwnerOption = {
  readonly value: string;
  readonly label: string;
  readonly choice: Choice;
};

/** A menu of thousands helps nobody. */
const mostOptions = 200;

/** The host, the containers that the paste names, and every namespace in it. */
export function ownerOptions(
  blocks: readonly Block[],
  containers: readonly string[],
  words: Words,
): readonly OwnerOption[] {
  const choices: readonly Choice[] = [
    choiceOf({ kind: "host" }, ""),
    ...blocks.filter(isOfNetns).map(({ owner, place }): Choice => ({ owner, place })),
    ...containers.map((name) => choiceOf({ kind: "container", name }, "")),
  ];
  const distinct = new Map(choices.map((choice) => [choice.place, choice]));
  let unnamed = 0;
  return [...distinct.values()].slice(0, mostOptions).map((choice) => {
    if (choice.owner.kind === "unnamed") unnamed += 1;
    return { value: choice.place, label: ownerWords(choice.owner, unnamed, words), choice };
  });
}
