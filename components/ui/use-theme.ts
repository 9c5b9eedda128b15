"use client";

import { useEffect, useState } from "react";
import type { ThemeName } from "@/lib/render/theme";
import { remember } from "./cookie";
import { useMedia } from "./media";
import type { ThemeChoice } from "./theme-choice";

/** What was chosen, what that comes to now, and how to choose another. The choice is kept in a cookie. */
export const useTheme = (initial: ThemeChoice) => {
  const [choice, setChoice] = useState(initial);
  const systemIsDark = useMedia("(prefers-color-scheme: dark)");
  useEffect(() => {
    if (choice === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = choice;
  }, [choice]);
  const choose = (chosen: ThemeChoice) => {
    remember("vethscope-theme", chosen);
    setChoice(chosen);
  };
  const wanted: ThemeName = systemIsDark ? "dark" : "light";
  const theme = choice === "system" ? wanted : choice;
  return { choice, theme, choose };
};
