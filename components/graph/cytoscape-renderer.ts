import cytoscape from "cytoscape";
import { key } from "@/lib/net/ids";
import { levelAt } from "@/lib/scene/levels";
import type { Rect } from "@/lib/scene/model";
import { elementsOf, stylesheet } from "./cytoscape-elements";
import { type Drawn, drawnShapes, within } from "./drawn-shapes";
import { paintLayer, windowOnto } from "./paint-layer";
import type { GraphRenderer, RendererEvents, Viewport } from "./renderer";
import { leastZoom, mostZoom, showing } from "./viewports";

// Cytoscape puts a <style> into the page, which our content security policy refuses, unless it finds
// something with this id. All it would set is `position: relative`, which the container has.
const cytoscapeStyleId = "__________cytoscape_stylesheet";

const withoutItsStyle = (page: Document): void => {
  if (page.getElementById(cytoscapeStyleId) !== null) return;
  const stand = page.createElement("meta");
  stand.id = cytoscapeStyleId;
  page.head.append(stand);
};

const keyOf = (element: cytoscape.SingularElementReturnValue | cytoscape.Core) => {
  if (!("data" in element) || !("id" in element)) return null;
  const named: unknown = element.data("key");
  return typeof named === "string" ? key(named) : null;
};

const listen = (cy: cytoscape.Core, { onPick, onPoint }: RendererEvents): void => {
  cy.on("tap", ({ target }) => onPick(target === cy ? null : keyOf(target)));
  // Not mouseover: there is none when the pointer left the picture from a thing and comes back to it.
  cy.on("mousemove", "node, edge", ({ target }) => onPoint(keyOf(target)));
  cy.on("mouseout", "node, edge", () => onPoint(null));
};

/**
 * Each change has Cytoscape draw, though nothing of it is seen: 40 ms for 300 rows, in layers that it
 * makes anew. What it must know to find things it works out before that, in callbacks of its own.
 */
const withoutDrawing = (cy: cytoscape.Core): void => {
  const untyped = cy as unknown as { readonly renderer: () => { render: () => void } };
  untyped.renderer().render = () => undefined;
};

const isSame = (one: Viewport, other: Viewport): boolean =>
  one.x === other.x && one.y === other.y && one.zoom === other.zoom;

/** What can be pointed at is put in place when nothing has moved for this long: until then nobody points. */
const settleMs = 60;

/**
 * Draws inside `container`, which must be positioned and have a size. Cytoscape has the graph's
 * nodes and edges, moves the window onto it and finds what is under the pointer; it lays nothing out.
 * It does not paint: its first frame after a change takes 50 ms for 20 containers and 330 ms for 200
 * (each new label becomes a texture), painting the same shapes one by one takes a few.
 */
export const cytoscapeRenderer = (
  container: HTMLElement,
  events: RendererEvents,
): GraphRenderer => {
  withoutItsStyle(container.ownerDocument);
  const layer = paintLayer(container);
  const cy = cytoscape({
    container,
    style: stylesheet(),
    layout: { name: "preset" },
    minZoom: leastZoom,
    maxZoom: mostZoom,
    pixelRatio: 1,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
  });
  withoutDrawing(cy);
  listen(cy, events);

  let drawn: Drawn | null = null;
  let settling: ReturnType<typeof setTimeout> | undefined;
  /** What was brought into view last, and the viewport that did it: until the reader moves on it stays in view. */
  let kept: { readonly place: Rect; readonly by: Viewport } | null = null;
  const setViewport = ({ x, y, zoom }: Viewport) => cy.viewport({ zoom, pan: { x, y } });
  const viewport = (): Viewport => ({ ...cy.pan(), zoom: cy.zoom() });
  const size = () => ({ width: cy.width(), height: cy.height() });

  const focus = (wanted: Rect) => {
    setViewport(showing(viewport(), wanted, size()));
    kept = { place: wanted, by: viewport() };
  };

  const place = () => {
    if (drawn === null) return;
    const window = windowOnto(viewport(), size());
    events.onRest(window);
    const elements = elementsOf(within(drawn.shapes, window), window);
    cy.batch(() => {
      cy.elements().remove();
      cy.add(elements);
    });
  };
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(place, settleMs);
  };
  const atLevelOf = (now: Drawn, { zoom }: Viewport): Drawn => {
    const level = levelAt(zoom);
    if (level.name === now.level.name && level.unit === now.level.unit) return now;
    events.onLevel(level);
    return { ...now, level, shapes: drawnShapes(now.scene, level) };
  };

  cy.on("viewport", () => {
    const at = viewport();
    events.onViewport(at);
    if (drawn === null) return;
    drawn = atLevelOf(drawn, at);
    layer.move(drawn, at);
    settle();
  });
  const watcher = new ResizeObserver(() => {
    cy.resize();
    if (drawn !== null) layer.paint(drawn, viewport());
    if (kept !== null && isSame(kept.by, viewport())) focus(kept.place);
    settle();
  });
  watcher.observe(container);

  return {
    setScene: (scene, theme) => {
      const at = viewport();
      const level = levelAt(at.zoom);
      if (drawn?.level.name !== level.name || drawn.level.unit !== level.unit)
        events.onLevel(level);
      drawn = { scene, theme, level, shapes: drawnShapes(scene, level) };
      layer.paint(drawn, at);
      settle();
    },
    setViewport,
    viewport,
    size,
    hit: ({ x, y }) => {
      if (drawn === null) return null;
      const { zoom, ...pan } = viewport();
      const point = { x: (x - pan.x) / zoom, y: (y - pan.y) / zoom, width: 0, height: 0 };
      const under = within(drawn.shapes, point).filter(
        (shape) => shape.key !== null && shape.kind !== "line",
      );
      return under.at(-1)?.key ?? null;
    },
    focus,
    destroy: () => {
      clearTimeout(settling);
      watcher.disconnect();
      layer.destroy();
      cy.destroy();
    },
  };
};
