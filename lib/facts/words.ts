import type { Answer, Evidence, HostFacts } from "./model";

/** What a person needs to check one reference: the very command, where it ran, and what it printed there. */
export type Quote = {
  readonly answer: Pick<Answer, "id" | "netns" | "entered" | "asked" | "at">;
  /** The line, or the JSON element cut down to the fields that matter; null: the reference leads nowhere. */
  readonly text: string | null;
};

/** What of a JSON element says how a thing is wired or named. The whole answer is in the facts file. */
const telling = new Set([
  "ifindex",
  "link_index",
  "link",
  "ifname",
  "link_netnsid",
  "master",
  "address",
  "nsid",
  "name",
  "mac",
  "dst",
  "state",
  "flags",
  "mtu",
  "operstate",
  "local",
  "prefixlen",
  "Id",
  "Name",
  "Names",
  "State",
  "NetworkMode",
  "Subnet",
  "Gateway",
  "IPAddress",
  "MacAddress",
  // Of nft's rules, chains, sets and maps.
  "family",
  "table",
  "chain",
  "handle",
  "comment",
  "expr",
  "type",
  "hook",
  "prio",
  "policy",
  "map",
  "elem",
]);

const walk = (json: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (node, step) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, step)
        ? (node as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    json,
  );

/** `{"ifindex":7,"link_index":2,"ifname":"veth5979c6f","link_netnsid":1, …}`: in the order of the answer. */
function inShort(element: unknown): string {
  if (typeof element !== "object" || element === null) return JSON.stringify(element);
  const fields = Object.entries(element);
  const kept = fields.filter(([name]) => telling.has(name));
  const body = kept.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...body, ...(kept.length < fields.length ? [" …"] : [])].join(",")}}`;
}

function textAt(stdout: string, at: Evidence["at"]): string | null {
  if ("line" in at) return stdout.split("\n")[at.line] ?? null;
  try {
    const element = walk(JSON.parse(stdout), at.path);
    return element === undefined ? null : inShort(element);
  } catch {
    return null;
  }
}

/** The words behind a reference; null: these facts hold no such answer. */
export function quote(facts: HostFacts, evidence: Evidence): Quote | null {
  const answer = facts.answers.find((each) => each.id === evidence.answer);
  if (answer === undefined) return null;
  const { id, netns, entered, asked, at } = answer;
  return { answer: { id, netns, entered, asked, at }, text: textAt(answer.stdout, evidence.at) };
}
