export const themeChoices = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** What a cookie says, or `system`. */
export const readThemeChoice = (text: string | undefined): ThemeChoice =>
  themeChoices.find((choice) => choice === text) ?? "system";
