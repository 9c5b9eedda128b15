/** A word, a string in quotes (without them), or a sign. */
export type Token = { readonly of: "word" | "string" | "sign"; readonly text: string };

const piece = /\s+|"([^"]*)"|(<<|>>|[!=<>]=|[{}(),;|&^=<>!]|:(?=\s|$))|([^\s"{}(),;|&^=<>!]+)/gy;

/** nft has no escapes in strings. null: a quote stays open, or a character that no token begins with. */
export function cutNft(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let end = 0;
  for (const found of text.matchAll(piece)) {
    end = found.index + found[0].length;
    const [, string, sign, word] = found;
    if (string !== undefined) tokens.push({ of: "string", text: string });
    else if (sign !== undefined) tokens.push({ of: "sign", text: sign });
    else if (word !== undefined) tokens.push({ of: "word", text: word });
  }
  return end === text.length ? tokens : null;
}

/** As it was cut. */
const tokenText = ({ of, text }: Token): string => (of === "string" ? `"${text}"` : text);

/** Goes through tokens; `take` and its like go on only where they find what is asked for. */
export type Cursor = {
  readonly peek: (ahead?: number) => Token | undefined;
  readonly next: () => Token | undefined;
  /** The next one, if it is this word or sign. */
  readonly take: (text: string) => boolean;
  readonly word: () => string | null;
  readonly place: () => number;
  readonly goTo: (place: number) => void;
  readonly since: (place: number) => string;
  readonly left: () => number;
};

export function cursorOf(tokens: readonly Token[]): Cursor {
  let at = 0;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const next = (): Token | undefined => {
    const token = tokens[at];
    if (token !== undefined) at += 1;
    return token;
  };
  return {
    peek,
    next,
    take: (text) => {
      const found = peek();
      if (found === undefined || found.of === "string" || found.text !== text) return false;
      at += 1;
      return true;
    },
    word: () => (peek()?.of === "word" ? (next()?.text ?? null) : null),
    place: () => at,
    goTo: (place) => {
      at = place;
    },
    since: (place) => tokens.slice(place, at).map(tokenText).join(" "),
    left: () => tokens.length - at,
  };
}
