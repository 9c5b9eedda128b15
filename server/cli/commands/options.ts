import { parseArgs } from "node:util";
import { type Grouping, groupings, type Orientation, orientations } from "@/lib/graph/model";
import { type Locale, locales } from "@/lib/messages/keys";
import type { ThemeName } from "@/lib/render/theme";
import { type Preset, presets } from "@/lib/share/redact";
import { type Format, formatOf, formats } from "./formats";

export const commandNames = ["snapshot", "render", "pairs", "open", "collect-script"] as const;
export type CommandName = (typeof commandNames)[number];

/** null: as the file has it, or as it is by itself. */
export type Wanted = {
  readonly orientation: Orientation | null;
  readonly group: Grouping | null;
  readonly stopped: boolean | null;
  readonly redaction: Preset | null;
  readonly title: string | null;
  readonly alias: string | null;
};

export type Target = { readonly path: string; readonly format: Format };

export type Output = {
  /** Empty: one file of `format` beside, named after the host. `-`: standard output. */
  readonly targets: readonly Target[];
  readonly format: Format;
  readonly wanted: Wanted;
  readonly theme: ThemeName;
  readonly scale: number;
  readonly legend: boolean;
  readonly time: boolean;
  readonly json: boolean;
};

export type Reach = { readonly host: string; readonly hostKey: string | null };

export type Command =
  | { readonly kind: "help"; readonly of: CommandName | null }
  | { readonly kind: "version" }
  | ({ readonly kind: "snapshot" } & Reach & Output)
  | ({ readonly kind: "render"; readonly file: string } & Output)
  | {
      readonly kind: "pairs";
      readonly from:
        | ({ readonly kind: "host" } & Reach)
        | { readonly kind: "file"; readonly file: string };
      readonly redaction: Preset;
      readonly json: boolean;
    }
  | { readonly kind: "open"; readonly file: string; readonly base: string; readonly json: boolean }
  | { readonly kind: "collect-script" };

type Why =
  | { readonly what: "no-command" | "no-file" | "facts-redacted" | "one-stdout" }
  | {
      readonly what: "command" | "option" | "extra" | "format" | "valueless" | "valued";
      readonly text: string;
    }
  | {
      readonly what: "value";
      readonly option: string;
      readonly text: string;
      readonly known: string;
    };

/** What is wrong with what was typed. */
export type Misused = { readonly kind: "misused"; readonly why: Why };

/** Every option, and which commands take it; the help has to tell of each. */
export const options = {
  output: { type: "string", short: "o", multiple: true, of: ["snapshot", "render"] },
  format: { type: "string", of: ["snapshot", "render"] },
  view: { type: "string", of: ["snapshot", "render"] },
  group: { type: "string", of: ["snapshot", "render"] },
  stopped: { type: "boolean", of: ["snapshot", "render"] },
  theme: { type: "string", of: ["snapshot", "render"] },
  scale: { type: "string", of: ["snapshot", "render"] },
  title: { type: "string", of: ["snapshot", "render"] },
  alias: { type: "string", of: ["snapshot", "render"] },
  "no-legend": { type: "boolean", of: ["snapshot", "render"] },
  "no-time": { type: "boolean", of: ["snapshot", "render"] },
  redact: { type: "string", of: ["snapshot", "render", "pairs"] },
  "host-key": { type: "string", of: ["snapshot", "pairs"] },
  file: { type: "string", of: ["pairs"] },
  base: { type: "string", of: ["open"] },
  json: { type: "boolean", of: ["snapshot", "render", "pairs", "open"] },
  lang: { type: "string", of: commandNames },
  help: { type: "boolean", short: "h", of: commandNames },
  version: { type: "boolean", of: [] },
} as const satisfies Record<
  string,
  {
    readonly type: "string" | "boolean";
    readonly short?: string;
    readonly multiple?: true;
    readonly of: readonly CommandName[];
  }
>;

