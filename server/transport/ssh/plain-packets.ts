import { randomBytes } from "node:crypto";
import { fieldsOf } from "./ssh-fields";

/** What crosses an SSH connection before anything is encrypted (RFC 4253, sections 4.2 and 6). */
export type FromServer =
  | { readonly kind: "greeting"; readonly version: string }
  | { readonly kind: "message"; readonly type: number; readonly payload: Buffer }
  /** It does not speak SSH, or says too much. */
  | { readonly kind: "garbage"; readonly words: string };

const newline = 0x0a;
/** A greeting, algorithms and a certificate are a few kB. */
const longestLine = 8192;
const longestPacket = 64 * 1024;
const mostBytes = 128 * 1024;

type Cut = { readonly found: FromServer | null; readonly rest: Buffer };

function cutLine(waiting: Buffer): Cut | null {
  const end = waiting.indexOf(newline);
  if (end < 0 && waiting.length <= longestLine) return null;
  const line = waiting.subarray(0, end < 0 ? longestLine : end).toString("latin1");
  const rest = waiting.subarray(end + 1);
  if (end < 0 || end > longestLine || line.startsWith("HTTP/"))
    return { found: { kind: "garbage", words: "no SSH greeting" }, rest };
  // Servers may say something first.
  if (!line.startsWith("SSH-")) return { found: null, rest };
  return /^SSH-(?:2\.0|1\.99)-/.test(line)
    ? { found: { kind: "greeting", version: line.trimEnd() }, rest }
    : { found: { kind: "garbage", words: "no SSH 2" }, rest };
}

const lengthBytes = 4;

function cutPacket(waiting: Buffer): Cut | null {
  if (waiting.length < lengthBytes) return null;
  const length = waiting.readUInt32BE();
  if (length > longestPacket)
    return { found: { kind: "garbage", words: "a packet too long" }, rest: waiting };
  if (waiting.length < lengthBytes + length) return null;
  const rest = waiting.subarray(lengthBytes + length);
  try {
    const fields = fieldsOf(waiting.subarray(lengthBytes, lengthBytes + length));
    const padding = fields.byte();
    const type = fields.byte();
    const payload = waiting.subarray(lengthBytes + 2, lengthBytes + length - padding);
    return { found: { kind: "message", type, payload }, rest };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { found: { kind: "garbage", words: "an empty packet" }, rest };
  }
}

type Taken = { readonly found: readonly FromServer[]; readonly rest: Buffer };

/** All that is whole of what waits; after the greeting come packets, after garbage nothing. */
function takeWhole(waiting: Buffer, greeted: boolean): Taken {
  const found: FromServer[] = [];
  let rest = waiting;
  const next = (): Cut | null => (greeted || found.length > 0 ? cutPacket(rest) : cutLine(rest));
  for (let cut = next(); cut !== null; cut = next()) {
    rest = cut.rest;
    if (cut.found !== null) found.push(cut.found);
    if (cut.found?.kind === "garbage") break;
  }
  return { found, rest };
}

/** Takes the bytes as they come and returns what is whole by now. Bounded, whatever is sent. */
export function plainPackets(): (chunk: Buffer) => readonly FromServer[] {
  let waiting: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let greeted = false;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes > mostBytes) return [{ kind: "garbage", words: "too many bytes" }];
    const { found, rest } = takeWhole(Buffer.concat([waiting, chunk]), greeted);
    waiting = rest;
    greeted ||= found.length > 0;
    return found;
  };
}

const blockBytes = 8;
const leastPadding = 4;

/** A payload as a packet; unencrypted ones are padded to eight bytes. */
export function packetOf(payload: Buffer): Buffer {
  const head = lengthBytes + 1;
  const over = (head + payload.length + leastPadding) % blockBytes;
  const padding = leastPadding + (over === 0 ? 0 : blockBytes - over);
  const packet = Buffer.alloc(head);
  packet.writeUInt32BE(1 + payload.length + padding);
  packet.writeUInt8(padding, lengthBytes);
  return Buffer.concat([packet, payload, randomBytes(padding)]);
}
