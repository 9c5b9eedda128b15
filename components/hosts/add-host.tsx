"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import { askServer, type Refusal } from "./ask-server";
import { field, Trouble } from "./card";

const hostOf = (answer: unknown): string | null =>
  typeof answer === "object" &&
  answer !== null &&
  "host" in answer &&
  typeof answer.host === "string"
    ? answer.host
    : null;

/** One line, as behind `ssh`; leads to the host's page, where its key is checked and its secret asked for. */
export function AddHost() {
  const words = useWords();
  const router = useRouter();
  const [line, setLine] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (line.trim() === "") return;
    setBusy(true);
    const reply = await askServer("POST", "/api/hosts", { line });
    const host = reply.status === "done" ? hostOf(reply.answer) : null;
    if (host !== null) return router.push(`/hosts/${encodeURIComponent(host)}`);
    setBusy(false);
    setRefusal(reply.status === "refused" ? reply.refusal : null);
  };
  const values = Object.entries(refusal?.values ?? {}).map(([name, text]) => [name, visible(text)]);
  return (
    <section className="rounded-xl border border-edge bg-panel p-5">
      <h2 className="mb-3 text-[15px] font-semibold">{words("hosts.add.title")}</h2>
      <form onSubmit={(event) => void add(event)}>
        <label htmlFor={id} className="mb-1.5 block text-[13px]">
          {words("hosts.add.label")}
        </label>
        <div className="flex flex-wrap gap-2">
          <input
            id={id}
            value={line}
            onChange={(event) => setLine(event.target.value)}
            placeholder="user@host -p 22"
            aria-describedby={`${id}-hint`}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className={`${field} min-w-0 flex-1 basis-60`}
          />
          <Button type="submit" look="main" className="h-auto min-h-9" disabled={busy}>
            {words("hosts.add.go")}
          </Button>
        </div>
        {refusal && <Trouble>{words(refusal.error, Object.fromEntries(values))}</Trouble>}
        <p id={`${id}-hint`} className="mt-3 text-[13px] leading-6 text-pretty text-muted">
          {words("hosts.add.hint")}
        </p>
      </form>
    </section>
  );
}
