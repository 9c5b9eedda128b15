"use client";

import { Button } from "@/components/ui/button";
import { useDue } from "@/components/ui/use-due";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Unreachable } from "@/lib/hosts/barrier";
import { Card, Text } from "./card";
import { useSaying } from "./use-saying";

/** What happened, where, and what to do; tried again by itself while it is looked at. */
export function UnreachableCard({
  host,
  barrier,
}: {
  readonly host: string;
  readonly barrier: Unreachable;
}) {
  const words = useWords();
  const { say, busy, renderAgain } = useSaying(host);
  const { what, next, values, retryAt } = barrier;
  const seconds = useDue(retryAt, busy, renderAgain);
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, visible(value)]),
  );
  return (
    // A revoked key is no trouble of the way there: someone may have stolen it.
    <Card
      title={words("hosts.unreachable.title")}
      tone={what === "ssh.hostKeyRevoked.what" ? "bad" : "plain"}
    >
      <p className="mb-3 text-[14px] leading-6 break-words">{words(what, shown)}</p>
      <Text>{words(next, shown)}</Text>
      <div className="flex flex-wrap items-center gap-4">
        <Button disabled={busy} onClick={() => void say("/refresh")}>
          {words("hosts.unreachable.again")}
        </Button>
        <span className="text-[13px] text-muted tabular-nums" role="status">
          {busy && words("hosts.unreachable.trying")}
          {seconds !== null && words("hosts.unreachable.retryAt", { seconds })}
        </span>
      </div>
    </Card>
  );
}
