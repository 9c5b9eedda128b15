import type { ProjectSpan } from "@/lib/graph/model";
import type { Shape } from "./model";
import { decoration, line, text } from "./pen";
import type { Cell } from "./textbook-cells";

/** Cells side by side, as many as there is room for. */
export type Course = {
  readonly cells: readonly Cell[];
  /** Of the first cell, in its block. */
  readonly first: number;
  readonly width: number;
  readonly head: number;
  readonly foot: number;
};

export const cellGap = 12;

/** As many courses as it takes, each at most `most` px wide. */
export const coursesOf = (cells: readonly Cell[], most: number): readonly Course[] => {
  const courses: Course[] = [];
  let now: Cell[] = [];
  let width = -cellGap;
  const close = () => {
    if (now.length === 0) return;
    courses.push({
      cells: now,
      first: courses.reduce((sum, each) => sum + each.cells.length, 0),
      width,
      head: Math.max(...now.map(({ head }) => head)),
      foot: Math.max(...now.map(({ foot }) => foot)),
    });
    now = [];
    width = -cellGap;
  };
  for (const cell of cells) {
    if (width + cellGap + cell.width > most) close();
    now.push(cell);
    width += cellGap + cell.width;
  }
  close();
  return courses;
};

/** Over the cells of each compose project its name, and a bracket down to them. */
export const bracketShapes = (
  projects: readonly ProjectSpan[],
  course: Course,
  lefts: readonly number[],
  y: number,
): readonly Shape[] =>
  projects.flatMap(({ name, first, count }) => {
    const from = Math.max(first, course.first) - course.first;
    const to = Math.min(first + count, course.first + course.cells.length) - course.first - 1;
    const left = lefts[from];
    const last = lefts[to];
    if (to < from || left === undefined || last === undefined) return [];
    const right = last + (course.cells[to]?.width ?? 0);
    const style = { width: 1, stroke: "line", dash: "solid" } as const;
    return [
      text(decoration, { x: (left + right) / 2, y: y + 7 }, name, "plain", {
        fill: "ink-soft",
        anchor: "middle",
      }),
      line(
        decoration,
        [
          { x: left, y: y + 21 },
          { x: left, y: y + 16 },
          { x: right, y: y + 16 },
          { x: right, y: y + 21 },
        ],
        style,
      ),
    ];
  });
