"use client";

import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Question } from "@/lib/hosts/barrier";
import type { Words } from "@/lib/messages/words";
import { Card, field, Trouble } from "./card";
import { useSaying } from "./use-saying";

const wanted = (words: Words, question: Question): string => {
  switch (question.kind) {
    case "password":
      return words("hosts.secret.password", { where: visible(question.where) });
    case "passphrase":
      return words("hosts.secret.passphrase", { file: visible(question.file) });
    case "keyboard-interactive":
      return visible(question.prompt.trim()) || words("hosts.secret.prompt");
  }
};

/** A password, a passphrase, or what the host itself asks; its words are shown as text and nothing else. */
export function SecretCard({
  host,
  question,
}: {
  readonly host: string;
  readonly question: Question;
}) {
  const words = useWords();
  const { say, refusal, busy } = useSaying(host);
  const [secret, setSecret] = useState("");
  const [seen, setSeen] = useState(question.kind === "keyboard-interactive" && question.echo);
  const id = useId();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const said = secret;
    setSecret("");
    void say("/secret", { secret: said });
  };
  const again = question.kind !== "keyboard-interactive" && question.again;
  return (
    <Card title={words("hosts.secret.title", { where: visible(question.where) })}>
      {question.kind === "keyboard-interactive" && question.instructions !== "" && (
        <p className="mb-4 text-[13px] leading-6 whitespace-pre-line text-muted">
          {visible(question.instructions)}
        </p>
      )}
      <form onSubmit={send}>
        <label htmlFor={id} className="mb-1.5 block text-[13px] break-words">
          {wanted(words, question)}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            type={seen ? "text" : "password"}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
            // biome-ignore lint/a11y/noAutofocus: the page has this one purpose
            autoFocus
            autoComplete="off"
            spellCheck={false}
            className={field}
          />
          <Button
            className="h-auto"
            label={words(seen ? "hosts.secret.hide" : "hosts.secret.show")}
            onClick={() => setSeen(!seen)}
          >
            {seen ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          </Button>
        </div>
        {again && refusal === null && <Trouble>{words("hosts.secret.again")}</Trouble>}
        {refusal && <Trouble>{words(refusal.error, refusal.values)}</Trouble>}
        <p className="mt-3 mb-4 text-[13px] text-muted">{words("hosts.secret.kept")}</p>
        <Button type="submit" look="main" disabled={busy}>
          {words("hosts.secret.go")}
        </Button>
      </form>
    </Card>
  );
}
