import { visible } from "@/lib/graph/names";
import { type Asked, type PortRow, type Unasked, vantages, type Way } from "@/lib/ports/model";
import { endText } from "./port-text";
import { endWords } from "./port-words";
import { doubtWords, type Saying, stopWords } from "./reason-words";

/** One that rules name, and how many more they treat alike. */
const sourceWords = (
  { words }: Saying,
  { source, others }: Extract<Asked["whom"], { of: "named" }>,
): string =>
  others === 0
    ? visible(source)
    : words("ports.named.more", { source: visible(source), n: others });

/** Who asks: a place, or those whom a rule names. */
export function askerWords(saying: Saying, { from, whom }: Pick<Way, "from" | "whom">): string {
  const { words } = saying;
  if (from === null) return "";
  const isOutside = from === "world" || from === "lan" || from === "neighbour";
  return whom.of === "named" && isOutside
    ? words(`ports.named.${from}`, { source: sourceWords(saying, whom) })
    : words(`ports.from.${from}`);
}

/** It gets somewhere, and not to what the row tells of. */
function elsewhereWords({ words }: Saying, { to, reach }: Asked): string {
  const end = endText(to.address, to.port);
  return words(reach.answer === "no" ? "ports.elsewhere.nobody" : "ports.elsewhere.program", {
    end,
  });
}

function whyWords(saying: Saying, reach: Asked["reach"]): string {
  const { words } = saying;
  if (reach.answer === "no") {
    return reach.stop === null ? words("ports.answer.no") : stopWords(saying, reach.stop.at);
  }
  return reach.doubts.map((doubt) => doubtWords(saying, doubt)).join(words("gap.comma"));
}

/** One vantage's answer, in words: yes, no and why, or what it hangs on. */
export function answerWords(saying: Saying, asked: Asked): string {
  const { reach, arrives } = asked;
  const { words } = saying;
  if (reach.arrives === "yes" && arrives === "no") return elsewhereWords(saying, asked);
  if (reach.answer === "yes") return words("ports.answer.yes");
  const why = whyWords(saying, reach);
  return reach.arrives === "yes" ? words("ports.arrives", { why }) : why;
}

const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

const worldReason = ({ words }: Saying, { rules, proxy, kind }: PortRow): string => {
  const [first] = rules;
  if (first !== undefined)
    return words(kind === "redirected" ? "ports.reason.redirect" : "ports.reason.rule", {
      chain: visible(first.chain),
    });
  return words(proxy === null ? "ports.reason.listens" : "ports.reason.proxy");
};

const isOfSome = ({ from, whom }: Asked): boolean => whom.of === "named" || from === "neighbour";

/** Wider circles first: why it is not reached from there tells why its own circle ends where it does. */
function firstNot({ asked }: PortRow): Asked | null {
  for (const vantage of vantages) {
    const own = asked.filter(({ from, whom }) => from === vantage && whom.of === "any");
    const barred = own.find(({ arrives }) => arrives !== "yes");
    if (barred !== undefined && own.every(({ arrives }) => arrives !== "yes")) return barred;
  }
  return null;
}

/** Why those farther away do not reach it. */
function barredReason(saying: Saying, row: PortRow): string {
  const { words } = saying;
  const barred = firstNot(row);
  if (barred === null) return "";
  return words("ports.reason.notFrom", {
    from: askerWords(saying, barred),
    why: answerWords(saying, barred),
  });
}

/** More of them are counted. */
const namesAtMost = 3;

/** Whom rules name and neighbours that get there, beyond a circle that does not hold them. */
function someWords(saying: Saying, row: PortRow): string {
  const { words } = saying;
  const there = row.asked.filter((asked) => isOfSome(asked) && asked.arrives === "yes");
  const named = there.flatMap(({ from, whom }) => {
    if (whom.of === "any") return [];
    const source = sourceWords(saying, whom);
    return [from === "neighbour" ? words("ports.named.neighbour", { source }) : source];
  });
  const comma = words("ports.reason.comma");
  const inner = new Set(
    there.flatMap(({ whom, to }) => (whom.of === "any" ? [visible(to.address)] : [])),
  );
  const address = [...inner].join(comma);
  const names = new Set([
    ...(inner.size === 0 ? [] : [words("ports.reason.neighbours", { address })]),
    ...named,
  ]);
  if (names.size === 0) return "";
  const [shown, more] = [[...names].slice(0, namesAtMost), names.size - namesAtMost];
  const who = [shown.join(comma), ...(more > 0 ? [words("rules.andMore", { n: more })] : [])].join(
    " ",
  );
  return words(row.scope === "some" ? "ports.reason.only" : "ports.reason.also", { who });
}

const unaskedWords = ({ words }: Saying, unasked: Unasked): string =>
  unasked.why === "too-many"
    ? words("ports.unasked.too-many", { n: unasked.n })
    : words("ports.unasked.all-named", { from: words(`ports.scope.${unasked.from}`) });

/** The host's own end of it: nobody else could ask. */
function ownReason(saying: Saying, row: PortRow): string {
  const { words } = saying;
  const { scope, host, target, asked, unasked } = row;
  if (host === null && target?.address != null)
    return words("ports.reason.inside", {
      address: visible(target.address),
      place: endWords(saying, row),
    });
  if (host !== null && isLoopback(host.address) && scope !== "unknown")
    return scope === "some" ? "" : words("ports.reason.loopback");
  const isAsked = asked.some(({ from }) => from === "world" || from === "lan");
  if (host !== null && asked.length > 0 && !isAsked && unasked.length === 0)
    return words("ports.reason.noAddress");
  if (asked.length > 0) return barredReason(saying, row);
  return row.kind === "exposed" ? words("ports.reason.exposed") : "";
}

/** Why it is reached from just so far, and who gets there beyond that; empty where there is nothing to say. */
export function reasonWords(saying: Saying, row: PortRow): string {
  if (row.scope === "world") return worldReason(saying, row);
  return [
    someWords(saying, row),
    ...row.unasked.map((unasked) => unaskedWords(saying, unasked)),
    ownReason(saying, row),
  ]
    .filter((text) => text !== "")
    .join(saying.words("gap.comma"));
}
