import { type Theme, themes } from "@/lib/render/theme";

/** The system colour of each role that is not plain text or line; hues and states fall together, shapes tell them apart. */
const notText: Partial<Theme> = {
  canvas: "Canvas",
  block: "Canvas",
  chip: "Canvas",
  accent: "Highlight",
  // Text stands on it in the colour of text.
  "accent-fill": "Canvas",
};

/** The picture's colours as CSS system colours, for readers whose system forces its own (forced-colors). */
export const forcedTheme: Theme = {
  ...(Object.fromEntries(Object.keys(themes.light).map((role) => [role, "CanvasText"])) as Theme),
  ...notText,
};
