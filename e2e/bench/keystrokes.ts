import type { Page } from "playwright";

/** Fits much at its first letter and little at its last: broad and narrow searches are typed alike. */
const typed = "web-1";

/**
 * The slowest letter of a word typed into the search box: from the letter to the frame with its matches
 * and their marks, in ms. The box is empty before and after.
 */
export const slowestKeystroke = (page: Page): Promise<number> =>
  page.evaluate(async (word) => {
    const field = document.querySelector<HTMLInputElement>("header input[role=combobox]");
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    if (field === null || write === undefined) throw new Error("there is no search box");
    const painted = () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
    const enter = async (text: string): Promise<number> => {
      const start = performance.now();
      write.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await painted();
      return performance.now() - start;
    };
    field.focus();
    await painted();
    const took: number[] = [];
    for (const [at] of [...word].entries()) {
      took.push(await enter(word.slice(0, at + 1)));
      // A person does not type faster than this.
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    if (document.querySelector("[data-testid=find-count]") === null) {
      throw new Error("nothing was searched for");
    }
    await enter("");
    field.blur();
    return Math.max(...took);
  }, typed);
