/** Reads the data types of RFC 4251, section 5, one after the other; past the end everything throws RangeError. */
export type Fields = {
  readonly byte: () => number;
  readonly uint32: () => number;
  readonly uint64: () => bigint;
  /** A string, or an mpint as it stands. */
  readonly bytes: () => Buffer;
  /** latin1: every byte stays one character, so that nothing is lost of what is compared. */
  readonly text: () => string;
  readonly skip: (length: number) => void;
  readonly at: () => number;
  readonly ended: () => boolean;
};

const lengthBytes = 4;
const longBytes = 8;

export function fieldsOf(blob: Buffer): Fields {
  let at = 0;
  const take = (length: number): Buffer => {
    if (length > blob.length - at) throw new RangeError("a field ends behind its message");
    at += length;
    return blob.subarray(at - length, at);
  };
  const uint32 = (): number => take(lengthBytes).readUInt32BE();
  const bytes = (): Buffer => take(uint32());
  return {
    byte: () => take(1).readUInt8(),
    uint32,
    uint64: () => take(longBytes).readBigUInt64BE(),
    bytes,
    text: () => bytes().toString("latin1"),
    skip: (length) => void take(length),
    at: () => at,
    ended: () => at === blob.length,
  };
}

/** Every string of a list that is packed into one field. */
export function packedTexts(packed: Buffer): readonly string[] {
  const fields = fieldsOf(packed);
  const texts: string[] = [];
  while (!fields.ended()) texts.push(fields.text());
  return texts;
}

/** A string with its length before it. */
export function stringField(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
