import { createTranslator } from "use-intl/core";
import en from "./en.json" with { type: "json" };
import type { Locale, MessageKey } from "./keys";
import zh from "./zh-CN.json" with { type: "json" };

/** Says a message in the reader's language; `values` fill its ICU arguments. */
export type Words = (
  message: MessageKey,
  values?: Readonly<Record<string, string | number>>,
) => string;

const catalogues = { en, "zh-CN": zh };

/** The words of one language, outside React (graph, render, server, command line). */
export const wordsIn = (locale: Locale): Words => {
  const translate = createTranslator({ locale, messages: catalogues[locale] });
  return (message, values) => translate(message as never, values as never);
};
