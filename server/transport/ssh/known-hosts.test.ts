import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compareWithPasted, fingerprintOf, type HostKey, hostKeyOf } from "./fingerprint";
import {
  hashedName,
  hostKeyAlgorithms,
  hostNames,
  judgeHostKey,
  knownHostsName,
  matchesPattern,
  namesHost,
  parseKnownHosts,
} from "./known-hosts";

const folder = mkdtempSync(join(tmpdir(), "vethscope-known-"));
afterAll(() => rmSync(folder, { recursive: true }));

const tool = "ssh-keygen";
const keygen = (...argv: readonly string[]): string =>
  execFileSync(tool, argv, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

function makeKey(name: string, type: string): { readonly key: HostKey; readonly file: string } {
  const file = join(folder, name);
  keygen("-q", "-t", type, "-N", "", "-C", name, "-f", file);
  const [, base64 = ""] = readFileSync(`${file}.pub`, "utf8").split(" ");
  return { key: hostKeyOf(Buffer.from(base64, "base64")), file: `${file}.pub` };
}

const ed = makeKey("ed", "ed25519");
const other = makeKey("other", "ed25519");
const ec = makeKey("ec", "ecdsa");
const rsa = makeKey("rsa", "rsa");

const judge = (host: string, port: number, key: HostKey, text: string) =>
  judgeHostKey(hostNames({ host, port }), key, parseKnownHosts(text, "f")).status;
const line = (names: string, { type, base64 }: HostKey): string => `${names} ${type} ${base64}\n`;

test("fingerprints are those that ssh-keygen prints, and its line is the same key", () => {
  for (const { key, file } of [ed, ec, rsa]) {
    const printed = keygen("-lf", file);
    expect(printed).toContain(` ${fingerprintOf(key)} `);
    expect(compareWithPasted(printed, key)).toBe("same");
    expect(compareWithPasted(keygen("-E", "md5", "-lf", file), key)).toBe("same");
    expect(compareWithPasted(readFileSync(file, "utf8"), key)).toBe("same");
    expect(compareWithPasted(keygen("-lf", other.file), key)).toBe("other");
  }
});

test("what holds no whole fingerprint proves nothing", () => {
  const fingerprint = fingerprintOf(ed.key);
  for (const pasted of ["", "yes", fingerprint.slice(0, -1), `${fingerprint}A`, "SHA256:"])
    expect(compareWithPasted(pasted, ed.key)).toBe("none");
  fc.assert(
    fc.property(fc.string(), (pasted) => {
      expect(compareWithPasted(pasted, ed.key)).not.toBe("same");
    }),
  );
});

test("any of several pasted lines may be the key's", () => {
  const all = [other, ec, ed].map(({ file }) => keygen("-lf", file)).join("");
  expect(compareWithPasted(all, ed.key)).toBe("same");
  expect(compareWithPasted(all, rsa.key)).toBe("other");
});

test("names that ssh-keygen hashed are found, and no others", () => {
  const file = join(folder, "hashed");
  const names = ["web.example", "10.0.0.7", "[web.example]:2222"];
  writeFileSync(file, names.map((name) => line(name, ed.key)).join(""));
  keygen("-H", "-f", file);
  const text = readFileSync(file, "utf8");
  expect(text).not.toContain("web.example");
  expect(judge("web.example", 22, ed.key, text)).toBe("known");
  expect(judge("WEB.example", 2222, ed.key, text)).toBe("known");
  expect(judge("10.0.0.7", 22, ed.key, text)).toBe("known");
  expect(judge("10.0.0.8", 22, ed.key, text)).toBe("unknown");
});

test("ssh-keygen -F finds what we hashed", () => {
  const file = join(folder, "ours");
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/),
      fc.integer({ min: 1, max: 65_535 }),
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      (host, port, salt) => {
        const name = knownHostsName(host, port);
        writeFileSync(file, line(hashedName(name, Buffer.from(salt)), ed.key));
        expect(keygen("-F", name, "-f", file)).toContain(ed.key.base64);
      },
    ),
    { numRuns: 15 },
  );
});

