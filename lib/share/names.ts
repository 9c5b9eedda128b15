import { isCommonInterface } from "./kernel-names";

/** New names by what a thing is: `ctr-1`, `network-2`. Asked twice for one, it answers the same. */
export type Pseudonyms = {
  readonly name: (kind: string, text: string) => string;
  /** An engine's id, of the same length: its first twelve digits stand for all of it. */
  readonly engineId: (text: string) => string;
  readonly inode: (inode: number) => number;
  readonly interface: (text: string) => string;
};

/** `docker ps` prints this much of an id, and bridges are named by it. */
const shortId = 12;
const idLike = /^[0-9a-z]{12,128}$/;
const bridgeOfNetwork = /^br-([0-9a-f]{12})$/;
const withVlan = /^(.+)([.]\d{1,4})$/;

export function pseudonyms(): Pseudonyms {
  const numbers = new Map<string, Map<string, number>>();
  const numberOf = (kind: string, text: string): number => {
    const known = numbers.get(kind) ?? new Map<string, number>();
    numbers.set(kind, known);
    const number = known.get(text) ?? known.size + 1;
    known.set(text, number);
    return number;
  };
  const name = (kind: string, text: string): string => `${kind}-${numberOf(kind, text)}`;
  const digits = (id: string): string =>
    numberOf("id", id.slice(0, shortId)).toString(16).padStart(shortId, "0");
  const interfaceName = (text: string): string => {
    if (isCommonInterface(text)) return text;
    const [, id] = bridgeOfNetwork.exec(text) ?? [];
    if (id !== undefined) return `br-${digits(id)}`;
    const [, lower, vlan] = withVlan.exec(text) ?? [];
    return lower === undefined ? name("if", text) : `${interfaceName(lower)}${vlan}`;
  };
  return {
    name,
    engineId: (id) => (idLike.test(id) ? digits(id).padEnd(id.length, "0") : name("ctr", id)),
    inode: (inode) => numberOf("inode", `${inode}`),
    interface: interfaceName,
  };
}
