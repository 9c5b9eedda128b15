import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import type { Firewall } from "./model";

export type SaidOfRules = {
  readonly probe: string;
  readonly stdout: string;
  readonly stderr?: string;
  readonly exit?: number;
  readonly cut?: boolean;
};

/** The namespace that they are asked in. */
export const askedNetns = netnsLabel(4026531840);

const answerOf = ({ probe, stdout, stderr = "", exit = 0, cut = false }: SaidOfRules): Answer => ({
  id: answerId(probe, askedNetns),
  probe,
  netns: askedNetns,
  entered: null,
  asked: { kind: "command", argv: [probe] },
  at: "2026-11-21T12:00:00Z",
  ms: 1,
  stdout,
  stderr,
  exit,
  cut,
});

/** For tests: facts of a host that said no more than this. */
export const factsOfRules = (...said: readonly SaidOfRules[]): HostFacts => ({
  format: "vethscope-facts/1",
  host: "t",
  source: "live",
  at: "2026-11-21T12:00:00Z",
  answers: said.map(answerOf),
  gaps: [],
});

type Read = Extract<Firewall, { readonly status: "read" }>;

/** Where a test needs one that was read. */
export function mustBeRead(firewall: Firewall): Read {
  if (firewall.status !== "read") throw new Error(`the firewall is ${firewall.status}`);
  return firewall;
}

export const rulesIn = ({ tables }: Read, table: string, chain: string) =>
  tables
    .filter(({ name }) => name === table)
    .flatMap(({ chains }) => chains)
    .filter(({ name }) => name === chain)
    .flatMap(({ rules }) => rules);

export const allRules = ({ tables }: Read) =>
  tables.flatMap((table) =>
    table.chains.flatMap((chain) => chain.rules.map((rule) => ({ table, chain, rule }))),
  );
