import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import type { HostFacts } from "@/lib/facts/model";
import { examine } from "@/lib/pipeline";
import { openLink } from "@/lib/share/link";
import { type OpenedFile, openFile, tooLarge } from "@/lib/share/open-file";
import { type Refusal, refused } from "@/lib/share/refusal";
import { plainlyShown, type Shown } from "@/lib/share/snapshot";
import type { Topology } from "@/lib/topology/model";

/** A host that lies in this browser. `facts`: its own words, where the file holds them. */
export type Contents = {
  readonly topology: Topology;
  readonly shown: Shown;
  readonly facts: HostFacts | null;
  /** What the rules in those words show. */
  readonly ruled: RuleDiagnosis | null;
  /** Fields that this version does not know. */
  readonly unknown: number;
};

export type Outcome =
  | { readonly status: "opened"; readonly contents: Contents }
  | { readonly status: "refused"; readonly refusal: Refusal };

/** What a host's own words come to. */
export function openFacts(facts: HostFacts): Outcome {
  try {
    const { topology, ruled } = examine({ ...facts, source: "recorded" });
    return {
      status: "opened",
      contents: { topology, ruled, shown: plainlyShown, facts, unknown: 0 },
    };
  } catch {
    // Facts of the right shape may still hold answers that no host gives.
    return { status: "refused", refusal: { why: "damaged", kind: "facts", at: "" } };
  }
}

function outcomeOf(opened: OpenedFile): Outcome {
  if (opened.kind === "refused") return { status: "refused", refusal: opened.refusal };
  if (opened.kind === "facts") return openFacts(opened.facts);
  const { snapshot, unknown } = opened;
  return { status: "opened", contents: { ...snapshot, ruled: null, facts: null, unknown } };
}

/** Whatever is thrown on the way is the file's doing, and the page goes on. */
const guarded = (opening: Promise<OpenedFile>, kind: "json" | "link"): Promise<Outcome> =>
  opening.catch(() => refused({ why: "damaged", kind, at: "" })).then(outcomeOf);

/** What a file holds. One that is too large is not even read. */
export async function openGiven(file: File): Promise<Outcome> {
  const beyond = tooLarge(file.size);
  if (beyond !== null) return outcomeOf(beyond);
  const bytes = file.arrayBuffer().then((buffer) => openFile(new Uint8Array(buffer)));
  return guarded(bytes, "json");
}

/** `fragment`: all that follows the `#` of `/open#z=…`. */
export const openFragment = (fragment: string): Promise<Outcome> =>
  guarded(openLink(fragment), "link");
