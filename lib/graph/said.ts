import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";

/** A sentence that is made when somebody wants to hear it: of 3,000 rows a screen reader is given nine. */
export type Said =
  | string
  | {
      readonly message: MessageKey;
      readonly values: Readonly<Record<string, Said>>;
    };

/** In the reader's language. */
export const say = (words: Words, said: Said): string =>
  typeof said === "string"
    ? said
    : words(
        said.message,
        Object.fromEntries(
          Object.entries(said.values).map(([name, value]) => [name, say(words, value)]),
        ),
      );
