"use client";

import { CornerUpLeft, X } from "lucide-react";
import { SearchField } from "@/components/find/search-field";
import { Button } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { Segments } from "@/components/ui/segments";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import { namespaceName } from "@/components/workbench/place-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import { type Key, key } from "@/lib/net/ids";
import type { Container, Namespace } from "@/lib/topology/model";
import type { PacketKind } from "./hook-lines";
import { packetKinds } from "./hook-lines";
import type { RulesState } from "./rules-state";

const selectedContainer = (index: TopologyIndex, selected: Key | null): Container | null => {
  const thing = selected === null ? null : index.thing(selected);
  if (thing?.kind === "container") return thing.container;
  const link = thing?.kind === "pair" ? thing.pair.far : thing?.kind === "link" ? thing.link : null;
  if (link === null || link.netns === index.topology.host.netns) return null;
  return index.container(index.namespace(link.netns)?.containers[0] ?? null);
};

/** Which namespaces may be asked: those that live, the host's first. */
const asked = (index: TopologyIndex): readonly Namespace[] => {
  const { namespaces, host } = index.topology;
  return namespaces.filter(({ id, paths }) => id === host.netns || paths.length > 0);
};

/** The rules can only be told apart by family: a packet is of one. */
function PacketChoice({
  kinds,
  shown,
  onChoose,
}: {
  readonly kinds: ReadonlyMap<PacketKind, number>;
  readonly shown: PacketKind;
  readonly onChoose: (kind: PacketKind) => void;
}) {
  const words = useWords();
  return (
    <Segments
      label={words("rules.packetsOf")}
      value={shown}
      segments={packetKinds
        .filter((kind) => kind !== "frame" || (kinds.get(kind) ?? 0) > 0)
        .map((kind) => ({
          value: kind,
          text: `${words(`rules.kind.${kind}`)} ${kinds.get(kind) ?? 0}`,
        }))}
      onChoose={onChoose}
    />
  );
}

/** What narrows the list, and the way back from a jump. */
export function RulesTools({
  state,
  onChange,
  filter,
  onFilter,
  kinds,
  packets,
  back,
  onBack,
}: {
  readonly state: RulesState;
  readonly onChange: (changes: Partial<RulesState>) => void;
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  /** How many rules each kind of packet meets. */
  readonly kinds: ReadonlyMap<PacketKind, number>;
  readonly packets: PacketKind;
  /** Where the last jump began; null: nowhere to go back to. */
  readonly back: string | null;
  readonly onBack: () => void;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const selected = useSelected();
  const { host } = index.topology;
  const namespaces = asked(index);
  const inside = namespaces.find((each) => each.key === state.inside) ?? null;
  const here = inside ?? index.namespace(host.netns);
  const hereName = here === null ? "" : namespaceName(words, here);
  const touched = state.touch === null ? null : index.thing(state.touch);
  const container =
    touched?.kind === "container" ? touched.container : selectedContainer(index, selected);
  return (
    <div
      role="toolbar"
      aria-label={words("rules.tools")}
      className="flex flex-wrap items-center gap-2 border-b border-edge bg-canvas px-4 py-1.5 text-[13px]"
    >
      <ChoiceMenu
        align="start"
        label={`${words("rules.whose")}: ${hereName}`}
        value={inside?.key ?? ""}
        choices={namespaces.map((each) => ({
          value: each.id === host.netns ? "" : each.key,
          text: namespaceName(words, each),
        }))}
        onChoose={(chosen) => onChange({ inside: chosen === "" ? null : key(chosen) })}
      >
        <span className="max-w-40 truncate">{hereName}</span>
        <span aria-hidden className="text-muted">
          ▾
        </span>
      </ChoiceMenu>
      <PacketChoice
        kinds={kinds}
        shown={packets}
        onChoose={(kind) => onChange({ packets: kind === "ip" ? null : kind })}
      />
      <SearchField label={words("rules.search")} text={filter} onText={onFilter} />
      {container !== null && inside === null && (
        <Button
          aria-pressed={state.touch !== null}
          className="aria-pressed:border-ink"
          onClick={() => onChange({ touch: state.touch === null ? container.key : null })}
        >
          <span className="max-w-64 truncate">
            {words("rules.onlyTouching", { name: visible(container.name) })}
          </span>
          {state.touch !== null && <X size={14} aria-hidden />}
        </Button>
      )}
      {back !== null && (
        <Button onClick={onBack}>
          <CornerUpLeft size={14} aria-hidden />
          <span className="max-w-56 truncate">{words("rules.back", { to: back })}</span>
        </Button>
      )}
    </div>
  );
}
