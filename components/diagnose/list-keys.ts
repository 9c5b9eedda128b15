import type { KeyboardEvent } from "react";

const wanted = (pressed: string, at: number, last: number): number | null => {
  switch (pressed) {
    case "ArrowDown":
      return Math.min(at + 1, last);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
};

/** Up and down go from finding to finding; Tab goes through what is inside one. */
export const onListKey = (event: KeyboardEvent<HTMLElement>): void => {
  const list = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-summary]")];
  const at = event.target instanceof HTMLElement ? list.indexOf(event.target) : -1;
  const to = at < 0 ? null : wanted(event.key, at, list.length - 1);
  if (to === null) return;
  event.preventDefault();
  list[to]?.focus();
};
