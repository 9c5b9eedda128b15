import { namespaceName } from "@/components/workbench/place-words";
import { visible } from "@/lib/graph/names";
import type { Heard, PortRow, Scope } from "@/lib/ports/model";
import type { Saying } from "./reason-words";

export const scopes: readonly Scope[] = [
  "world",
  "lan",
  "some",
  "host",
  "containers",
  "nobody",
  "unknown",
];

/** The names of those who hold a socket, each once. */
const holderText = (words: Saying["words"], { holder }: Pick<Heard, "holder">): string => {
  if (holder.by === "kernel") return words("ports.listener.kernel");
  if (holder.by === "unknown") return words("ports.listener.unknown");
  return [...new Set(holder.processes.map(({ name, pid }) => `${visible(name)} (${pid})`))].join(
    ", ",
  );
};

/** More of those who listen on ports of a range are counted. */
const heardAtMost = 4;

/** `:22 sshd (12), :80 nginx (30)` */
function heardText(words: Saying["words"], heard: readonly Heard[]): string {
  const shown = heard
    .slice(0, heardAtMost)
    .map((each) => `:${each.port} ${holderText(words, each)}`)
    .join(", ");
  const more = heard.length - heardAtMost;
  return more > 0 ? `${shown} ${words("rules.andMore", { n: more })}` : shown;
}

/** Who really listens at the end, or that nobody does. */
export function listenerWords({ words }: Saying, { listener, end }: PortRow): string {
  switch (listener.status) {
    case "listening":
      return holderText(words, listener);
    case "several":
      return heardText(words, listener.heard);
    case "nobody":
    case "spread":
      return words(`ports.listener.${listener.status}`);
    case "elsewhere":
      return words("ports.listener.elsewhere", {
        addresses: listener.addresses.map(visible).join(", "),
      });
    case "not-read":
      return words(end.at === "namespace" ? "ports.listener.not-read" : "ports.listener.not-known");
  }
}

/** The namespace in which it ends, or that nobody who was read has the address. */
export function endWords({ words, index }: Saying, { end }: Pick<PortRow, "end">): string {
  if (end.at !== "namespace") return words(`ports.end.${end.at}`);
  const namespace = index.namespace(end.netns);
  return namespace === null ? visible(end.netns) : namespaceName(words, namespace);
}

/** Whose it is: names of containers, the one that published it first; else where it ends. */
export const targetNames = (saying: Saying, row: PortRow): readonly string[] =>
  row.containers.length === 0
    ? [endWords(saying, row)]
    : row.containers.flatMap((id) => visible(saying.index.container(id)?.name ?? ""));
