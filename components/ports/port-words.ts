import { visible } from "@/lib/graph/names";
import { type Asked, type Listener, type PortRow, type Scope, vantages } from "@/lib/ports/model";
import { endText } from "./port-text";
import { doubtWords, type Saying, stopWords } from "./reason-words";

export const scopes: readonly Scope[] = ["world", "lan", "host", "containers", "nobody", "unknown"];

/** The names of those who hold a socket, each once. */
const holderText = (
  words: Saying["words"],
  listener: Extract<Listener, { status: "listening" }>,
) => {
  const { holder } = listener;
  if (holder.by === "kernel") return words("ports.listener.kernel");
  if (holder.by === "unknown") return words("ports.listener.unknown");
  return [...new Set(holder.processes.map(({ name, pid }) => `${visible(name)} (${pid})`))].join(
    ", ",
  );
};

/** Who really listens at the end, or that nobody does. */
export function listenerWords({ words }: Saying, { listener }: PortRow): string {
  switch (listener.status) {
    case "listening":
      return holderText(words, listener);
    case "nobody":
      return words("ports.listener.nobody");
    case "elsewhere":
      return words("ports.listener.elsewhere", {
        addresses: listener.addresses.map(visible).join(", "),
      });
    case "not-read":
      return words("ports.listener.not-read");
  }
}

/** Whose it is: names of containers, or the host. */
export const targetNames = ({ words, index }: Saying, row: PortRow): readonly string[] =>
  row.containers.length === 0
    ? [words("place.theHost")]
    : row.containers.flatMap((id) => visible(index.container(id)?.name ?? ""));

/** `172.17.0.2:80`; of a port without a known address, `:80`. */
export const targetText = ({ target }: PortRow): string => {
  if (target === null) return "";
  return target.address === null ? `:${target.port}` : endText(target.address, target.port);
};

/** Wider circles first: why it is not reached from there tells why its own circle ends where it does. */
const firstNot = (row: PortRow): Asked | null =>
  vantages
    .flatMap((vantage) => row.asked.filter(({ from }) => from === vantage))
    .find(({ reach }) => reach.arrives !== "yes") ?? null;

/** One vantage's answer, in words: yes, no and why, or what it hangs on. */
export function answerWords(saying: Saying, { reach }: Asked): string {
  const { words } = saying;
  if (reach.answer === "yes") return words("ports.answer.yes");
  const why = whyWords(saying, reach);
  return reach.arrives === "yes" ? words("ports.arrives", { why }) : why;
}

function whyWords(saying: Saying, reach: Asked["reach"]): string {
  const { words } = saying;
  if (reach.answer === "no") {
    return reach.stop === null ? words("ports.answer.no") : stopWords(saying, reach.stop.at);
  }
  return reach.doubts.map((doubt) => doubtWords(saying, doubt)).join(saying.words("gap.comma"));
}

const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

const worldReason = ({ words }: Saying, { rules, proxy }: PortRow): string => {
  const [first] = rules;
  if (first !== undefined) return words("ports.reason.rule", { chain: visible(first.chain) });
  return words(proxy === null ? "ports.reason.listens" : "ports.reason.proxy");
};

/** Why those farther away do not reach it. */
function barredReason(saying: Saying, row: PortRow): string {
  const { words } = saying;
  const isAsked = row.asked.some(({ from }) => from === "world" || from === "lan");
  if (row.host !== null && !isAsked) return words("ports.reason.noAddress");
  const barred = firstNot(row);
  return barred === null
    ? ""
    : words("ports.reason.notFrom", {
        from: words(`ports.from.${barred.from}`),
        why: answerWords(saying, barred),
      });
}

/** Why it is reached from just so far; empty where there is nothing to say beyond that. */
export function reasonWords(saying: Saying, row: PortRow): string {
  const { words } = saying;
  if (row.scope === "world") return worldReason(saying, row);
  if (row.host !== null && isLoopback(row.host.address)) return words("ports.reason.loopback");
  if (row.asked.length > 0) return barredReason(saying, row);
  return row.kind === "exposed" ? words("ports.reason.exposed") : "";
}
