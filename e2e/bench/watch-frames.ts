import type { Page } from "playwright";

/** Frames from now on, until `end`: the 95th percentile of the time between two of them, in ms. */
export const watchFrames = async (page: Page): Promise<() => Promise<number>> => {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = 0;
    const step = (now: number) => {
      if (last > 0) frames.push(now - last);
      last = now;
      handle = requestAnimationFrame(step);
    };
    let handle = requestAnimationFrame(step);
    Object.assign(window, {
      framesSeen: () => {
        cancelAnimationFrame(handle);
        return frames;
      },
    });
  });
  return async () => {
    const frames = await page.evaluate(() =>
      (window as unknown as { framesSeen: () => number[] }).framesSeen(),
    );
    const sorted = frames.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  };
};
