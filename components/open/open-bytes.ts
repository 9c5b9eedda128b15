import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import { ruledBy } from "@/lib/diagnosis/rules/ruled-by";
import type { HostFacts } from "@/lib/facts/model";
import { recognise } from "@/lib/paste/recognise";
import { examine } from "@/lib/pipeline";
import { openLink } from "@/lib/share/link";
import { type OpenedFile, openFile, textIn, tooLarge } from "@/lib/share/open-file";
import { type Refusal, refused } from "@/lib/share/refusal";
import { plainlyShown, type Shown } from "@/lib/share/snapshot";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";

/** A host that lies in this browser. `facts`: its own words, where the file holds them. */
export type Contents = {
  readonly topology: Topology;
  readonly shown: Shown;
  readonly facts: HostFacts | null;
  /** Rules, settings and sockets; null: the file does not hold them. */
  readonly ruling: Ruling | null;
  /** What they show. */
  readonly ruled: RuleDiagnosis | null;
  /** Fields that this version does not know. */
  readonly unknown: number;
};

export type Outcome =
  | { readonly status: "opened"; readonly contents: Contents }
  /** Output of commands, which the page for pasting reads. */
  | { readonly status: "text"; readonly text: string }
  | { readonly status: "refused"; readonly refusal: Refusal };

/** What a host's own words come to. */
export function openFacts(facts: HostFacts): Outcome {
  try {
    const examined = examine({ ...facts, source: "recorded" });
    return {
      status: "opened",
      contents: { ...examined, shown: plainlyShown, facts, unknown: 0 },
    };
  } catch {
    // Facts of the right shape may still hold answers that no host gives.
    return { status: "refused", refusal: { why: "damaged", kind: "facts", at: "" } };
  }
}

/** Thrown on the way: rules of the right shape may still hold what no host says. */
function openTopology({ snapshot, unknown }: Extract<OpenedFile, { kind: "topology" }>): Outcome {
  const { topology, ruling } = snapshot;
  const ruled = ruling && ruledBy(topology, ruling);
  return { status: "opened", contents: { ...snapshot, ruled, facts: null, unknown } };
}

function outcomeOf(opened: OpenedFile): Outcome {
  if (opened.kind === "refused") return { status: "refused", refusal: opened.refusal };
  if (opened.kind === "facts") return openFacts(opened.facts);
  return openTopology(opened);
}

/** Whatever is thrown on the way is the file's doing, and the page goes on. */
const guarded = (opening: Promise<OpenedFile>, kind: "json" | "link"): Promise<Outcome> =>
  opening.then(outcomeOf).catch(() => outcomeOf(refused({ why: "damaged", kind, at: "" })));

/** Whether a text that was given holds output of commands that lib/paste reads. */
const isOutput = (text: string): boolean => {
  const read = recognise(text);
  return read.status === "read" && read.blocks.length > 0;
};

/** What a file holds. One that is too large is not even read. */
export async function openGiven(file: File): Promise<Outcome> {
  const beyond = tooLarge(file.size);
  if (beyond !== null) return outcomeOf(beyond);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const outcome = await guarded(openFile(bytes), "json");
  if (outcome.status !== "refused" || outcome.refusal.why !== "not-ours") return outcome;
  const text = textIn(bytes);
  return isOutput(text) ? { status: "text", text } : outcome;
}

/** `fragment`: all that follows the `#` of `/open#z=…`. */
export const openFragment = (fragment: string): Promise<Outcome> =>
  guarded(openLink(fragment), "link");
