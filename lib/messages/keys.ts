import type en from "./en.json";

type Leaves<Node, Prefix extends string = ""> = {
  [Name in keyof Node & string]: Node[Name] extends string
    ? `${Prefix}${Name}`
    : Leaves<Node[Name], `${Prefix}${Name}.`>;
}[keyof Node & string];

/** Every message there is, as a dotted path into en.json. A key that is missing there does not compile. */
export type MessageKey = Leaves<typeof en>;

export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];
