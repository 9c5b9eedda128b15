"use client";
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useWords } from "@/components/ui/words";
import type { Marks, Trouble } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import { extentOf } from "@/lib/scene/extents";
import type { LevelName } from "@/lib/scene/levels";
import { lit } from "@/lib/scene/lit";
import type { Rect, Scene, Shape } from "@/lib/scene/model";
import { problemShapes } from "@/lib/scene/problem-shapes";
import { drawnShapes, within } from "./drawn-shapes";
import { Overlay } from "./overlay";
import { type Place, placeOf, RowList } from "./row-list";
import { useScreenTheme } from "./screen-theme";
import { useRenderer } from "./use-renderer";
import { fitting, inWindow, zoomed } from "./viewports";

/** What a parent may ask of the picture. */
export type HostGraphHandle = {
  /** Shows all of it. */
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Its own size. */
  readonly actualSize: () => void;
  /** Moves the keyboard's focus to a thing, and the picture so that it is seen. */
  readonly focusKey: (key: Key) => void;
  /** Moves the picture so that a thing is seen; the focus stays where it is. */
  readonly reveal: (key: Key) => void;
  /** What of the scene is in the window. null: nothing is drawn yet. */
  readonly visiblePart: () => Rect | null;
};

export type HostGraphProps = {
  readonly scene: Scene;
  readonly theme: ThemeName;
  readonly marks: Marks;
  /** What has a problem: drawn whatever else is marked. */
  readonly trouble: Trouble;
  /** The same in words; empty: there is none. */
  readonly problemOf: (key: Key) => string;
  /** Drawn above everything else, with what is lit. */
  readonly pointers?: readonly Shape[];
  /** Says the picture in one sentence to those who do not see it (`graph.summary`). */
  readonly label: string;
  readonly onSelect: (key: Key | null) => void;
  /** After the pointer rested on something, and null when it left; not while something is selected. */
  readonly onHover?: (key: Key | null) => void;
  /** How much is drawn of each row, when that has changed. */
  readonly onLevel?: (name: LevelName) => void;
  readonly ref?: Ref<HostGraphHandle>;
};

const start: Place = { row: 0, stop: 0 };
const zoomStep = 1.25;

/** More lit shapes than this are drawn around the window only: a bridge of 1,000 ports has 10,000. */
const mostLit = 600;

const nearBy = (shapes: readonly Shape[], { x, y, width, height }: Rect): readonly Shape[] =>
  shapes.length <= mostLit
    ? shapes
    : within(
        shapes.map((shape) => ({ shape, bounds: extentOf(shape) })),
        { x: x - width, y: y - height, width: 3 * width, height: 3 * height },
      );

const selects = (marks: Marks): boolean => [...marks.values()].includes("selected");

/**
 * The picture of a host. Fills the element that it stands in, which must have a size. Marks are drawn
 * over the faded picture; the picture itself stays as it is.
 */
export const HostGraph = ({
  scene,
  theme: named,
  marks,
  trouble,
  problemOf,
  pointers = [],
  label,
  onSelect,
  onHover,
  onLevel,
  ref,
}: HostGraphProps) => {
  const words = useWords();
  const theme = useScreenTheme(named);
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState<Place>(start);
  const [focused, setFocused] = useState<Rect | null>(null);
  const { canvas, layer, renderer, level, rested } = useRenderer(scene, theme, {
    onSelect,
    onHover: onHover ?? null,
    held: selects(marks),
  });
  const drawn = useMemo(() => drawnShapes(scene, level).map(({ shape }) => shape), [scene, level]);
  const { scrim, shapes } = useMemo(
    () => lit({ shapes: drawn }, marks, level.unit),
    [drawn, level, marks],
  );
  const { under, over } = useMemo(
    () => problemShapes({ shapes: drawn, blocks: scene.blocks }, trouble, level.unit),
    [scene, drawn, level, trouble],
  );
  useEffect(() => onLevel?.(level.name), [onLevel, level]);
  const here = scene.rows[at.row]?.stops[at.stop] === undefined ? start : at;

  // A selection that came from the address, the table or a search is where the keyboard goes on.
  const selected = useMemo(() => [...marks].find(([, mark]) => mark === "selected")?.[0], [marks]);
  useEffect(() => {
    const place = selected === undefined ? null : placeOf(scene.rows, selected);
    if (place !== null)
      setAt((now) => (scene.rows[now.row]?.stops[now.stop]?.key === selected ? now : place));
  }, [scene, selected]);

  useImperativeHandle(ref, () => {
    const stopAt = ({ row, stop }: Place) => scene.rows[row]?.stops[stop];
    const reveal = (key: Key): Place | null => {
      const place = placeOf(scene.rows, key);
      const stop = place === null ? undefined : stopAt(place);
      if (stop !== undefined) renderer.current?.focus(stop.rect);
      return place;
    };
    const zoom = (factor: number) => {
      const now = renderer.current;
      if (now !== null) now.setViewport(zoomed(now.viewport(), factor, now.size()));
    };
    return {
      fit: () => renderer.current?.setViewport(fitting(scene, renderer.current.size())),
      zoomIn: () => zoom(zoomStep),
      zoomOut: () => zoom(1 / zoomStep),
      actualSize: () => zoom(1 / (renderer.current?.viewport().zoom ?? 1)),
      reveal,
      visiblePart: () => {
        const now = renderer.current;
        return now === null ? null : inWindow(scene, now.viewport(), now.size());
      },
      focusKey: (key) => {
        const place = reveal(key);
        if (place === null) return;
        setAt(place);
        list.current
          ?.querySelector<HTMLButtonElement>('button[tabindex="0"]')
          ?.focus({ preventScroll: true });
      },
    };
  }, [scene, renderer]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls; this is a picture with parts
    <div
      role="group"
      aria-roledescription={words("graph.role")}
      aria-label={label}
      className="relative size-full overflow-hidden"
    >
      <div
        ref={canvas}
        aria-hidden="true"
        className={`absolute inset-0 ${scrim ? "opacity-25 forced-colors:opacity-50" : "opacity-100"}`}
      />
      <Overlay
        ref={layer}
        shapes={[...nearBy([...under, ...shapes, ...over], rested), ...pointers]}
        focused={focused}
        theme={theme}
      />
      <RowList
        listRef={list}
        rows={scene.rows}
        orientation={scene.orientation}
        problemOf={problemOf}
        at={here}
        onMove={setAt}
        onFocus={(stop) => {
          setFocused(stop?.rect ?? null);
          if (stop !== null) renderer.current?.focus(stop.rect);
        }}
        onSelect={onSelect}
      />
    </div>
  );
};
