import type { Key, NetnsId } from "@/lib/net/ids";
import type { Firewall, Table } from "@/lib/topology/firewall/model";
import { ruleText } from "@/lib/topology/firewall/print-rule";
import { ruleKeys } from "@/lib/topology/firewall/rule-keys";
import type { Listening, Socket } from "@/lib/topology/listening";
import type { Topology } from "@/lib/topology/model";
import { keyring } from "@/lib/topology/naming";
import type { Ruling } from "@/lib/topology/ruling";

/** Keys of rules hold their text: made of what it is now, as lib/topology/firewall makes them. */
const tableWithKeys = (table: Table): Table => ({
  ...table,
  chains: table.chains.map((chain) => {
    const keyOf = ruleKeys(table.backend, table.family, table.name, chain.name);
    return {
      ...chain,
      rules: chain.rules.map((rule) => ({ ...rule, key: keyOf(ruleText(table.backend, rule)) })),
    };
  }),
});

const firewallWithKeys = (firewall: Firewall): Firewall =>
  firewall.status === "read"
    ? { ...firewall, tables: firewall.tables.map(tableWithKeys) }
    : firewall;

/** As lib/topology/build-listening makes them: by what the namespace is called in its own key. */
function listeningWithKeys(listening: Listening, { namespaces }: Topology): Listening {
  const { sockets } = listening;
  if (sockets.status !== "read") return listening;
  const owners = new Map<NetnsId, string>(
    namespaces.map(({ id, key }) => [id, key.replace(/^netns:/, "")]),
  );
  const ring = keyring();
  const keyed = (socket: Socket): Socket => {
    const { netns, protocol, address, port } = socket;
    return {
      ...socket,
      key: ring(`socket:${owners.get(netns) ?? "ns"}/${protocol}/${address}/${port}`),
    };
  };
  return { ...listening, sockets: { ...sockets, sockets: sockets.sockets.map(keyed) } };
}

/** The same with the keys that follow from what it says now. `topology`: whose it is. */
export const withKeys = (ruling: Ruling, topology: Topology): Ruling => ({
  ...ruling,
  rules: ruling.rules.map((rules) => ({ ...rules, firewall: firewallWithKeys(rules.firewall) })),
  listening: listeningWithKeys(ruling.listening, topology),
});

function keysIn({ rules, listening }: Ruling): readonly Key[] {
  const { sockets } = listening;
  return [
    ...rules.flatMap(({ firewall }) =>
      firewall.status === "read"
        ? firewall.tables.flatMap(({ chains }) =>
            chains.flatMap((chain) => chain.rules.map(({ key }) => key)),
          )
        : [],
    ),
    ...(sockets.status === "read" ? sockets.sockets.map(({ key }) => key) : []),
  ];
}

/** Rows stay in their places: the row of a key then is the row of its key now. */
export function ruledKeysBetween(
  before: Ruling | null,
  now: Ruling | null,
): (original: Key) => Key | null {
  if (before === null || now === null) return () => null;
  const after = keysIn(now);
  const known = new Map(keysIn(before).map((was, place) => [was, after[place] ?? null]));
  return (original) => known.get(original) ?? null;
}
