import { type IpAddress, isWithin } from "@/lib/net/ip-address";
import type { Hook } from "@/lib/topology/firewall/model";
import type { Door, Party } from "./party";
import type { Role } from "./role";

/** Packets of one kind, and what is known of them at each hook that they come to, in order. */
export type Flow = readonly (readonly [Hook, Role])[];

/** What begins it, and what is sent to and fro where that gets there. */
export type Conversation = { readonly first: readonly Flow[]; readonly later: readonly Flow[] };

const nothing: Role = {
  source: null,
  destination: null,
  in: null,
  out: null,
  ports: null,
  notFrom: [],
  state: "new",
};

/** More interfaces than this are not told apart: rules about each of them are taken to be met. */
const doorsAtMost = 40;

const isOf = (family: "ip" | "ip6") => (address: IpAddress) =>
  address.length === (family === "ip" ? 4 : 16);

/** Who may send from behind a door. */
const senders = ({ behind }: Door, party: Party): Pick<Role, "source" | "notFrom"> =>
  behind === null ? { source: null, notFrom: party.inside } : { source: behind, notFrom: [] };

/** From behind one door to behind another. `to`: as it is addressed when it comes in, where that is not whom it reaches. */
function through(
  from: Pick<Role, "source" | "notFrom" | "in">,
  target: Pick<Role, "destination" | "out">,
  to: Pick<Role, "destination" | "ports"> = { destination: target.destination, ports: null },
): Flow {
  const forwarded: Role = { ...nothing, ...from, ...target };
  return [
    ["prerouting", { ...nothing, ...from, ...to }],
    ["forward", forwarded],
    ["postrouting", { ...forwarded, in: null }],
  ];
}

const later = (flow: Flow): Flow =>
  flow.map(([hook, role]) => [hook, { ...role, ports: null, state: "established" }]);

/** With whoever is behind one other door; null: behind any. */
function withDoor(own: string, door: Door | null, party: Party): readonly Conversation[] {
  const { addresses, host, published } = party;
  const mine = { source: addresses, notFrom: [], in: own };
  const theirs = {
    ...(door === null ? { source: null, notFrom: [] } : senders(door, party)),
    in: door?.name ?? null,
  };
  const toMe = { destination: addresses, out: own };
  const toThem = { destination: door?.behind ?? null, out: door?.name ?? null };
  const sent = through(mine, toThem);
  const got = through(theirs, toMe);
  const toHost = { destination: host, ports: null };
  const called = through(theirs, toMe, { destination: host, ports: published });
  // Whoever is outside answers to the host's address, which is translated back.
  const back = [later(sent), later(got), later(through(theirs, toMe, toHost))];
  return [
    { first: [sent], later: back },
    { first: [got, ...(published.length === 0 ? [] : [called])], later: back },
  ];
}

/** The host speaks to a container as one of the same subnet, or as what it is outside; not as another bridge. */
const speaksAs = ({ host, inside, addresses }: Party): readonly IpAddress[] =>
  host.filter((own) =>
    inside.every((net) => !isWithin(own, net) || addresses.some((each) => isWithin(each, net))),
  );

/** With the host itself: straight, by a published port, and by docker-proxy, which others call at the host. */
function withHost(
  own: string,
  doors: readonly (Door | null)[],
  party: Party,
): readonly Conversation[] {
  const { addresses, host, published } = party;
  const fromMe: Role = { ...nothing, source: addresses, destination: host, in: own };
  const sent: Flow = [
    ["prerouting", fromMe],
    ["input", fromMe],
  ];
  const source = speaksAs(party);
  const toMe: Role = { ...nothing, source, destination: addresses, out: own };
  const got: Flow = [
    ["output", toMe],
    ["postrouting", toMe],
  ];
  const called: Role = { ...nothing, source: host, destination: host, ports: published };
  const asks = doors.map((door): Flow => {
    const role: Role = {
      ...{ ...nothing, destination: host, ports: published, in: door?.name ?? null },
      ...(door === null ? {} : senders(door, party)),
    };
    return [
      ["prerouting", role],
      ["input", role],
    ];
  });
  const back = [later(sent), later(got)];
  return [
    { first: [sent, got], later: back },
    ...(published.length === 0
      ? []
      : [{ first: [[["output", called]] satisfies Flow, ...asks], later: [] }]),
  ];
}

/** Everything that a party has to do with others, of one family. */
export function conversationsOf(party: Party, family: "ip" | "ip6"): readonly Conversation[] {
  const addresses = party.addresses.filter(isOf(family));
  if (addresses.length === 0) return [];
  const narrowed: Party = {
    ...party,
    addresses,
    host: party.host.filter(isOf(family)),
    inside: party.inside.filter(({ address }) => isOf(family)(address)),
  };
  const all = [...party.others, ...party.doors];
  const doors = all.length > doorsAtMost ? [null, ...party.doors] : all;
  return party.doors.flatMap(({ name }) => [
    ...doors.flatMap((door) => withDoor(name, door, narrowed)),
    ...withHost(name, doors, narrowed),
  ]);
}
