import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useWords } from "@/components/ui/words";
import type { Orientation } from "@/lib/graph/model";
import { say } from "@/lib/graph/said";
import type { Key } from "@/lib/net/ids";
import type { SceneRow, Stop } from "@/lib/scene/model";

/** Which button the keyboard is at: the row, and how far along it. */
export type Place = { readonly row: number; readonly stop: number };

const along: Readonly<Record<Orientation, Readonly<Record<string, Place>>>> = {
  rails: {
    ArrowUp: { row: -1, stop: 0 },
    ArrowDown: { row: 1, stop: 0 },
    ArrowLeft: { row: 0, stop: -1 },
    ArrowRight: { row: 0, stop: 1 },
  },
  textbook: {
    ArrowUp: { row: 0, stop: 1 },
    ArrowDown: { row: 0, stop: -1 },
    ArrowLeft: { row: -1, stop: 0 },
    ArrowRight: { row: 1, stop: 0 },
  },
};

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

const stopsOf = (rows: readonly SceneRow[], row: number): readonly Stop[] => rows[row]?.stops ?? [];

/** The stop of a row that stands nearest to a place of another row, across the way that rows go. */
const nearest = (
  stops: readonly Stop[],
  { rect: from }: Stop,
  orientation: Orientation,
): number => {
  const apart = ({ rect }: Stop) =>
    orientation === "rails" ? Math.abs(rect.x - from.x) : Math.abs(rect.y - from.y);
  return stops.reduce((best, stop, nth) => {
    const than = stops[best];
    return than === undefined || apart(stop) < apart(than) ? nth : best;
  }, 0);
};

/** Where an arrow leads: along the path, or to what stands in the same column of the next row. */
export const stepped = (
  rows: readonly SceneRow[],
  from: Place,
  pressed: string,
  orientation: Orientation,
): Place | null => {
  if (pressed === "Home") return { row: 0, stop: stopsOf(rows, 0).length - 1 };
  if (pressed === "End") {
    const last = rows.length - 1;
    return { row: last, stop: stopsOf(rows, last).length - 1 };
  }
  const step = along[orientation][pressed];
  if (step === undefined) return null;
  const row = within(from.row + step.row, rows.length);
  const stops = stopsOf(rows, row);
  if (step.row === 0) return { row, stop: within(from.stop + step.stop, stops.length) };
  const here = stopsOf(rows, from.row)[from.stop];
  return { row, stop: here === undefined ? 0 : nearest(stops, here, orientation) };
};

/** The last stop of that name on the first row that has it. */
export const placeOf = (rows: readonly SceneRow[], key: Key): Place | null => {
  for (const [row, { stops, key: own }] of rows.entries()) {
    const stop = stops.findLastIndex((each) => each.key === key);
    if (stop >= 0) return { row, stop };
    if (own === key) return { row, stop: stops.length - 1 };
  }
  return null;
};

/** Rows before and after the current one that are in the document. */
const around = 4;

export type RowListProps = {
  readonly rows: readonly SceneRow[];
  readonly orientation: Orientation;
  readonly at: Place;
  readonly onMove: (place: Place) => void;
  readonly onFocus: (stop: Stop | null) => void;
  readonly onSelect: (key: Key | null) => void;
  /** What is wrong with a thing, in words; empty: nothing. */
  readonly problemOf: (key: Key) => string;
  readonly listRef: RefObject<HTMLUListElement | null>;
};

/** What it is called, and what is wrong with it. */
const spoken = ({ key, name }: Stop, problemOf: RowListProps["problemOf"]): string => {
  const problem = problemOf(key);
  return problem === "" ? name : `${name}. ${problem}`;
};

/**
 * The picture for keyboard and screen reader: a canvas says nothing to either. One button can be
 * reached by Tab; arrows go on from there.
 */
export const RowList = ({
  rows,
  orientation,
  at,
  onMove,
  onFocus,
  onSelect,
  problemOf,
  listRef,
}: RowListProps) => {
  const words = useWords();
  const current = useRef<HTMLButtonElement>(null);
  const [inside, setInside] = useState(false);
  useEffect(() => {
    const button = current.current;
    if (inside && button !== null && button !== button.ownerDocument.activeElement) {
      button.focus({ preventScroll: true });
    }
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      onSelect(null);
      return;
    }
    const next = stepped(rows, at, event.key, orientation);
    if (next === null) return;
    event.preventDefault();
    onMove(next);
  };
  const first = Math.max(0, at.row - around);
  return (
    <ul
      ref={listRef}
      aria-label={words("graph.rows")}
      className="sr-only"
      onKeyDown={onKeyDown}
      onFocus={() => setInside(true)}
      onBlur={({ relatedTarget, currentTarget }) => {
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
        setInside(false);
        onFocus(null);
      }}
    >
      {rows.slice(first, at.row + around + 1).map((row, nth) => (
        <li key={row.key}>
          <span>{say(words, row.said)}</span>
          {row.stops.map((stop, place) => {
            const here = first + nth === at.row && place === at.stop;
            return (
              <button
                // A namespace shared by containers stands on a row under several names.
                key={`${stop.key} ${stop.rect.x}`}
                ref={here ? current : null}
                type="button"
                tabIndex={here ? 0 : -1}
                onFocus={() => {
                  if (!here) onMove({ row: first + nth, stop: place });
                  onFocus(stop);
                }}
                onClick={() => onSelect(stop.key)}
              >
                {spoken(stop, problemOf)}
              </button>
            );
          })}
        </li>
      ))}
    </ul>
  );
};