type OptionName = keyof typeof options;
type Given = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** What an option may say, where that is a choice. */
const choices = {
  format: formats,
  view: orientations,
  group: groupings,
  theme: ["light", "dark"],
  scale: ["1", "2", "4"],
  redact: presets,
} as const satisfies Partial<Record<OptionName, readonly string[]>>;
type ChoiceName = keyof typeof choices;
type Choice<Name extends ChoiceName> = (typeof choices)[Name][number];

const text = (given: Given, name: OptionName): string | null => {
  const value = given[name];
  return typeof value === "string" ? value : null;
};

const choice = <Name extends ChoiceName>(given: Given, name: Name): Choice<Name> | null => {
  const known: readonly Choice<Name>[] = choices[name];
  return known.find((each) => each === given[name]) ?? null;
};

const pathsIn = ({ output }: Given): readonly string[] =>
  Array.isArray(output) ? output.filter((path) => typeof path === "string") : [];

const targetsIn = (given: Given): readonly Target[] => {
  const forced = choice(given, "format");
  return pathsIn(given).flatMap((path) => {
    const format = forced ?? formatOf(path);
    return format === null ? [] : { path, format };
  });
};

/** Of what is written where no `-o` says where to. */
const formatWithout = (given: Given): Format => choice(given, "format") ?? "png";

const outputOf = (given: Given): Output => ({
  targets: targetsIn(given),
  format: formatWithout(given),
  wanted: {
    orientation: choice(given, "view"),
    group: choice(given, "group"),
    stopped: given["stopped"] === true ? true : null,
    redaction: choice(given, "redact"),
    title: text(given, "title"),
    alias: text(given, "alias"),
  },
  theme: choice(given, "theme") ?? "light",
  scale: Number(choice(given, "scale") ?? "2"),
  legend: given["no-legend"] !== true,
  time: given["no-time"] !== true,
  json: given["json"] === true,
});

const reachOf = (given: Given, [host = "local"]: readonly string[]): Reach => ({
  host,
  hostKey: text(given, "host-key"),
});

const pairsOf = (given: Given, rest: readonly string[]): Command => {
  const file = text(given, "file");
  return {
    kind: "pairs",
    from: file === null ? { kind: "host", ...reachOf(given, rest) } : { kind: "file", file },
    redaction: choice(given, "redact") ?? "none",
    json: given["json"] === true,
  };
};

const usualBase = "http://127.0.0.1:4780";

const made: Readonly<Record<CommandName, (given: Given, rest: readonly string[]) => Command>> = {
  snapshot: (given, rest) => ({ kind: "snapshot", ...reachOf(given, rest), ...outputOf(given) }),
  render: (given, [file = ""]) => ({ kind: "render", file, ...outputOf(given) }),
  pairs: pairsOf,
  open: (given, [file = ""]) => ({
    kind: "open",
    file,
    base: text(given, "base") ?? usualBase,
    json: given["json"] === true,
  }),
  "collect-script": () => ({ kind: "collect-script" }),
};

/** How many words a command takes behind its name. */
const takesWords: Readonly<Record<CommandName, readonly [least: number, most: number]>> = {
  snapshot: [0, 1],
  render: [1, 1],
  pairs: [0, 1],
  open: [1, 1],
  "collect-script": [0, 0],
};

const wrongWords = (name: CommandName, given: Given, rest: readonly string[]): Why | null => {
  const [least, most] = takesWords[name];
  const extra = rest[text(given, "file") === null ? most : 0];
  if (extra !== undefined) return { what: "extra", text: extra };
  return rest.length < least ? { what: "no-file" } : null;
};

const wrongValue = (given: Given): Why | null => {
  for (const [name, known] of Object.entries(choices)) {
    const said = text(given, name as ChoiceName);
    if (said !== null && !(known as readonly string[]).includes(said))
      return { what: "value", option: `--${name}`, text: said, known: known.join(", ") };
  }
  return null;
};

