import type { Rect } from "@/lib/scene/model";
import { type Drawn, within } from "./drawn-shapes";
import { paintShapes } from "./painter";
import type { Viewport } from "./renderer";

/** More shapes than this are painted at one pixel for one px while they move. */
const fineWhileMoving = 600;
const restMs = 140;

/** A canvas under everything else of its container, on which the shapes in the window are painted. */
export type PaintLayer = {
  /** At once: what was set in this frame is seen in it. */
  readonly paint: (drawn: Drawn, viewport: Viewport) => void;
  /** At the next frame, however often it is asked until then; finer when the movement is over. */
  readonly move: (drawn: Drawn, viewport: Viewport) => void;
  readonly destroy: () => void;
};

/** What of the scene is seen through a window of that size. */
export const windowOnto = (
  { x, y, zoom }: Viewport,
  { width, height }: { readonly width: number; readonly height: number },
): Rect => ({ x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom });

export const paintLayer = (container: HTMLElement): PaintLayer => {
  const canvas = container.ownerDocument.createElement("canvas");
  canvas.className = "pointer-events-none absolute inset-0 size-full";
  container.prepend(canvas);
  const on = canvas.getContext("2d");
  let frame = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;

  const sized = (ratio: number) => {
    const [width, height] = [container.clientWidth, container.clientHeight].map((each) =>
      Math.round(each * ratio),
    );
    // Setting it clears it too, and takes longer than clearing.
    if (width !== undefined && canvas.width !== width) canvas.width = width;
    if (height !== undefined && canvas.height !== height) canvas.height = height;
  };

  const paintNow = ({ theme, shapes }: Drawn, viewport: Viewport, moving: boolean) => {
    if (on === null) return;
    const { clientWidth: width, clientHeight: height } = container;
    const seen = within(shapes, windowOnto(viewport, { width, height }));
    const ratio = moving && seen.length > fineWhileMoving ? 1 : window.devicePixelRatio;
    sized(ratio);
    const { x, y, zoom } = viewport;
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.clearRect(0, 0, canvas.width, canvas.height);
    on.setTransform(zoom * ratio, 0, 0, zoom * ratio, x * ratio, y * ratio);
    paintShapes(on, seen, { theme, zoom });
    canvas.dataset["shapes"] = `${seen.length}`;
  };

  const stop = () => {
    cancelAnimationFrame(frame);
    clearTimeout(resting);
    frame = 0;
  };
  let latest: readonly [Drawn, Viewport] | null = null;
  return {
    paint: (drawn, viewport) => {
      stop();
      paintNow(drawn, viewport, false);
    },
    move: (drawn, viewport) => {
      latest = [drawn, viewport];
      if (frame !== 0) return;
      clearTimeout(resting);
      frame = requestAnimationFrame(() => {
        frame = 0;
        if (latest === null) return;
        paintNow(...latest, true);
        if (window.devicePixelRatio > 1)
          resting = setTimeout(() => latest && paintNow(...latest, false), restMs);
      });
    },
    destroy: () => {
      stop();
      canvas.remove();
    },
  };
};
