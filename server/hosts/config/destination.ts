import { isIPv6 } from "node:net";

/** What a person writes behind `ssh`, read strictly. No part of it is ever given to a shell. */
export type Destination = {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** As written; `~` is not replaced yet. */
  readonly identityFiles: readonly string[];
  /** `-J`, as written: `user@host:port`, separated by commas. null: directly, whatever the configuration says. */
  readonly jump?: string | null;
};

export type ReadDestination =
  | { readonly status: "read"; readonly destination: Destination }
  /** `part`: what was not understood. */
  | { readonly status: "unreadable"; readonly part: string };

const longest = 1024;
/** Not beginning with a dash: no name can be mistaken for an option. */
const userForm = /^[\p{L}\p{N}_.][\p{L}\p{N}_.@+$\\-]{0,127}$/u;
const hostForm = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,252})$/u;
const addressForm = /^[0-9a-f:.]+(?:%[\w.-]{1,32})?$/i;

/** A password in a URL is not understood, and not repeated either. */
const unreadable = (part: string): ReadDestination => ({
  status: "unreadable",
  part: part.slice(0, 80).replace(/^(\w+:\/\/[^:/]*):.*@/, "$1:…@"),
});

const portNumber = (text: string): number | null => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
};

const isHost = (host: string): boolean =>
  hostForm.test(host) || (addressForm.test(host) && isIPv6(host.split("%", 1)[0] ?? ""));

type Place = { readonly user?: string; readonly host: string; readonly port?: number };

/** `user@host`, `user@host:port`, `[address]:port`; null: not of this form. */
const readPlace = (text: string): Place | null => {
  const at = text.lastIndexOf("@");
  const user = at < 0 ? undefined : text.slice(0, at);
  const rest = text.slice(at + 1);
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain ?? rest;
  const port = digits === undefined ? undefined : portNumber(digits);
  if (port === null || !isHost(host) || (user !== undefined && !userForm.test(user))) return null;
  return { host, ...(user !== undefined && { user }), ...(port !== undefined && { port }) };
};

/** `ssh://user@host:port`; a password in it is refused: it would stand in files and process lists. */
const readUrl = (text: string): Place | null => {
  const [, rest] = /^ssh:\/\/([^/?#]+)\/?$/i.exec(text) ?? [];
  if (rest === undefined) return null;
  try {
    return readPlace(decodeURIComponent(rest));
  } catch {
    return null;
  }
};

/** Of what is said twice the first counts, as in ssh. */
type Options = {
  host: string | null;
  port?: number | undefined;
  user?: string | undefined;
  jump?: string | null;
  readonly identityFiles: string[];
};

/** `-p 22` and `-p22` alike. */
const setOption = (options: Options, letter: string, value: string | undefined): boolean => {
  if (value === undefined) return false;
  switch (letter) {
    case "p": {
      const port = portNumber(value);
      if (port !== null) options.port ??= port;
      return port !== null;
    }
    case "l":
      options.user ??= value;
      return userForm.test(value);
    case "i":
      options.identityFiles.push(value);
      return true;
    case "J":
      if (value === "none") {
        options.jump = null;
        return true;
      }
      options.jump ??= value;
      return value.split(",").every((hop) => readAddress(hop) !== null);
    default:
      return false;
  }
};

/** `user@host -p 22`, `ssh://user@host:22`, a name of ~/.ssh/config; `-l`, `-i`, `-J` and a leading `ssh` too. */
export const readDestination = (text: string): ReadDestination => {
  if (text.length > longest) return unreadable(text);
  const words = text.trim().split(/\s+/);
  if (words[0] === "ssh" && words.length > 1) words.shift();
  const options: Options = { host: null, identityFiles: [] };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, letter, joined] = /^-([A-Za-z])(.*)$/.exec(word) ?? [];
    const read =
      letter === undefined
        ? setPlace(options, word)
        : setOption(options, letter, joined || words.shift());
    if (!read) return unreadable(word);
  }
  return options.host === null
    ? unreadable(text)
    : { status: "read", destination: made(options.host, options) };
};

const setPlace = (options: Options, word: string): boolean => {
  const place = readAddress(word);
  if (place === null || options.host !== null) return false;
  options.host = place.host;
  options.user ??= place.user;
  options.port ??= place.port;
  return true;
};

export const readAddress = (word: string): Place | null =>
  word.includes("://") ? readUrl(word) : readPlace(word);

const made = (host: string, { user, port, jump, identityFiles }: Options): Destination => ({
  host,
  identityFiles,
  ...(user !== undefined && { user }),
  ...(port !== undefined && { port }),
  ...(jump !== undefined && { jump }),
});