test("a key is known, changed, or unknown; a name without the port vouches but does not deny", () => {
  const text = line("a,b", ed.key) + line("[a]:2222", ec.key);
  expect(judge("a", 22, ed.key, text)).toBe("known");
  expect(judge("b", 22, other.key, text)).toBe("changed");
  expect(judge("a", 2222, ec.key, text)).toBe("known");
  expect(judge("a", 2222, ed.key, text)).toBe("changed");
  expect(judge("b", 2222, ed.key, text)).toBe("known");
  expect(judge("b", 2222, other.key, text)).toBe("unknown");
  expect(judge("c", 22, ed.key, text)).toBe("unknown");
});

test("another type than the known ones is a change, as for ssh", () => {
  expect(judge("a", 22, rsa.key, line("a", ed.key))).toBe("changed");
});

test("wildcards fit, and a negated pattern rules its line out", () => {
  const text = line("*.example,!bad.example", ed.key);
  expect(judge("web.example", 22, ed.key, text)).toBe("known");
  expect(judge("bad.example", 22, ed.key, text)).toBe("unknown");
  expect(namesHost("!a", "b")).toBe(false);
});

test("a revoked key is revoked, also where another line knows it", () => {
  const text = line("a", ed.key) + line("@revoked *", ed.key);
  expect(judge("a", 22, ed.key, text)).toBe("revoked");
  expect(judge("a", 22, other.key, line("@revoked *", ed.key))).toBe("unknown");
});

test("an authority vouches for certificates, not for a plain key", () => {
  const text = line("@cert-authority *.example", other.key);
  expect(judge("web.example", 22, ed.key, text)).toBe("unknown");
  expect(judge("web.example", 22, other.key, text)).toBe("unknown");
});

test("an alias stands for host and port", () => {
  const names = hostNames({ host: "10.0.0.7", port: 2222, keyAlias: "Web" });
  const judged = (text: string) => judgeHostKey(names, ed.key, parseKnownHosts(text, "f")).status;
  expect(judged(line("web", ed.key))).toBe("known");
  expect(judged(line("web", other.key))).toBe("changed");
  expect(judged(line("[10.0.0.7]:2222,10.0.0.7,[web]:2222", ed.key))).toBe("unknown");
});

test("comments, empty and broken lines are skipped, and lines keep their number", () => {
  const text = `# c\n\nbroken\n@odd a ssh-rsa AAAA\n\ta ${ed.key.type} ${ed.key.base64} me\r\n`;
  expect(parseKnownHosts(text, "f")).toEqual([
    { marker: "none", names: "a", key: ed.key, comment: "me", file: "f", line: 5 },
  ]);
  fc.assert(fc.property(fc.string(), (any) => void parseKnownHosts(any, "f")));
});

test("patterns mean what a regular expression made of them would, and stars cost no time", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."ab*?."), maxLength: 8 });
  const name = fc.string({ unit: fc.constantFrom(..."ab."), maxLength: 8 });
  fc.assert(
    fc.property(letters, name, (pattern, text) => {
      const source = pattern.replaceAll(".", "[.]").replaceAll("*", ".*").replaceAll("?", ".");
      expect(matchesPattern(pattern, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
  );
  expect(matchesPattern("*a".repeat(2000), "a".repeat(4000).concat("b"))).toBe(false);
});

test("algorithms of known keys are offered first, and all are offered", () => {
  const known = parseKnownHosts(line("a", rsa.key), "f");
  const offered = hostKeyAlgorithms(hostNames({ host: "a", port: 22 }), known);
  expect(offered.slice(0, 3)).toEqual(["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"]);
  expect(offered).toHaveLength(7);
  expect(hostKeyAlgorithms(hostNames({ host: "b", port: 22 }), known)[0]).toBe("ssh-ed25519");
  expect(hostKeyAlgorithms(hostNames({ host: "a", port: 2222 }), known)[0]).toBe("rsa-sha2-512");
});
