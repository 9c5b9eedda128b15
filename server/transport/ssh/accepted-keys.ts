import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { HostKey } from "./fingerprint";
import { hashedName, type KnownHost, parseKnownHosts } from "./known-hosts";

/** Where ssh looks: in files of the user, then in those of the system. */
export const usualKnownHosts = (
  home: string = homedir(),
): { readonly user: readonly string[]; readonly system: readonly string[] } => ({
  user: [join(home, ".ssh", "known_hosts"), join(home, ".ssh", "known_hosts2")],
  system: ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"],
});

/** Our own file in the data folder: the user's is never written. */
export const acceptedKeysFile = (data: string): string => join(data, "known_hosts");

const unverified = "vethscope:unverified";
const compared = "vethscope:compared";

/** A key that a person accepted without comparing it: the page says so. */
export const isUnverified = ({ comment }: KnownHost): boolean => comment.startsWith(unverified);

/** All lines of these files; a file that is not there, or may not be read, has none. */
export async function readKnownHosts(files: readonly string[]): Promise<readonly KnownHost[]> {
  const texts = await Promise.all(
    files.map((file) =>
      readFile(file, "utf8").then(
        (text) => parseKnownHosts(text, file),
        () => [],
      ),
    ),
  );
  return texts.flat();
}

/**
 * Remembers a key in our own file. `how`: compared with what the host's own `ssh-keygen -lf` prints, or
 * taken as it came. Throws the system's error where the data folder cannot be written.
 */
export async function acceptHostKey(
  data: string,
  { name, key }: { readonly name: string; readonly key: HostKey },
  how: "compared" | "unverified",
): Promise<void> {
  // A name with a star or a comma in it would speak for other hosts.
  const plain = /^[a-z0-9._:%[\]-]+$/.test(name) ? name : hashedName(name, randomBytes(20));
  const mark = how === "compared" ? compared : unverified;
  const line = `${plain} ${key.type} ${key.base64} ${mark} ${new Date().toISOString()}\n`;
  await appendFile(acceptedKeysFile(data), line, { mode: 0o600 });
}
