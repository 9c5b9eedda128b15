import { isJsonObject } from "@/lib/facts/json-object";
import type { Evidence } from "@/lib/facts/model";
import type { Words } from "@/lib/messages/words";
import type { Link, Topology, VethPeer } from "@/lib/topology/model";
import { type PackedTopology, pack, unpack } from "@/lib/wire/wire";
import { deflated, fromBase64, inflated, toBase64 } from "./deflate";
import { mostLinkBytes, mostLinkLetters } from "./limits";
import { type NumberedColumns, named, numbered } from "./numbered-columns";
import { type Refused, refused } from "./refusal";
import { type Snapshot, shownShape } from "./snapshot";
import { asOpened, type Opened, parsedJson, readAs } from "./topology-file";

/** What a link does without, in words for whoever makes one or opens it. */
export const droppedByLink = (words: Words): readonly string[] =>
  (["evidence", "counters", "paths", "ruling"] as const).map((what) =>
    words(`share.dropped.${what}`),
  );

const place: Evidence["at"] = { line: 0 };

/** Which question told of it is kept, which line is not. */
const inShort = ({ answer }: Evidence): Evidence => ({ answer, at: place });

const peerInShort = (peer: VethPeer): VethPeer => ({
  ...peer,
  by: peer.by.map((check) => ({ ...check, evidence: [] })),
});

const linkInShort = (link: Link): Link => {
  // The line of a link follows from its place, so it costs nothing.
  const kept = { counters: null };
  if (link.kind === "veth") return { ...link, ...kept, peer: peerInShort(link.peer) };
  if (link.kind !== "vxlan") return { ...link, ...kept };
  const remotes = link.remotes?.map((remote) => ({ ...remote, evidence: [] })) ?? null;
  return { ...link, ...kept, remotes };
};

/** The topology as a link carries it: without what a picture does not need and what leads nowhere without facts. */
export const forLink = (topology: Topology): Topology => ({
  ...topology,
  namespaces: topology.namespaces.map((row) => ({ ...row, paths: [] })),
  links: topology.links.map(linkInShort),
  networks: topology.networks.map((row) => ({ ...row, evidence: inShort(row.evidence) })),
  containers: topology.containers.map((row) => ({
    ...row,
    evidence: row.evidence && inShort(row.evidence),
    placed: [],
  })),
  leftovers: topology.leftovers.map((row) => ({ ...row, evidence: inShort(row.evidence) })),
});

const parameter = "z=";

type Carried = { readonly packed: NumberedColumns; readonly shown: Snapshot["shown"] };

/**
 * The fragment of `/open#z=…`, which no server ever sees: packed as for the browser, deflated, base64url.
 * It opens in the version that made it; a file opens in later ones too.
 */
export async function linkFragment({ topology, shown }: Snapshot): Promise<string> {
  const carried: Carried = { packed: numbered(pack(forLink(topology))), shown };
  const bytes = await deflated(new TextEncoder().encode(JSON.stringify(carried)), "deflate-raw");
  const letters = toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${parameter}${letters}`;
}

const bytesOf = (letters: string) =>
  /^[\w-]*$/.test(letters) ? fromBase64(letters.replaceAll("-", "+").replaceAll("_", "/")) : null;

const damaged = refused({ why: "damaged", kind: "link", at: "" });

const wire: PackedTopology["format"] = "vethscope-wire/1";

function openCarried(value: unknown): Opened | Refused {
  if (!isJsonObject(value) || !isJsonObject(value["packed"])) return damaged;
  const format = value["packed"]["format"];
  if (typeof format !== "string" || !/^vethscope-wire\/\d{1,4}$/.test(format)) return damaged;
  if (format !== wire) return refused({ why: "other-version", format, known: wire });
  const packed = named(value["packed"]);
  if (packed === undefined) return refused({ why: "other-version", format, known: wire });
  const topology = unpack(packed);
  const shown = readAs(shownShape, value["shown"], "link");
  if (topology === null) return damaged;
  if ("kind" in shown) return shown;
  return asOpened({ topology, ruling: null, shown: shown.value }, shown.unknown);
}

/** What a link shows. `fragment`: all that follows its `#`. */
export async function openLink(fragment: string): Promise<Opened | Refused> {
  if (fragment.length > mostLinkLetters) return refused({ why: "bomb", kind: "link" });
  if (!fragment.startsWith(parameter)) return damaged;
  const packed = bytesOf(fragment.slice(parameter.length));
  if (packed === null) return damaged;
  const bytes = await inflated(packed, "deflate-raw", mostLinkBytes);
  if (bytes === "broken") return damaged;
  if (bytes === "too-large") return refused({ why: "bomb", kind: "link" });
  const json = parsedJson(new TextDecoder().decode(bytes), "link");
  return "kind" in json ? json : openCarried(json.value);
}
