"use client";

import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { ChangedKey } from "@/lib/hosts/barrier";
import { shellQuote } from "@/lib/net/shell-quote";
import { Card, Text } from "./card";
import { CertificateRefused } from "./certificate-refused";
import { CommandLine } from "./command-line";
import { useSaying } from "./use-saying";

/** Another key than the known one: old and new, and no way to go on from here. */
export function ChangedKeyCard({
  host,
  shown,
}: {
  readonly host: string;
  readonly shown: ChangedKey;
}) {
  const words = useWords();
  const { say, busy } = useSaying(host);
  return (
    <Card title={words("hosts.changed.title")} tone="bad">
      <Text>{words("hosts.changed.intro", { where: visible(shown.where) })}</Text>
      <Key name={words("hosts.changed.now")} {...shown} />
      {shown.known.map((known) => (
        <Key
          key={`${known.file}:${known.line}`}
          name={words("hosts.changed.known", {
            file: visible(known.file),
            line: String(known.line),
          })}
          {...known}
        />
      ))}
      <CertificateRefused certificate={shown.certificate} />
      <p className="mt-5 mb-2 text-[13px]">{words("hosts.changed.next")}</p>
      {shown.known.map(({ file, line }) => (
        <CommandLine
          key={`${file}:${line}`}
          command={shellQuote(["sed", "-i.bak", `${line}d`, file])}
        />
      ))}
      <Button disabled={busy} onClick={() => void say("/refresh")}>
        {words("hosts.changed.again")}
      </Button>
    </Card>
  );
}

function Key({
  name,
  type,
  fingerprint,
}: {
  readonly name: string;
  readonly type: string;
  readonly fingerprint: string;
}) {
  return (
    <div className="mb-3">
      <p className="text-[13px] break-words text-muted">{name}</p>
      <p>
        <Mono>
          {visible(type)} {fingerprint}
        </Mono>
      </p>
    </div>
  );
}
