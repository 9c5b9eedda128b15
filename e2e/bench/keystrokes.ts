import type { Page } from "playwright";

/** Fits much at its first letter and little at its last: broad and narrow searches are typed alike. */
export const typed = "web-1";

/** What one letter took, in ms. */
export type Keystroke = {
  /** To the frame with its matches in the list. */
  readonly listed: number;
  /** To the frame with their marks in the picture; null: they stayed as they were. */
  readonly marked: number | null;
};

/** Types a word into the search box, which is empty before and after. */
export const keystrokes = (page: Page): Promise<readonly Keystroke[]> =>
  page.evaluate(async (word) => {
    const field = document.querySelector<HTMLInputElement>("header input[role=combobox]");
    const overlay = document.querySelector("[data-view=graph] svg[aria-hidden] g");
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    if (field === null || overlay === null || write === undefined)
      throw new Error("there is no search box, or no picture");
    const painted = () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
    let lastMark: number | null = null;
    const marks = new MutationObserver(async () => {
      await painted();
      lastMark = performance.now();
    });
    marks.observe(overlay, { childList: true, subtree: true, attributes: true });
    const enter = async (text: string): Promise<Keystroke> => {
      const start = performance.now();
      lastMark = null;
      write.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await painted();
      const listed = performance.now() - start;
      // A person does not type faster than this.
      await new Promise((resolve) => setTimeout(resolve, 80));
      return { listed, marked: lastMark === null ? null : lastMark - start };
    };
    field.focus();
    await painted();
    const took: Keystroke[] = [];
    for (const [at] of [...word].entries()) took.push(await enter(word.slice(0, at + 1)));
    if (document.querySelector("[data-testid=find-count]") === null)
      throw new Error("nothing was searched for");
    await enter("");
    marks.disconnect();
    field.blur();
    return took;
  }, typed);
