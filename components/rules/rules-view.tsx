"use client";

import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useQueryText } from "@/components/find/use-query-text";
import { FetchedPart } from "@/components/inspector/fetched-part";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { gapWords } from "@/components/workbench/gap-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import { chainId, type ReadFirewall } from "./chain-id";
import { HookBar } from "./hook-bar";
import { hookLines, meets, type PacketKind, packetKinds } from "./hook-lines";
import { type OutlineRow, outliner, termsOf } from "./outline";
import { partyOf } from "./party";
import type { RowDeeds } from "./row-parts";
import { RuleList, type RuleListHandle } from "./rule-list";
import { type RulesState, shownPackets } from "./rules-state";
import { RulesTools } from "./rules-tools";
import { SourceList } from "./source-list";
import { touching } from "./touching";
import { useJumps } from "./use-jumps";
import { useRules, useTallyBefore } from "./use-rules";

export type RulesViewProps = {
  readonly state: RulesState;
  readonly onChange: (changes: Partial<RulesState>, how?: "push" | "replace") => void;
};

/** All rules of one namespace, of all backends: in which order they are met, and each with its counters. */
export function RulesView({ state, onChange }: RulesViewProps) {
  const words = useWords();
  const { index } = useWorkbench();
  const inside = state.inside === null ? null : index.thing(state.inside);
  const netns = inside?.kind === "namespace" ? inside.namespace.id : index.topology.host.netns;
  const fetched = useRules(netns);
  return (
    <div className="flex h-full flex-col" data-view="rules">
      <h2 className="sr-only">{words("rules.view")}</h2>
      {netns === null ? (
        <Said text={words("rules.noNamespace")} />
      ) : fetched.status === "read" ? (
        <Read rules={fetched.value} state={state} onChange={onChange} />
      ) : (
        <div className="p-6">
          <FetchedPart fetched={fetched}>{() => null}</FetchedPart>
        </div>
      )}
    </div>
  );
}

function Said({ text, more }: { readonly text: string; readonly more?: string }) {
  return (
    <div role="status" className="max-w-2xl p-6 text-[13px] leading-5">
      <p className="font-medium break-words">{text}</p>
      {more !== undefined && <p className="mt-1 text-muted">{more}</p>}
    </div>
  );
}

function Read({ rules, state, onChange }: RulesViewProps & { readonly rules: NetnsRules }) {
  const words = useWords();
  const { index } = useWorkbench();
  const { firewall } = rules;
  if (firewall.status === "read") {
    return <Listed rules={rules} firewall={firewall} state={state} onChange={onChange} />;
  }
  const kinds = new Map<PacketKind, number>();
  const said = firewall.status === "unreadable" ? gapWords(words, index, firewall.why) : null;
  return (
    <>
      <RulesTools
        state={state}
        onChange={onChange}
        filter={state.filter}
        onFilter={(filter) => onChange({ filter }, "replace")}
        kinds={kinds}
        packets={state.packets ?? "ip"}
        back={null}
        onBack={() => undefined}
      />
      {said === null ? (
        <Said text={words("rules.notAsked")} />
      ) : (
        <Said text={`${words("rules.unreadable")} ${said.what}`} more={said.next} />
      )}
    </>
  );
}

const countsOf = ({ tables }: ReadFirewall): ReadonlyMap<PacketKind, number> =>
  new Map(
    packetKinds.map((kind) => [
      kind,
      tables
        .filter(({ family }) => meets(kind, family))
        .reduce(
          (sum, { chains }) => sum + chains.reduce((all, each) => all + each.rules.length, 0),
          0,
        ),
    ]),
  );

/** The rules that can touch the container that was asked for; null: all, since none was, or nothing is known of it. */
function useTouching(
  firewall: ReadFirewall,
  touch: Key | null,
  index: TopologyIndex,
): ReadonlySet<Key> | null {
  return useMemo(() => {
    const thing = touch === null ? null : index.thing(touch);
    const party = thing?.kind === "container" ? partyOf(index, thing.container) : null;
    if (party === null) return null;
    return touching(firewall, party);
  }, [firewall, touch, index]);
}

