"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { useWords } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Words } from "@/lib/messages/words";
import { hostName } from "./host-name";
import { stateWords } from "./state-words";

/** What one wants to know before choosing it. */
const hintOf = (words: Words, host: HostEntry): string | null => {
  if (host.source === "recorded") return words("header.recorded");
  return host.state.state === "barred" || host.last?.told === false
    ? stateWords(words, host)
    : null;
};

/** `host`: the one that is shown; null: a page about all of them. */
export function HostMenu({
  host,
  hosts,
}: {
  readonly host: string | null;
  readonly hosts: readonly HostEntry[];
}) {
  const words = useWords();
  const router = useRouter();
  const here = hosts.find(({ id }) => id === host);
  const name = here ? hostName(words, here) : (host ?? words("hosts.list.title"));
  const tag = here?.source === "recorded" ? words("header.recorded") : null;
  return (
    <>
      <ChoiceMenu
        label={[`${words("header.host")}: ${name}`, tag].filter(Boolean).join(" ")}
        value={host ?? ""}
        align="start"
        choices={hosts.map((entry) => {
          const hint = hintOf(words, entry);
          return {
            value: entry.id,
            text: hostName(words, entry),
            ...(hint !== null && { hint }),
          };
        })}
        onChoose={(id) => router.push(`/hosts/${encodeURIComponent(id)}`)}
        more={{ text: words("hosts.list.all"), onChoose: () => router.push("/hosts") }}
      >
        {/* Between the words also for those who hear them. */}
        <span className="max-w-40 truncate">{name}</span>{" "}
        {tag && (
          <span className="hidden rounded-sm bg-inset px-1.5 text-[12px] text-muted sm:inline">
            {tag}
          </span>
        )}
        <ChevronDown size={14} aria-hidden className="text-muted" />
      </ChoiceMenu>
      {here?.ssh?.unverified && (
        <span
          className="hidden text-[12px] text-warn sm:inline"
          title={words("hosts.list.unverifiedWhy")}
        >
          {words("hosts.list.unverified")}
        </span>
      )}
    </>
  );
}
