import { visible } from "@/lib/graph/names";
import type { Barrier, ChangedKey, UnknownKey } from "@/lib/hosts/barrier";
import type { Words } from "@/lib/messages/words";
import { barrierTrouble } from "@/server/hosts/barrier";

/** Where sshd keeps the public key of each type, unless it is told otherwise. */
const keyFile = (type: string): string => {
  if (type.startsWith("ecdsa-")) return "/etc/ssh/ssh_host_ecdsa_key.pub";
  return `/etc/ssh/ssh_host_${type === "ssh-rsa" ? "rsa" : "ed25519"}_key.pub`;
};

const seen = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, visible(value)]));

const certificateLines = (
  { certificate }: UnknownKey | ChangedKey,
  words: Words,
): readonly string[] =>
  certificate === null ? [] : [words(certificate.what, seen(certificate.values))];

function unknownKey(barrier: UnknownKey, hostKey: string | null, words: Words): readonly string[] {
  const { where, type, fingerprint } = barrier;
  const named = hostKey === null ? [] : [words("cli.key.other")];
  return [
    words("hosts.key.intro", { where: visible(where) }),
    "",
    `  ${visible(type)} ${fingerprint}`,
    "",
    ...named,
    ...certificateLines(barrier, words),
    words("cli.key.settle", { command: `ssh-keygen -lf ${keyFile(type)}`, fingerprint }),
  ];
}

const changedKey = (barrier: ChangedKey, words: Words): readonly string[] => [
  words("cli.key.changed", { where: visible(barrier.where) }),
  "",
  `  ${words("hosts.changed.now")}: ${visible(barrier.type)} ${barrier.fingerprint}`,
  ...barrier.known.map(
    ({ type, fingerprint, file, line }) =>
      `  ${words("hosts.changed.known", { file: visible(file), line })}: ${visible(type)} ${fingerprint}`,
  ),
  "",
  ...certificateLines(barrier, words),
  words("cli.key.changedNext"),
];

/** Why a host was not read, and what settles it; lines for a terminal. `hostKey`: what was named as its key. */
export function barrierText(barrier: Barrier, hostKey: string | null, words: Words): string {
  switch (barrier.kind) {
    case "unknown-key":
      return unknownKey(barrier, hostKey, words).join("\n");
    case "changed-key":
      return changedKey(barrier, words).join("\n");
    case "unreachable":
      return `${words(barrier.what, seen(barrier.values))}\n${words(barrier.next, seen(barrier.values))}`;
    case "secret":
    case "unusable": {
      const { error, values } = barrierTrouble(barrier);
      const what = words(error, seen(values));
      return barrier.kind === "secret" ? `${what}\n${words("cli.nobodyToAsk")}` : what;
    }
  }
}
