/** A line of `ss -lntup`, as the lines of /proc that say the same. */
type SocketLines = {
  readonly socket: string;
  readonly holders: string;
  /** Of the processes that hold it. */
  readonly comm: string;
};

const hex = (value: number, digits: number): string =>
  value.toString(16).toUpperCase().padStart(digits, "0");

/** Words of 32 bits, low byte first, as an x86 prints them. */
const wordsOf = (bytes: readonly number[]): string =>
  Array.from({ length: bytes.length / 4 }, (_, word) =>
    bytes
      .slice(4 * word, 4 * word + 4)
      .toReversed()
      .map((byte) => hex(byte, 2))
      .join(""),
  ).join("");

function addressHex(address: string): string | null {
  if (address === "[::]" || address === "*") return wordsOf(Array(16).fill(0));
  if (address === "[::1]") return wordsOf([...Array(15).fill(0), 1]);
  const bytes = address.split(".").map(Number);
  return bytes.length === 4 && bytes.every((byte) => byte >= 0 && byte < 256)
    ? wordsOf(bytes)
    : null;
}

const line =
  /^(tcp|udp)\s+(?:LISTEN|UNCONN)\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+(?:\s+users:\((.*)\))?\s*$/;

/** null: no socket that listens, or an address that is written in another way than all of the captures'. */
export function ssLine(text: string, inode: number): SocketLines | null {
  const [, protocol, address = "", port = "", users = ""] = line.exec(text) ?? [];
  const local = addressHex(address);
  if (protocol === undefined || local === null) return null;
  const file = `${protocol}${local.length === 32 ? "6" : ""}`;
  const state = protocol === "tcp" ? "0A" : "07";
  const held = [...users.matchAll(/\("([^"]*)",pid=(\d+),fd=\d+\)/g)];
  return {
    socket: `/proc/1/net/${file} ${local}:${hex(Number(port), 4)} ${state} 0 ${inode}\n`,
    holders: held.map(([, , pid]) => `/proc/${pid}/fd socket:[${inode}]\n`).join(""),
    comm: held.map(([, name, pid]) => `/proc/${pid}/comm:${name}\n`).join(""),
  };
}

export const listeningLines = (lines: readonly SocketLines[]): string =>
  [
    "/proc/1/net/tcp\n",
    ...lines.map(({ socket }) => socket),
    ...lines.map(({ holders }) => holders),
  ].join("");
