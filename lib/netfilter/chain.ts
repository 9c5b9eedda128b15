import type { Action } from "@/lib/topology/firewall/actions";
import type { Match } from "@/lib/topology/firewall/matches";
import type { Rule } from "@/lib/topology/firewall/model";
import { act } from "./act";
import { candidates } from "./candidates";
import { allHold } from "./match";
import type { Traveller } from "./packet";
import type { Asking } from "./sets";
import { doubting, type Left, settled, type Walk } from "./walk";

/**
 * Each answer that cannot be told is followed both ways, and so doubles the travellers. More than
 * this many and the chain's answer is "cannot tell".
 */
const waysAtMost = 64;

type Run = { readonly matches: readonly Match[]; readonly action: Action };

const known = new WeakMap<Rule, readonly Run[]>();

/** A rule as "if these hold, do this", several times where an nft rule acts and goes on asking. */
function runsOf(rule: Rule): readonly Run[] {
  const runs = known.get(rule) ?? parted(rule);
  known.set(rule, runs);
  return runs;
}

function parted({ parts }: Rule): readonly Run[] {
  const runs: Run[] = [];
  let matches: Match[] = [];
  for (const part of parts) {
    if (part.part === "match") matches.push(part);
    else {
      runs.push({ matches, action: part });
      matches = [];
    }
  }
  return runs;
}

/** One run met by one traveller: `on` within the rule where its action goes on, `off` where its conditions may not hold. */
function throughRun(
  { matches, action }: Run,
  rule: Rule,
  walk: Walk,
  traveller: Traveller,
): { readonly met: readonly Left[]; readonly off: readonly Left[] } {
  const asking: Asking = { ...walk.place, table: walk.table, rule: rule.key };
  const answer = allHold(matches, traveller.packet, asking);
  if (answer === "no") return { met: [], off: [{ kind: "on", traveller }] };
  if (answer === "yes") return { met: act(action, rule, walk, traveller), off: [] };
  const unsure = doubting(traveller, answer);
  return { met: act(action, rule, walk, unsure), off: [{ kind: "on", traveller: unsure }] };
}

const goesOn = ({ kind }: Left): boolean => kind === "on";

/** A condition that does not hold ends the rule: `on` to the next. */
function throughRule(rule: Rule, walk: Walk, start: Traveller): readonly Left[] {
  const done: Left[] = [];
  let inRule: readonly Traveller[] = [start];
  for (const run of runsOf(rule)) {
    const ways = inRule.map((traveller) => throughRun(run, rule, walk, traveller));
    const met = ways.flatMap((way) => way.met);
    done.push(...ways.flatMap(({ off }) => off), ...met.filter((left) => !goesOn(left)));
    inRule = met.filter(goesOn).map(({ traveller }) => traveller);
  }
  return [...done, ...inRule.map((traveller): Left => ({ kind: "on", traveller }))];
}

/**
 * From a chain's first rule to a verdict or back to its caller. Where all ways out of it are the
 * same, what was doubted inside does not matter and is forgotten.
 */
export function throughChain(walk: Walk, start: Traveller): readonly Left[] {
  const left: Left[] = [];
  let inChain: readonly Traveller[] = [start];
  for (const rule of candidates(walk.chain, start.packet)) {
    const ways = inChain.flatMap((traveller) =>
      settled(traveller, throughRule(rule, walk, traveller)),
    );
    left.push(...ways.filter((way) => !goesOn(way)));
    inChain = ways.filter(goesOn).map(({ traveller }) => traveller);
    if (inChain.length === 0) break;
    if (inChain.length + left.length > waysAtMost) return [tooMany(walk, start)];
  }
  return settled(start, [
    ...left,
    ...inChain.map((traveller): Left => ({ kind: "back", traveller })),
  ]);
}

/** What it may be is anything: the caller sees a way that goes on and is not sure. */
const tooMany = (walk: Walk, start: Traveller): Left => ({
  kind: "verdict",
  verdict: "taken",
  traveller: doubting(start, { why: "too-many-ways", hook: walk.hook }),
});
