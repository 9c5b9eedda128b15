import type { MessageKey } from "@/lib/messages/keys";
import type { Lower, Unseen, VethPeer } from "@/lib/topology/model";

/** How a peer is known, or why it is not. */
export type ProofName = "exact" | "consistent" | "ambiguous" | "unseen" | "contradictory";

export const proofOf = (peer: VethPeer | Lower): ProofName =>
  peer.status === "found" ? peer.proof : peer.status;

type ProofLook = {
  readonly name: MessageKey;
  readonly meaning: MessageKey;
  /** What would make it exact; null: it is. */
  readonly wanting: MessageKey | null;
  /** Differs in shape, so that it does not need its colour. */
  readonly glyph: string;
  readonly tone: "ok" | "warn" | "bad";
};

export const proofLooks: Readonly<Record<ProofName, ProofLook>> = {
  exact: {
    name: "proof.exact.name",
    meaning: "proof.exact.meaning",
    wanting: null,
    glyph: "✓",
    tone: "ok",
  },
  consistent: {
    name: "proof.consistent.name",
    meaning: "proof.consistent.meaning",
    wanting: "proof.consistent.wanting",
    glyph: "≈",
    tone: "warn",
  },
  ambiguous: {
    name: "proof.ambiguous.name",
    meaning: "proof.ambiguous.meaning",
    wanting: "proof.ambiguous.wanting",
    glyph: "?",
    tone: "bad",
  },
  unseen: {
    name: "proof.unseen.name",
    meaning: "proof.unseen.meaning",
    wanting: "proof.unseen.wanting",
    glyph: "…",
    tone: "warn",
  },
  contradictory: {
    name: "proof.contradictory.name",
    meaning: "proof.contradictory.meaning",
    wanting: "proof.contradictory.wanting",
    glyph: "≠",
    tone: "bad",
  },
};

export const unseenReasons: Readonly<Record<Unseen["reason"], MessageKey>> = {
  "netns-unread": "proof.unseen.netnsUnread",
  "netns-unknown": "proof.unseen.netnsUnknown",
  "no-iflink": "proof.unseen.noIflink",
};

export const toneClass = { ok: "text-ok", warn: "text-warn", bad: "text-bad" } as const;
