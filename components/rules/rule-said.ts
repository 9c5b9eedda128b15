import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";

/** `rule:BACKEND/FAMILY/TABLE/CHAIN/TEXT`; a second one of the same text ends in `~2`. */
const form = /^rule:([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\/(.*?)(?:~\d+)?$/s;

/**
 * A rule by its key, for those who hear the page: where it stands, and its text as its own tool prints it.
 * null: it is no rule's key.
 */
export function ruleSaid(words: Words, key: Key): string | null {
  const found = form.exec(key);
  if (found === null) return null;
  const [, backend = "", family = "", table = "", chain = "", text = ""] = found;
  return words("rules.said", {
    table: `${backend} ${family} ${visible(table)}`,
    chain: visible(chain),
    text: visible(text),
  });
}
