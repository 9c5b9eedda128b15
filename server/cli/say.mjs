/**
 * The catalogue's words for the command line's plain JavaScript, which runs before anything is
 * installed: only `{name}` arguments, no ICU. Language: {@link terminalLocale}.
 */
import { readFileSync } from "node:fs";

/**
 * LC_ALL outranks LC_MESSAGES outranks LANG (POSIX); `zh_CN.UTF-8`, `zh` → zh-CN, all others → en.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {"en" | "zh-CN"}
 */
export function terminalLocale(env) {
  const language = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((each) => each) ?? "";
  return /^zh\b|^zh_/i.test(language) ? "zh-CN" : "en";
}

const catalogue = () =>
  JSON.parse(
    readFileSync(
      new URL(`../../lib/messages/${terminalLocale(process.env)}.json`, import.meta.url),
      "utf8",
    ),
  );

/**
 * @param {string} key dotted path into the catalogue
 * @param {Readonly<Record<string, string | number>>} [values]
 * @returns {string}
 */
export function say(key, values = {}) {
  const text = key.split(".").reduce((node, name) => node?.[name], catalogue()) ?? key;
  return text.replace(/\{(\w+)\}/g, (argument, name) => String(values[name] ?? argument));
}
