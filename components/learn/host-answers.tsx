"use client";

import { ChevronDown } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { hostName } from "@/components/hosts/host-name";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { useWords } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import type { SaidOnHost } from "@/lib/learn/said";
import type { Term } from "@/lib/learn/terms";
import type { MessageKey } from "@/lib/messages/keys";
import { hostHref, noteHref } from "./note-links";
import { SaidList } from "./said-list";

/** What a host answered, or the sample host in its place; as server/hosts tells it. */
export type Answers = { readonly host: string } & (
  | { readonly status: "answered"; readonly said: SaidOnHost }
  | { readonly status: "absent" | "unread"; readonly sample: SaidOnHost | null }
);

const sample = "sample";

const missing = {
  absent: { sample: "learn.absent", none: "learn.absentBoth" },
  unread: { sample: "learn.unreadHost", none: "learn.unreadBoth" },
} as const;

const missingWords = (
  status: keyof typeof missing,
  host: string,
  shown: SaidOnHost | null,
): MessageKey => {
  if (host === sample) return "learn.absentHere";
  return missing[status][shown === null ? "none" : "sample"];
};

type Of = { readonly host: string; readonly name: string; readonly said: SaidOnHost };

function Words({ host, name, said }: Of) {
  const words = useWords();
  return (
    <>
      <p className="mb-3 text-[13px] leading-5 text-muted">
        {words("learn.kept", { host: name })}{" "}
        <Link
          href={hostHref(host, said.about, true)}
          prefetch={false}
          className="rounded-sm text-accent underline underline-offset-3"
        >
          {words("learn.show")}
        </Link>
      </p>
      <SaidList said={said.said} />
    </>
  );
}

function HostChoice({
  term,
  host,
  hosts,
  name,
}: {
  readonly term: Term;
  readonly host: string;
  readonly hosts: readonly HostEntry[];
  readonly name: string;
}) {
  const words = useWords();
  const router = useRouter();
  return (
    <ChoiceMenu
      label={`${words("learn.hostChoice")}: ${name}`}
      value={host}
      choices={hosts.map((entry) => ({ value: entry.id, text: hostName(words, entry) }))}
      onChoose={(id) => router.push(noteHref(term, { host: id, selected: null }))}
    >
      <span className="max-w-40 truncate">{name}</span>
      <ChevronDown size={14} aria-hidden className="text-muted" />
    </ChoiceMenu>
  );
}

/** A note's commands with the real answers of the host that the reader came from. */
export function HostAnswers({
  term,
  answers,
  hosts,
}: {
  readonly term: Term;
  readonly answers: Answers;
  readonly hosts: readonly HostEntry[];
}) {
  const words = useWords();
  const named = (id: string): string => {
    const entry = hosts.find((each) => each.id === id);
    return entry === undefined ? id : hostName(words, entry);
  };
  const name = named(answers.host);
  const shown = answers.status === "answered" ? answers.said : answers.sample;
  const from = answers.status === "answered" ? answers.host : sample;
  return (
    <section aria-labelledby="answers">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h3 id="answers" className="text-[15px] font-semibold">
          {words("learn.hostTitle", { host: name })}
        </h3>
        <HostChoice term={term} host={answers.host} hosts={hosts} name={name} />
      </div>
      {answers.status !== "answered" && (
        <p className="mb-3 rounded-md border border-edge bg-inset px-3 py-2 text-[13px] leading-5">
          {words(missingWords(answers.status, answers.host, shown), { host: name })}
        </p>
      )}
      {shown && <Words host={from} name={named(from)} said={shown} />}
    </section>
  );
}
