/** An address by its bytes: 4 or 16 of them. */
export type IpAddress = readonly number[];

const decimal = /^\d{1,3}$/;
const group = /^[0-9a-f]{1,4}$/i;

const v4 = (text: string): IpAddress | null => {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => decimal.test(part) && Number(part) < 256)) {
    return null;
  }
  return parts.map(Number);
};

const groupBytes = (text: string): readonly number[] => {
  const value = Number.parseInt(text, 16);
  return [value >> 8, value & 255];
};

/** The groups of one side of a `::`; the last of an address may be written as IPv4. */
const sideBytes = (text: string): readonly number[] | null => {
  if (text === "") return [];
  const parts = text.split(":");
  const last = parts.at(-1) ?? "";
  const tail = last.includes(".") ? v4(last) : [];
  const groups = last.includes(".") ? parts.slice(0, -1) : parts;
  if (tail === null || !groups.every((part) => group.test(part))) return null;
  return [...groups.flatMap(groupBytes), ...tail];
};

const v6 = (text: string): IpAddress | null => {
  const sides = text.split("::");
  if (sides.length > 2) return null;
  const [head, tail] = [sideBytes(sides[0] ?? ""), sideBytes(sides[1] ?? "")];
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  if (sides.length === 1) return missing === 0 ? head : null;
  return missing >= 2 ? [...head, ...Array<number>(missing).fill(0), ...tail] : null;
};

/** Either family, in any spelling; a zone (`%eth0`) is no part of it. null: no address. */
export const ipAddress = (text: string): IpAddress | null => {
  const [bare = ""] = text.split("%");
  return bare.includes(":") ? v6(bare) : v4(bare);
};

/** An address with its prefix length in bits. */
export type Cidr = { readonly address: IpAddress; readonly prefix: number };

/** `172.30.0.0/24`, `fd00::/8`; host bits may be set. null: no prefix. */
export const cidr = (text: string): Cidr | null => {
  const [before = "", bits = "", ...more] = text.split("/");
  const address = ipAddress(before);
  if (address === null || more.length > 0 || !decimal.test(bits)) return null;
  const prefix = Number(bits);
  return prefix <= address.length * 8 ? { address, prefix } : null;
};

export const sameAddress = (a: IpAddress, b: IpAddress): boolean =>
  a.length === b.length && a.every((byte, nth) => byte === b[nth]);

/** false where the families differ. */
export const isWithin = (address: IpAddress, { address: net, prefix }: Cidr): boolean =>
  address.length === net.length &&
  address.every((byte, nth) => {
    const bits = Math.min(8, Math.max(0, prefix - nth * 8));
    const mask = (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((net[nth] ?? 0) & mask);
  });
