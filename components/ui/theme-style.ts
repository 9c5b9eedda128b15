import { cssVariables, type ThemeName, themes } from "@/lib/render/theme";

/** Panels lie above the canvas: lighter than it in both themes, and what is set into them the other way. */
const surfaces = (theme: ThemeName): string => {
  const { block, chip } = themes[theme];
  const [panel, inset] = theme === "light" ? [chip, block] : [block, chip];
  return `--color-panel: ${panel}; --color-inset: ${inset}; color-scheme: ${theme};`;
};

const variables = (theme: ThemeName): string => `${cssVariables(theme)} ${surfaces(theme)}`;

/** The one style sheet that names colours: by the system's wish, unless one was chosen. */
export const themeStyle = (): string =>
  [
    `:root { ${variables("light")} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${variables("dark")} } }`,
    `:root[data-theme="dark"] { ${variables("dark")} }`,
  ].join("\n");
