import cytoscape from "cytoscape";
import { key } from "@/lib/net/ids";
import { themes } from "@/lib/render/theme";
import { elementsOf, stylesheet } from "./cytoscape-elements";
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

const listen = (cy: cytoscape.Core, { onViewport, onPick, onPoint }: RendererEvents): void => {
  cy.on("viewport", () => onViewport({ ...cy.pan(), zoom: cy.zoom() }));
  cy.on("tap", ({ target }) => onPick(target === cy ? null : keyOf(target)));
  cy.on("mouseover", "node, edge", ({ target }) => onPoint(keyOf(target)));
  cy.on("mouseout", "node, edge", () => onPoint(null));
};

/**
 * Paints on a canvas inside `container`, which must be positioned and have a size. Cytoscape only
 * paints and finds what is under the pointer: it lays nothing out and its elements cannot be moved.
 */
export const cytoscapeRenderer = (
  container: HTMLElement,
  events: RendererEvents,
): GraphRenderer => {
  withoutItsStyle(container.ownerDocument);
  const cy = cytoscape({
    container,
    style: stylesheet(),
    layout: { name: "preset" },
    minZoom: leastZoom,
    maxZoom: mostZoom,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
  });
  listen(cy, events);
  const watcher = new ResizeObserver(() => cy.resize());
  watcher.observe(container);

  const setViewport = ({ x, y, zoom }: Viewport) => cy.viewport({ zoom, pan: { x, y } });
  const viewport = (): Viewport => ({ ...cy.pan(), zoom: cy.zoom() });
  const size = () => ({ width: cy.width(), height: cy.height() });
  return {
    setScene: (scene, theme) =>
      cy.batch(() => {
        cy.elements().remove();
        cy.add(elementsOf(scene.shapes, themes[theme]));
      }),
    setViewport,
    viewport,
    size,
    hit: ({ x, y }) => {
      const { zoom, ...pan } = viewport();
      const at = { x: (x - pan.x) / zoom, y: (y - pan.y) / zoom };
      const under = cy.nodes(".box, .glyph").filter((node) => {
        const box = node.boundingBox({});
        return (
          node.data("key") !== null &&
          at.x >= box.x1 &&
          at.x <= box.x2 &&
          at.y >= box.y1 &&
          at.y <= box.y2
        );
      });
      return under.empty() ? null : keyOf(under.max((node) => node.data("z")).ele);
    },
    focus: (place) => setViewport(showing(viewport(), place, size())),
    destroy: () => {
      watcher.disconnect();
      cy.destroy();
    },
  };
};
