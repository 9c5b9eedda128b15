import { diagnose } from "@/lib/diagnosis/diagnose";
import { troubleOf } from "@/lib/diagnosis/trouble";
import { hideRest } from "@/lib/find/hide-rest";
import { graph } from "@/lib/graph/graph";
import { withTrouble } from "@/lib/graph/legend";
import type { Graph, Marks, Trouble } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import { pathMarks, pathOf } from "@/lib/graph/path";
import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { plainTime, type SvgOptions } from "@/lib/render/svg";
import type { Scene } from "@/lib/scene/model";
import { scene } from "@/lib/scene/scene";
import { drawnTopology } from "@/lib/share/net-names";
import { partOf, partSnapshot } from "@/lib/share/part-of";
import { type Preset, type Redacted, stronger } from "@/lib/share/redact";
import { renamedKeys } from "@/lib/share/renamed-keys";
import { freeze, plainlyShown, type Snapshot } from "@/lib/share/snapshot";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import type { Choices, Frozen, Part } from "./choices";

/** What may leave: redacted, once as files carry it and once as it is drawn. */
export type Redaction = {
  readonly snapshot: Snapshot;
  readonly drawn: Topology;
  readonly replaced: Redacted["replaced"];
  readonly keyOf: Redacted["keyOf"];
  /** What is wrong with the whole host: of a part of it much could not be told. */
  readonly trouble: Trouble;
};

/** By what things are called now: what is wrong there follows from what is not redacted. */
const troubleIn = ({ topology, ruled }: Frozen, keyOf: Redacted["keyOf"]): Trouble =>
  renamedKeys(troubleOf(diagnose(topology, ruled)), keyOf);

/** The costly part: done once for a preset. `ruling`: what goes along. */
export function redacted(sent: Frozen, redaction: Preset, ruling: Ruling | null = null): Redaction {
  const { topology, selected, from } = sent;
  const { part } = from;
  const looked = { ...plainlyShown, part, selected, redaction };
  const frozen = freeze(topology, looked, null, ruling);
  const { replaced, keyOf } = frozen;
  const shown = { ...frozen.snapshot.shown, redaction: stronger(from.redaction, redaction) };
  const snapshot = { ...frozen.snapshot, shown };
  return {
    snapshot,
    replaced,
    keyOf,
    drawn: drawnTopology(snapshot),
    trouble: troubleIn(sent, keyOf),
  };
}

const keysOf = (
  part: Part,
  whole: Graph,
  selected: Key | null,
  onScreen: ReadonlySet<Key>,
): ReadonlySet<Key> | null => {
  if (part === "selection" && selected !== null) return pathOf(whole, selected);
  return part === "visible" ? onScreen : null;
};

/**
 * What of it is sent: all, or the part that was chosen. Whatever is made of that, pictures, data and links,
 * holds nothing of the rest.
 */
export function chosen(
  redaction: Redaction,
  { group, stopped, onScreen }: Frozen,
  part: Part,
  words: Words,
): Redaction {
  if (part === "whole") return redaction;
  const { snapshot, drawn, keyOf } = redaction;
  const whole = graph(drawn, { orientation: "rails", group, stopped }, words);
  const seen = [...(onScreen ?? [])].flatMap((key) => keyOf(key) ?? []);
  const keys = keysOf(part, whole, snapshot.shown.selected, new Set(seen));
  if (keys === null) return redaction;
  const shown = hideRest(whole, keys);
  return { ...redaction, snapshot: partSnapshot(snapshot, shown), drawn: partOf(drawn, shown) };
}

const called = (topology: Topology, alias: string): Topology =>
  alias === "" ? topology : { ...topology, host: { ...topology.host, name: alias } };

/** What is sent, as it was chosen. */
export const snapshotOf = (
  { snapshot }: Redaction,
  { group, stopped }: Frozen,
  { orientation, title, alias }: Choices,
): Snapshot => ({
  ...snapshot,
  topology: called(snapshot.topology, alias),
  shown: {
    ...snapshot.shown,
    orientation,
    group,
    stopped,
    title: title === "" ? null : title,
  },
});

/** The topology as it is printed and drawn. */
export const printedOf = ({ drawn }: Redaction, { alias }: Choices): Topology =>
  called(drawn, alias);

/** The picture of what is sent. */
export const graphOf = (
  redaction: Redaction,
  { group, stopped }: Frozen,
  choices: Choices,
  words: Words,
): Graph =>
  graph(printedOf(redaction, choices), { orientation: choices.orientation, group, stopped }, words);

const marksOf = ({ snapshot }: Redaction, drawn: Graph, { lit, part }: Choices): Marks => {
  const selected = lit && part !== "selection" ? snapshot.shown.selected : null;
  return pathMarks(drawn, selected, null);
};

/** A picture, ready to be drawn. */
export type Picture = { readonly scene: Scene; readonly options: SvgOptions };

export function pictureOf(
  redaction: Redaction,
  frozen: Frozen,
  choices: Choices,
  words: Words,
): Picture {
  const { graph: shown, trouble } = withTrouble(
    graphOf(redaction, frozen, choices, words),
    redaction.trouble,
    words,
  );
  const drawn = scene(shown);
  const { theme, legend, time, title } = choices;
  const watermark = words("states.stale.file", { time: plainTime(drawn.at) });
  return {
    scene: drawn,
    options: {
      theme,
      legend,
      time,
      marks: marksOf(redaction, shown, choices),
      trouble,
      ...(title !== "" && { heading: visible(title) }),
      ...(redaction.snapshot.shown.part && { note: words("share.partOf") }),
      ...(frozen.stale && { watermark }),
    },
  };
}
