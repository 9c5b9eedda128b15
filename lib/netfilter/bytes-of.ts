import { type IpAddress, ipAddress } from "@/lib/net/ip-address";

const known = new Map<string, IpAddress | null>();
/** What a host prints is of any length and number; a few thousand addresses are asked about again and again. */
const atMost = { kept: 20_000, length: 64 };

/** `ipAddress`, remembered: the same few addresses are compared with every rule. null: no address. */
export function bytesOf(text: string): IpAddress | null {
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = ipAddress(text);
  if (text.length > atMost.length) return made;
  if (known.size >= atMost.kept) known.clear();
  known.set(text, made);
  return made;
}

const spellings = new WeakMap<IpAddress, string>();

/** One spelling for each address; null: no address. */
export function spelt(text: string): string | null {
  const bytes = bytesOf(text);
  if (bytes === null) return null;
  const found = spellings.get(bytes);
  if (found !== undefined) return found;
  const made = bytes.join(".");
  spellings.set(bytes, made);
  return made;
}
