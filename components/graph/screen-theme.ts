import { useMemo } from "react";
import { forcedTheme } from "@/components/ui/forced-theme";
import { useMedia } from "@/components/ui/media";
import { type Theme, type ThemeName, themes } from "@/lib/render/theme";

/** A canvas painter knows no system colours by name: asked of the page, they are rgb(). */
const asPainted = (named: Theme): Theme => {
  const probe = document.createElement("span");
  document.body.append(probe);
  const seen = Object.entries(named).map(([role, colour]) => {
    probe.style.color = colour;
    return [role, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(seen) as Theme;
};

/** The colours of the picture on this screen: the theme's, or the reader's own where the system forces them. */
export const useScreenTheme = (name: ThemeName): Theme => {
  const forced = useMedia("(forced-colors: active)");
  // Another palette may be forced by night than by day.
  const night = useMedia("(prefers-color-scheme: dark)");
  // biome-ignore lint/correctness/useExhaustiveDependencies: system colours change with it
  return useMemo(() => (forced ? asPainted(forcedTheme) : themes[name]), [forced, night, name]);
};
