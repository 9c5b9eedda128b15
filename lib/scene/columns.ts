import type { Badge, Block, Box, Graph, PortTag, Row, Uplink } from "@/lib/graph/model";
import { lineWidth } from "./bridge-lines";
import { natWidth } from "./nat-shapes";
import { widest, widthOf } from "./pen";

/** One attachment is 26 px high: about 27 fit into a window of 1440 × 900. */
export const rowHeight = 26;
export const thingHeight = 20;
// Boxes and thin lines lie between pixels, so that a line of 1 px fills one row of them and not two by half.
export const margin = 24.5;
export const headingHeight = 40.5;
export const blockGap = 14;
export const blockPadding = 9;
export const titleHeight = 24;

const glyphRoom = 16;
const chipPadding = 8;
export const badgeGap = 6;
const mostBadges = 3;

export const chipWidth = (label: string): number =>
  widthOf(label, "token") + glyphRoom + 2 * chipPadding - 4;
export const innerWidth = (label: string): number => chipWidth(label);

/** The badges that are written out; of the rest, how many they are. */
export const shownBadges = (
  box: Box,
): { readonly shown: readonly Badge[]; readonly more: number } =>
  box.badges.length <= mostBadges
    ? { shown: box.badges, more: 0 }
    : { shown: box.badges.slice(0, mostBadges - 1), more: box.badges.length - mostBadges + 1 };

/** The sign of a container that does not run stands before its name. */
const stateRoom = 14;
export const signRoom = ({ state }: Badge): number =>
  state === "running" || state === "none" ? 0 : stateRoom;

export const badgeWidth = (badge: Badge, alone: boolean): number =>
  signRoom(badge) + widthOf(badge.name, "name") + (alone ? 0 : 2 * badgeGap);

const namesWidth = (box: Box): number => {
  const { shown, more } = shownBadges(box);
  const alone = box.badges.length === 1;
  const rest = more === 0 ? 0 : badgeGap + widthOf(`+${more}`, "plain");
  const ghost = box.ghost ? 14 : 0;
  return (
    shown.reduce((sum, badge) => sum + badgeWidth(badge, alone), 0) +
    badgeGap * Math.max(0, shown.length - 1) +
    rest +
    ghost
  );
};

const portGap = 8;
export const portsWidth = (ports: readonly PortTag[]): number =>
  ports.reduce((sum, { text }) => sum + portGap + widthOf(text, "small"), 0);

/** A label takes its place to the right of where it starts. */
type Span = { readonly x: number; readonly width: number };

/** Where the columns stand. Each is as wide as its widest content and its heading. */
export type Columns = {
  readonly outside: Span;
  readonly uplink: Span;
  /** Without width where nothing is translated. */
  readonly nat: Span;
  readonly bridge: Span;
  readonly veth: Span;
  /** The container's box; its interface stands at its left edge. */
  readonly eth: Span;
  /** Width of the interface's part of the box. */
  readonly inner: number;
  /** Where brackets around rows of one project stand; their names follow. */
  readonly bracket: number;
  readonly block: Span;
  readonly width: number;
};

const most = (...numbers: readonly number[]): number => Math.max(0, ...numbers);
const top = <Item>(items: readonly Item[], size: (item: Item) => number): number =>
  items.reduce((largest, item) => Math.max(largest, size(item)), 0);

const rowsIn = (blocks: readonly Block[]): readonly Row[] =>
  blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));

const uplinkWidth = ({ chip, addresses }: Uplink): number =>
  most(chipWidth(chip.label), widest(addresses, "small"));

const bridgeWidth = (block: Block): number => {
  if (block.kind !== "bridge") return 0;
  const { bridge } = block;
  const lock = bridge.internal ? glyphRoom : 0;
  return (
    26 +
    most(
      widthOf(bridge.label, "bridge") + glyphRoom,
      ...bridge.lines.map((line, nth) => lineWidth(line) + (nth === 0 ? lock : 0)),
    )
  );
};

const gaps = { outside: 32, nat: 30, uplink: 68, bridge: 26, veth: 44 };

/** A note stands where the end is missing: right of a host end, left of a container's. */
export const noteRoom = 36;
const noteRight = ({ note, host, box }: Row): number =>
  note === null || host === null || box !== null ? 0 : widthOf(note, "plain");
