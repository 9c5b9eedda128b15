"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { UnknownKey } from "@/lib/hosts/barrier";
import { Card, field, Text, Trouble } from "./card";
import { CertificateRefused } from "./certificate-refused";
import { CommandLine } from "./command-line";
import { useSaying } from "./use-saying";

/** Where sshd keeps the public key of each type, unless it is told otherwise. */
const keyFile = (type: string): string => {
  if (type.startsWith("ecdsa-")) return "/etc/ssh/ssh_host_ecdsa_key.pub";
  return `/etc/ssh/ssh_host_${type === "ssh-rsa" ? "rsa" : "ed25519"}_key.pub`;
};

/** An unknown host key: the machine compares it with what the host itself prints, or a person takes the risk. */
export function HostKeyCard({
  host,
  shown,
}: {
  readonly host: string;
  readonly shown: UnknownKey;
}) {
  const words = useWords();
  const { say, refusal, busy } = useSaying(host);
  const [pasted, setPasted] = useState("");
  const label = useId();
  const { where, type, fingerprint, certificate } = shown;
  const compare = (event: FormEvent) => {
    event.preventDefault();
    if (pasted.trim() !== "") void say("/key", { pasted });
  };
  return (
    <Card title={words("hosts.key.title")}>
      <Text>{words("hosts.key.intro", { where: visible(where) })}</Text>
      <FieldList>
        <Field name={words("hosts.key.host")}>
          <Mono>{visible(where)}</Mono>
        </Field>
        <Field name={words("hosts.key.type")}>
          <Mono>{visible(type)}</Mono>
        </Field>
        <Field name={words("hosts.key.fingerprint")}>
          <Mono className="font-semibold">{fingerprint}</Mono>
        </Field>
      </FieldList>
      <CertificateRefused certificate={certificate} />
      <p className="mt-5 mb-2 text-[13px]">{words("hosts.key.run")}</p>
      <CommandLine command={`ssh-keygen -lf ${keyFile(type)}`} />
      <form onSubmit={compare}>
        <label htmlFor={label} className="mb-1.5 block text-[13px]">
          {words("hosts.key.paste")}
        </label>
        <textarea
          id={label}
          rows={2}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
          placeholder="256 SHA256:… root@host (ED25519)"
          spellCheck={false}
          autoComplete="off"
          className={`${field} resize-y`}
        />
        {refusal && <Trouble>{words(refusal.error, refusal.values)}</Trouble>}
        <div className="mt-3">
          <Button type="submit" look="main" disabled={busy || pasted.trim() === ""}>
            {words("hosts.key.compare")}
          </Button>
        </div>
      </form>
      <div className="mt-6 border-t border-edge pt-4">
        <h2 className="text-[13px] font-semibold">{words("hosts.key.withoutTitle")}</h2>
        <p className="mt-1 mb-3 text-[13px] leading-6 text-pretty text-muted">
          {words("hosts.key.without")}
        </p>
        <Button disabled={busy} onClick={() => void say("/key", { unverified: true, fingerprint })}>
          {words("hosts.key.trust")}
        </Button>
        <p className="mt-4 text-[13px] text-muted">{words("hosts.key.kept")}</p>
      </div>
    </Card>
  );
}
