import type { Role } from "@/lib/scene/model";

export type ThemeName = "light" | "dark";
export type Theme = Readonly<Record<Role, string>>;

/**
 * Every colour of the product. Hue is identity of a network, green, amber and red are state, violet
 * is selection and nothing else. The hues differ in lightness too, for those who see fewer of them.
 */
export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    canvas: "#fbfbfc",
    block: "#f1f2f4",
    chip: "#ffffff",
    border: "#d3d5db",
    line: "#868a94",
    ink: "#17181c",
    "ink-soft": "#595c66",
    up: "#15803d",
    down: "#c0341d",
    "port-open": "#a14a00",
    resting: "#a14a00",
    problem: "#c11a2c",
    accent: "#6d28d9",
    "accent-fill": "#ede7fd",
    match: "#17181c",
    added: "#15803d",
    removed: "#c11a2c",
    changed: "#a14a00",
    "hue-0": "#0069a8",
    "hue-1": "#00805a",
    "hue-2": "#bf4f00",
    "hue-3": "#b23a78",
    "hue-4": "#2b8ab8",
    "hue-5": "#8f6b00",
    "hue-6": "#274472",
    "hue-7": "#6e3018",
  },
  dark: {
    canvas: "#0c0d10",
    block: "#17191e",
    chip: "#20232a",
    border: "#383c46",
    line: "#7d828e",
    ink: "#f2f3f5",
    "ink-soft": "#a9adb8",
    up: "#4ade80",
    down: "#ff8a70",
    "port-open": "#fbb43c",
    resting: "#fbb43c",
    problem: "#ff7b86",
    accent: "#a98bff",
    "accent-fill": "#2c1d57",
    match: "#f2f3f5",
    added: "#4ade80",
    removed: "#ff7b86",
    changed: "#fbb43c",
    "hue-0": "#58b6f0",
    "hue-1": "#2fd3a0",
    "hue-2": "#ff8f45",
    "hue-3": "#f387bd",
    "hue-4": "#3f8fd0",
    "hue-5": "#e3c136",
    "hue-6": "#b4c3d9",
    "hue-7": "#c79a80",
  },
};

// No web fonts: many hosts are read where no other host can be reached.
export const fonts = {
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono", monospace',
} as const;

/** The theme as custom properties (`--color-ink: #…; …`), for the page that shows the picture. */
export const cssVariables = (theme: ThemeName): string =>
  [
    ...Object.entries(themes[theme]).map(([role, colour]) => `--color-${role}: ${colour};`),
    `--font-sans: ${fonts.sans};`,
    `--font-mono: ${fonts.mono};`,
  ].join(" ");
