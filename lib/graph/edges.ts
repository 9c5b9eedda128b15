import { type Key, key } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { Chip, Edge, Proof } from "./model";
import { visible } from "./names";

/** Named by the host end of the pair; where no end is the host's, by the end that comes first. */
export const wired = (end: Key, proof: Proof): Edge => ({
  key: key(`pair:${end}`),
  means: "wired",
  proof,
});

export const attached = (port: Key): Edge => ({ key: key(`port:${port}`), means: "attached" });

export const stacked = (upper: Key, proof: Proof): Edge => ({
  key: key(`stack:${upper}`),
  means: "stacked",
  proof,
});

export const tunnelled = (tunnel: Key): Edge => ({
  key: key(`tunnel:${tunnel}`),
  means: "tunnelled",
});

export const reaches = (from: Key, to: Key, proof: Proof): Edge => ({
  key: key(`way:${from}>${to}`),
  means: "reaches",
  proof,
});

export const outsideKey = key("outside");

export const chip = (link: Link): Chip => ({
  key: link.key,
  link: link.id,
  label: visible(link.label),
  state: link.state,
});
