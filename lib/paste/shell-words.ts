/** A word of a command as it was typed, its quotes still around it. */
const piece =
  /(?:"(?:\$\([^)]*\)|[^"])*"|'[^']*'|\$\((?:[^()"']|'[^']*'|"[^"]*"|\([^()]*\))*\)|`[^`]*`|\S)+/g;

/** Without the quotes around the whole of it. */
export const unquoted = (word: string): string => word.replace(/^(["'])(.*)\1$/, "$2");

/** What variables of a paste's shells were set to, word by word. */
export type Variables = ReadonlyMap<string, string>;

export const noVariables: Variables = new Map();

const variable = /\$(?:\{(\w+)\}|(\w+))/g;

/** A word with the values of the variables in it that are known. */
export const withValues = (word: string, variables: Variables): string =>
  word.length > 200
    ? word
    : word.replace(variable, (whole, braced, plain) => variables.get(braced ?? plain) ?? whole);

/** The words of a command, without quotes. A comment may follow; what is piped into another command is still about the same thing. */
export function wordsOf(command: string): readonly string[] {
  const typed = [...command.matchAll(piece)].flatMap(([word]) =>
    word.length > 1 && word.endsWith(";") ? [word.slice(0, -1), ";"] : [word],
  );
  const end = typed.findIndex((word) => /^[#|](?!\|)/.test(word));
  return typed.slice(0, end < 0 ? undefined : end).map(unquoted);
}

/** The command whose output stands for a word: `$(docker ps -q)`; null: the word stands for itself. */
export function substituted(word: string): string | null {
  const [, inner, old] = /^(?:\$\((.*)\)|`(.*)`)$/.exec(word) ?? [];
  return inner ?? old ?? null;
}