/** What a line is called where one is asked to go back to it. */
const nameOf = (rows: readonly OutlineRow[], id: string): string => {
  const row = rows.find((each) => each.id === id);
  if (row?.kind === "rule") return `${visible(row.chain.name)} ${row.rule.place}`;
  return row?.kind === "chain" ? visible(row.chain.name) : "";
};

function Listed({
  rules,
  firewall,
  state,
  onChange,
}: RulesViewProps & { readonly rules: NetnsRules; readonly firewall: ReadFirewall }) {
  const words = useWords();
  const { index, select } = useWorkbench();
  const selected = useSelected();
  const list = useRef<RuleListHandle>(null);
  const before = useTallyBefore(rules);
  const write = useCallback((filter: string) => onChange({ filter }, "replace"), [onChange]);
  const [filter, setFilter] = useQueryText(state.filter, write);
  const settled = useDeferredValue(filter);
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  const packets = shownPackets(state.packets, selected);
  const only = useTouching(firewall, state.touch, index);
  const outlined = useMemo(() => outliner(firewall), [firewall]);
  // A letter should wait for nothing.
  useEffect(() => {
    const idle = setTimeout(outlined.prepare, 300);
    return () => clearTimeout(idle);
  }, [outlined]);
  const rows = useMemo(
    () => outlined.rows({ packets, terms: termsOf(settled), only, turned }),
    [outlined, packets, settled, only, turned],
  );
  const lines = useMemo(() => hookLines(firewall, packets), [firewall, packets]);
  const kinds = useMemo(() => countsOf(firewall), [firewall]);

  const reveal = useCallback(
    (id: string) => {
      const home = homeOf(firewall, id);
      if (home === null) return;
      setTurned((now) => new Map([...now, [home.chain, true], [`${home.table}#unused`, true]]));
      setFilter("");
      if (state.touch !== null) onChange({ touch: null });
    },
    [firewall, setFilter, state.touch, onChange],
  );
  const { go, back, last } = useJumps(list, rows, reveal);
  const deeds: RowDeeds = useMemo(
    () => ({
      onTurn: (id, open) => setTurned((now) => new Map([...now, [id, open]])),
      onSelect: select,
      onGo: go,
    }),
    [select, go],
  );
  // A link to a rule opens the chain that it is in.
  const opened = useRef<Key | null>(null);
  useEffect(() => {
    if (selected === opened.current) return;
    opened.current = selected;
    const home = selected === null ? null : homeOf(firewall, selected);
    if (home === null || rows.some(({ id }) => id === selected)) return;
    setTurned((now) => new Map([...now, [home.chain, true], [`${home.table}#unused`, true]]));
  }, [selected, firewall, rows]);

  const ruleCount = rows.filter(({ kind }) => kind === "rule").length;
  return (
    <>
      <RulesTools
        state={state}
        onChange={onChange}
        filter={filter}
        onFilter={setFilter}
        kinds={kinds}
        packets={packets}
        back={last === null ? null : nameOf(rows, last)}
        onBack={back}
      />
      <p role="status" className="sr-only">
        {words("rules.listed", { n: ruleCount })}
      </p>
      <RuleList
        ref={list}
        label={words("rules.label", { host: visible(index.topology.host.name) })}
        rows={rows}
        before={before}
        selected={selected}
        deeds={deeds}
        lead={
          <>
            <SourceList firewall={firewall} />
            <HookBar lines={lines} onGo={(id) => go(id, null)} />
            {rows.length === 0 && <Nothing narrowed={settled !== "" || only !== null} />}
          </>
        }
      />
    </>
  );
}

function Nothing({ narrowed }: { readonly narrowed: boolean }) {
  const words = useWords();
  return <Said text={words(narrowed ? "rules.noneLeft" : "rules.none")} />;
}

/** The chain and the table that a line of the list is in, by its id; null: there is none such. */
function homeOf(
  { tables }: ReadFirewall,
  id: string,
): { readonly table: string; readonly chain: string } | null {
  for (const table of tables) {
    for (const chain of table.chains) {
      const own = chainId(table, chain.name);
      const isHere = own === id || chain.rules.some(({ key }) => key === id);
      if (isHere) return { table: own.slice(0, own.length - chain.name.length - 1), chain: own };
    }
  }
  return null;
}
