"use client";

import { ChevronDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { useWords } from "@/components/ui/words";
import { type HostEntry, hostName } from "./host-name";

export function HostMenu({
  host,
  hosts,
}: {
  readonly host: string;
  readonly hosts: readonly HostEntry[];
}) {
  const words = useWords();
  const router = useRouter();
  const here = hosts.find(({ id }) => id === host);
  return (
    <ChoiceMenu
      label={`${words("header.host")}: ${here ? hostName(words, here) : host}`}
      value={host}
      align="start"
      choices={hosts.map((entry) => ({
        value: entry.id,
        text: hostName(words, entry),
        ...(entry.source === "recorded" && { hint: words("header.recorded") }),
      }))}
      onChoose={(id) => router.push(`/hosts/${encodeURIComponent(id)}`)}
    >
      <span className="max-w-40 truncate">{here ? hostName(words, here) : host}</span>
      {here?.source === "recorded" && (
        <span className="hidden rounded-sm bg-inset px-1.5 text-[12px] text-muted sm:inline">
          {words("header.recorded")}
        </span>
      )}
      <ChevronDown size={14} aria-hidden className="text-muted" />
    </ChoiceMenu>
  );
}
