import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { endText } from "./port-text";

const form = /^port:([a-z0-9]+)\/([0-9a-f.:]+)\/(\d+)(?:-(\d+))?\//;

/** A port of the host by its key, or NAT, for those who hear the page. null: it is neither. */
export function portSaid(words: Words, key: Key): string | null {
  if (key.startsWith("nat:")) return words("ports.nat.kind");
  const found = form.exec(key);
  if (found === null) return null;
  const [, protocol = "", address = "", port = "", last = port] = found;
  const end = endText(address, Number(port), Number(last));
  return words("ports.said", { protocol, end });
}