const noteInBridgeBlock = (block: Block): number =>
  block.kind !== "bridge"
    ? 0
    : top(block.rows, ({ note, host }) =>
        note === null || host !== null ? 0 : widthOf(note, "plain") + 4,
      );
const noteElsewhere = (block: Block): number =>
  block.kind !== "rows"
    ? 0
    : top(block.rows, ({ note, host }) =>
        note === null || host !== null ? 0 : widthOf(note, "plain") + 4,
      );

const ownerWidth = ({ owner, host }: Row): number =>
  owner === null || host === null ? 0 : widthOf(owner.name, "name") + 20;

const boxWidth = (inner: number, { box }: Row): number =>
  box === null ? 0 : inner + 10 + namesWidth(box) + portsWidth(box.ports) + 10;

/** Width of one box in a list. */
export const listedWidth = (box: Box): number => namesWidth(box) + portsWidth(box.ports) + 20;

/** Its title stands beside its rows, in the column of bridges, when nothing else does. */
export const titleBeside = (block: Block): boolean =>
  block.kind === "list" ||
  (block.kind === "rows" &&
    block.what !== "stacked" &&
    block.what !== "between" &&
    block.rows.every(({ host }) => host !== null));

const besideWidth = (block: Block): number =>
  block.kind !== "bridge" && titleBeside(block) ? widthOf(block.title, "title") : 0;

const contentWidth = (block: Block): number => {
  if (block.kind === "bridge") return 0;
  const title = widthOf(block.title, "title");
  return block.kind === "list" || titleBeside(block) ? 0 : title;
};

/** A bracket of 6 px, and the name of the project. */
const bracketWidth = (block: Block): number =>
  block.kind === "list" || block.projects.length === 0
    ? 0
    : 12 + top(block.projects, ({ name }) => widthOf(name, "plain"));

const listWidth = (block: Block): number =>
  block.kind === "list" ? top(block.boxes, listedWidth) : 0;

export const columnsOf = ({ headings, outside, uplinks, nat, blocks }: Graph): Columns => {
  const rows = rowsIn(blocks);
  const heading = (name: keyof typeof headings) => widthOf(headings[name], "heading");
  const outsideWidth = most(heading("outside"), widthOf(outside.label, "plain"), 46);
  const uplinkX = margin + outsideWidth + gaps.outside;
  const uplinkTotal = most(heading("uplink"), top(uplinks, uplinkWidth));
  const natX = uplinkX + uplinkTotal + (nat === null ? 0 : gaps.nat);
  const natTotal = nat === null ? 0 : most(heading("nat"), natWidth(nat));
  const bridgeX = natX + natTotal + gaps.uplink;
  const vethTotal = most(
    heading("veth"),
    top(rows, ({ host }) => (host === null ? 0 : chipWidth(host.label))),
    top(blocks, noteInBridgeBlock),
  );
  const bridgeTotal = most(
    heading("bridge"),
    top(blocks, bridgeWidth),
    top(rows, ownerWidth),
    top(blocks, besideWidth),
    top(blocks, noteElsewhere) - vethTotal - gaps.bridge,
  );
  const vethX = bridgeX + bridgeTotal + gaps.bridge;
  const ethX = vethX + vethTotal + gaps.veth;
  const inner = top(rows, ({ inner: each }) => (each === null ? 0 : innerWidth(each.label)));
  const left = bridgeX - blockPadding - 5;
  const ethTotal = most(
    heading("eth"),
    top(rows, (row) => boxWidth(inner, row)),
    top(rows, noteRight),
    top(blocks, contentWidth) + left + 2 * 14 - ethX,
    top(blocks, listWidth) + vethX - ethX,
  );
  const bracket = ethX + ethTotal + 7;
  const right = ethX + ethTotal + blockPadding + 3 + top(blocks, bracketWidth);
  return {
    outside: { x: margin, width: outsideWidth },
    uplink: { x: uplinkX, width: uplinkTotal },
    nat: { x: natX, width: natTotal },
    bridge: { x: bridgeX, width: bridgeTotal },
    veth: { x: vethX, width: vethTotal },
    eth: { x: ethX, width: ethTotal },
    inner,
    bracket,
    block: { x: left, width: right - left },
    width: right + margin,
  };
};
