import type { Rect } from "@/lib/scene/model";
import type { Viewport } from "./renderer";

type Size = { readonly width: number; readonly height: number };

export const leastZoom = 0.05;
export const mostZoom = 4;

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value));

/** All of the scene, centred, at most at its own size. */
export const fitting = (scene: Size, window: Size): Viewport => {
  const zoom = within(
    Math.min(window.width / scene.width, window.height / scene.height),
    leastZoom,
    1,
  );
  return {
    zoom,
    x: Math.round((window.width - scene.width * zoom) / 2),
    y: Math.round(Math.max(0, (window.height - scene.height * zoom) / 2)),
  };
};

const readable = 0.62;

/** Where one begins: the full width from the top, as long as it can be read; long hosts go on below. */
export const opening = (scene: Size, window: Size): Viewport => {
  const zoom = within(window.width / scene.width, readable, 1);
  return { zoom, x: Math.max(0, Math.round((window.width - scene.width * zoom) / 2)), y: 0 };
};

/** Closer or farther around the middle of the window. */
export const zoomed = (
  { x, y, zoom }: Viewport,
  factor: number,
  { width, height }: Size,
): Viewport => {
  const next = within(zoom * factor, leastZoom, mostZoom);
  const scale = next / zoom;
  return {
    zoom: next,
    x: Math.round(width / 2 - (width / 2 - x) * scale),
    y: Math.round(height / 2 - (height / 2 - y) * scale),
  };
};

const margin = 24;

const shift = (start: number, end: number, room: number): number => {
  if (start < margin) return margin - start;
  if (end > room - margin) return Math.max(room - margin - end, margin - start);
  return 0;
};

/** Moved as little as needed so that a place is seen with some margin. */
export const showing = (viewport: Viewport, place: Rect, { width, height }: Size): Viewport => {
  const { x, y, zoom } = viewport;
  const left = place.x * zoom + x;
  const top = place.y * zoom + y;
  return {
    zoom,
    x: x + shift(left, left + place.width * zoom, width),
    y: y + shift(top, top + place.height * zoom, height),
  };
};

/** What of the scene the window shows; all of it where the two do not touch. */
export const inWindow = (scene: Size, { x, y, zoom }: Viewport, window: Size): Rect => {
  const left = within(-x / zoom, 0, scene.width);
  const top = within(-y / zoom, 0, scene.height);
  const right = within((window.width - x) / zoom, 0, scene.width);
  const bottom = within((window.height - y) / zoom, 0, scene.height);
  return right - left < 1 || bottom - top < 1
    ? { x: 0, y: 0, width: scene.width, height: scene.height }
    : { x: left, y: top, width: right - left, height: bottom - top };
};
