import type { Words } from "@/lib/messages/words";
import type { Scene, Shape } from "@/lib/scene/model";
import { box, decoration, line, text, widest } from "@/lib/scene/pen";

const gap = 6;
const row = 30;
const margin = 16;

/** What is drawn, and how large it is. */
export type Picture = Pick<Scene, "shapes" | "width" | "height">;

type Cell = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly label: string;
  readonly face: "token" | "name" | "plain";
  readonly dash?: "dashed";
  readonly fill?: "chip" | "block";
};

const cell = ({
  x,
  y,
  width,
  label,
  face,
  dash = undefined,
  fill = "chip",
}: Cell): readonly Shape[] => [
  box(
    decoration,
    { x, y, width, height: row },
    { fill, stroke: "line", ...(dash === undefined ? {} : { dash }) },
  ),
  text(decoration, { x: x + width / 2, y: y + row / 2 }, label, face, { anchor: "middle" }),
];

/** Two containers of one image: read-only layers below, a thin writable one of its own on each. */
export const layersScene = (words: Words): Picture => {
  const layers = ["sha256:9e1c…", "sha256:4f8b…", "sha256:a3ed…"] as const;
  const writable = words("learn.drawing.writable");
  const names = ["web", "web2"] as const;
  const half = Math.max(widest([writable], "plain") + 28, 150);
  const width = 2 * half + gap;
  const side = widest([words("learn.drawing.readOnly"), "nginx:1.29"], "plain") + 20;
  const stackTop = margin + 2 * (row + gap) + 10;
  const tops = names.flatMap((name, nth) => {
    const x = margin + nth * (half + gap);
    return [
      ...cell({ x, y: margin, width: half, label: name, face: "name" }),
      ...cell({
        x,
        y: margin + row + gap,
        width: half,
        label: writable,
        face: "plain",
        dash: "dashed",
      }),
      line(
        decoration,
        [
          { x: x + half / 2, y: margin + 2 * row + gap },
          { x: x + half / 2, y: stackTop },
        ],
        { width: 2, stroke: "line", dash: "solid" },
      ),
    ];
  });
  const stack = layers.flatMap((label, nth) =>
    cell({
      x: margin,
      y: stackTop + nth * (row + gap),
      width,
      label,
      face: "token",
      fill: "block",
    }),
  );
  const beside = margin + width + 12;
  const middle = stackTop + 1.5 * row + gap;
  const notes = [
    text(decoration, { x: beside, y: middle - 9 }, "nginx:1.29", "token"),
    text(decoration, { x: beside, y: middle + 9 }, words("learn.drawing.readOnly"), "plain", {
      fill: "ink-soft",
    }),
  ];
  return {
    shapes: [...tops, ...stack, ...notes],
    width: beside + side + margin,
    height: stackTop + 3 * row + 2 * gap + margin,
  };
};

type Mount = {
  readonly inside: string;
  readonly on: string;
  readonly kind: string;
};

/** A container with its mounts, and the host's folders behind them. */
export const mountsScene = (words: Words): Picture => {
  const mounts: readonly Mount[] = [
    {
      inside: "/var/lib/data",
      on: "/var/lib/docker/volumes/dbdata/_data",
      kind: "volume: dbdata",
    },
    { inside: "/etc/app.conf", on: "/srv/app/app.conf", kind: "bind, ro" },
    { inside: "/tmp", on: "RAM", kind: "tmpfs" },
  ];
  const left =
    widest(
      mounts.map(({ inside }) => inside),
      "token",
    ) + 24;
  const right =
    widest(
      mounts.map(({ on }) => on),
      "token",
    ) + 24;
  const middle =
    widest(
      mounts.map(({ kind }) => kind),
      "token",
    ) + 36;
  const rightX = margin + left + middle;
  const top = margin + 24;
  const rows = mounts.flatMap(({ inside, on, kind }, nth): readonly Shape[] => {
    const y = top + nth * (row + 2 * gap);
    return [
      ...cell({ x: margin, y, width: left, label: inside, face: "token" }),
      ...cell({ x: rightX, y, width: right, label: on, face: "token", fill: "block" }),
      line(
        decoration,
        [
          { x: margin + left, y: y + row / 2 + 8 },
          { x: rightX, y: y + row / 2 + 8 },
        ],
        { width: 2, stroke: "line", dash: nth === 2 ? "dashed" : "solid" },
      ),
      text(decoration, { x: margin + left + middle / 2, y: y + row / 2 - 4 }, kind, "small", {
        anchor: "middle",
        fill: "ink-soft",
      }),
    ];
  });
  const heads = [
    text(decoration, { x: margin, y: margin + 6 }, words("learn.drawing.inContainer"), "heading", {
      fill: "ink-soft",
    }),
    text(decoration, { x: rightX, y: margin + 6 }, words("learn.drawing.onHost"), "heading", {
      fill: "ink-soft",
    }),
  ];
  return {
    shapes: [...heads, ...rows],
    width: rightX + right + margin,
    height: top + mounts.length * (row + 2 * gap) - 2 * gap + margin,
  };
};
