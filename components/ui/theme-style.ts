import { cssVariables, type ThemeName, themes } from "@/lib/render/theme";
import { forcedTheme } from "./forced-theme";

/** Panels lie above the canvas: lighter than it in both themes, and what is set into them the other way. */
const surfaces = (theme: ThemeName): string => {
  const { block, chip } = themes[theme];
  const [panel, inset] = theme === "light" ? [chip, block] : [block, chip];
  return `--color-panel: ${panel}; --color-inset: ${inset}; color-scheme: ${theme};`;
};

const variables = (theme: ThemeName): string => `${cssVariables(theme)} ${surfaces(theme)}`;

/** Few colours, all of them the reader's own: what hue and tone tell, shape and text tell as well. */
const systemColours = (): string => {
  const roles = Object.entries(forcedTheme).map(([role, colour]) => `--color-${role}: ${colour};`);
  return `${roles.join(" ")} --color-panel: Canvas; --color-inset: Canvas; color-scheme: light dark;`;
};

/** The one style sheet that names colours: by the system's wish, unless one was chosen; where colours are forced, those. */
export const themeStyle = (): string =>
  [
    `:root { ${variables("light")} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${variables("dark")} } }`,
    `:root[data-theme="dark"] { ${variables("dark")} }`,
    `@media (forced-colors: active) { :root:root:root { ${systemColours()} } }`,
  ].join("\n");
