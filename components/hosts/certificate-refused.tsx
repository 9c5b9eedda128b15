"use client";

import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { UnknownKey } from "@/lib/hosts/barrier";

/** Why the certificate authority of known_hosts does not settle whose key it is; nothing where none is named. */
export function CertificateRefused({ certificate }: Pick<UnknownKey, "certificate">) {
  const words = useWords();
  if (certificate === null) return null;
  const values = Object.fromEntries(
    Object.entries(certificate.values).map(([name, value]) => [name, visible(value)]),
  );
  return (
    <p className="mt-3 text-[13px] leading-6 break-words text-warn">
      {words("hosts.certificate.intro")}
      <span className="block">{words(certificate.what, values)}</span>
    </p>
  );
}