const wrongTarget = (given: Given): Why | null => {
  const targets = targetsIn(given);
  const odd = pathsIn(given).find((path) => !targets.some((target) => target.path === path));
  if (odd !== undefined) return { what: "format", text: odd };
  const redacts = !["none", null].includes(choice(given, "redact"));
  const written =
    targets.length === 0 ? [formatWithout(given)] : targets.map((each) => each.format);
  return redacts && written.includes("facts.json") ? { what: "facts-redacted" } : null;
};

/** Two things on standard output are neither. */
const wrongStdout = (given: Given): Why | null => {
  const there = pathsIn(given).filter((path) => path === "-").length;
  return there + (given["json"] === true ? 1 : 0) > 1 && there > 0 ? { what: "one-stdout" } : null;
};

/** A title alone may be empty: then there is none. */
const emptyValue = (given: Given): Why | null => {
  const empty = Object.keys(given).find(
    (name) => name !== "title" && [given[name]].flat().includes(""),
  );
  return empty === undefined ? null : { what: "valueless", text: `--${empty}` };
};

const foreign = (name: CommandName, given: Given): Why | null => {
  const option = Object.keys(given).find((each) => !takes(name, each as OptionName));
  return option === undefined ? null : { what: "option", text: `--${option}` };
};

const parsed = (argv: readonly string[]) => {
  const known = Object.fromEntries(
    Object.entries(options).map(([name, { of: _, ...option }]) => [name, option]),
  );
  try {
    return parseArgs({ args: [...argv], options: known, allowPositionals: true });
  } catch {
    return null;
  }
};

/** The word that node:util did not take. */
const strange = (argv: readonly string[]): string =>
  argv.find((word, at) => word.startsWith("-") && parsed(argv.slice(0, at + 2)) === null) ??
  argv.at(-1) ??
  "";

const optionCalled = (word: string) =>
  Object.entries(options).find(
    ([name, option]) => word === `--${name}` || ("short" in option && word === `-${option.short}`),
  )?.[1];

/** Why it did not: an option that it knows lacks its value, or has one too many. */
const whyStrange = (argv: readonly string[]): Why => {
  const word = strange(argv);
  const [text = ""] = word.split("=", 1);
  const known = optionCalled(text);
  if (known === undefined) return { what: "option", text: word };
  return { what: known.type === "string" ? "valueless" : "valued", text };
};

const misused = (why: Why): Misused => ({ kind: "misused", why });

const commandCalled = (word: string | undefined): CommandName | null =>
  commandNames.find((each) => each === word) ?? null;

/** What was typed behind `vethscope`. */
export function readCommand(argv: readonly string[]): Command | Misused {
  const typed = parsed(argv);
  if (typed === null) return misused(whyStrange(argv));
  const given: Given = typed.values;
  const [word, ...rest] = typed.positionals;
  const name = commandCalled(word);
  if (given["help"] === true) return { kind: "help", of: name };
  if (word === "help") return { kind: "help", of: commandCalled(rest[0]) };
  if (word === "version" || given["version"] === true) return { kind: "version" };
  if (name === null) {
    return misused(word === undefined ? { what: "no-command" } : { what: "command", text: word });
  }
  const wrong =
    foreign(name, given) ??
    emptyValue(given) ??
    wrongWords(name, given, rest) ??
    wrongValue(given) ??
    wrongTarget(given) ??
    wrongStdout(given);
  return wrong === null ? made[name](given, rest) : misused(wrong);
}

/** Whether a command knows an option. */
export const takes = (command: CommandName, option: OptionName): boolean =>
  (options[option].of as readonly CommandName[]).includes(command);

/** `--lang`, wherever it stands: it has to be known before anything is said. */
export const langIn = (argv: readonly string[]): Locale | null => {
  const at = argv.findIndex((word) => word === "--lang" || word.startsWith("--lang="));
  const value = at < 0 ? undefined : (/^--lang=(.*)$/.exec(argv[at] ?? "")?.[1] ?? argv[at + 1]);
  if (value === undefined) return null;
  return /^zh\b/i.test(value) ? "zh-CN" : (locales.find((each) => each === value) ?? null);
};
