import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { certificateOf, isGenuine } from "./certificate";
import { fingerprintOf, type HostKey, hostKeyOf } from "./fingerprint";
import { judgeCertificate } from "./judge-certificate";
import { parseKnownHosts } from "./known-hosts";

const folder = mkdtempSync(join(tmpdir(), "vethscope-certificates-"));
afterAll(() => rmSync(folder, { recursive: true }));

const keygen = (...argv: readonly string[]): string =>
  execFileSync("ssh-keygen", argv, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const blobIn = (file: string): Buffer => {
  const [, base64 = ""] = readFileSync(file, "utf8").split(" ");
  return Buffer.from(base64, "base64");
};

function makeKey(name: string, ...type: readonly string[]): HostKey {
  keygen("-q", "-t", ...type, "-N", "", "-f", join(folder, name));
  return hostKeyOf(blobIn(join(folder, `${name}.pub`)));
}

const keys = {
  ed25519: makeKey("ed25519", "ed25519"),
  nistp256: makeKey("nistp256", "ecdsa", "-b", "256"),
  nistp384: makeKey("nistp384", "ecdsa", "-b", "384"),
  nistp521: makeKey("nistp521", "ecdsa", "-b", "521"),
  rsa: makeKey("rsa", "rsa", "-b", "2048"),
};
type KeyName = keyof typeof keys;
const names = Object.keys(keys) as readonly KeyName[];

/** A certificate for the key `of`, made by ssh-keygen with the key `by`. */
function certificate(of: KeyName, by: KeyName, ...more: readonly string[]): Buffer {
  keygen("-q", "-s", join(folder, by), "-I", "id", ...more, join(folder, `${of}.pub`));
  return blobIn(join(folder, `${of}-cert.pub`));
}
const forHost = (of: KeyName, by: KeyName, ...more: readonly string[]): Buffer =>
  certificate(of, by, "-h", "-n", "web.example,10.0.0.7", ...more);

const line = (marker: string, { type, base64 }: HostKey): string =>
  `${marker} *.example,10.* ${type} ${base64}\n`;

const judge = (blob: Buffer, text: string, name = "web.example") =>
  judgeCertificate(blob, { name, lines: parseKnownHosts(text, "known"), now: new Date() });
const trusted = line("@cert-authority", keys.nistp256);
const why = (blob: Buffer, text = trusted, name?: string) => {
  const verdict = judge(blob, text, name);
  return verdict.status === "not" ? verdict.why : verdict.status;
};

describe.each(names)("an authority with a key of type %s", (by) => {
  test("vouches for keys of every type", () => {
    for (const of of names) {
      const blob = forHost(of, by);
      expect(judge(blob, line("@cert-authority", keys[by]))).toMatchObject({
        status: "vouched",
        key: keys[of],
        by: { file: "known", line: 1 },
      });
    }
  });

  test("does not vouch once a byte of its certificate is another", () => {
    const blob = forHost("ed25519", by);
    for (let at = 0; at < blob.length; at += 3) {
      const altered = Buffer.from(blob);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(judge(altered, line("@cert-authority", keys[by])).status).toBe("not");
    }
  });
});

test("rsa authorities may sign with SHA-256 or SHA-512, and not with SHA-1", () => {
  const text = line("@cert-authority", keys.rsa);
  expect(why(forHost("ed25519", "rsa", "-t", "rsa-sha2-256"), text)).toBe("vouched");
  expect(why(forHost("ed25519", "rsa", "-t", "ssh-rsa"), text)).toEqual({
    reason: "bad-signature",
  });
});

test("one that ended or has not begun is told with its time", () => {
  const ended = forHost("ed25519", "nistp256", "-V", "20200101Z:20200102Z");
  expect(why(ended)).toEqual({ reason: "expired", until: "2020-01-02T00:00:00.000Z" });
  const later = forHost("ed25519", "nistp256", "-V", "20700101Z:20700102Z");
  expect(why(later)).toEqual({ reason: "not-yet", from: "2070-01-01T00:00:00.000Z" });
  expect(why(forHost("ed25519", "nistp256", "-V", "-1m:+1m"))).toBe("vouched");
  expect(why(forHost("ed25519", "nistp256", "-V", "-2m:-1s"))).toMatchObject({ reason: "expired" });
});

test("it must name the host: outright, or by a pattern; without names it is nobody's", () => {
  const blob = forHost("ed25519", "nistp256");
  expect(why(blob, trusted, "10.0.0.7")).toBe("vouched");
  expect(why(blob, trusted, "mail.example")).toEqual({
    reason: "other-names",
    name: "mail.example",
    names: ["web.example", "10.0.0.7"],
  });
  const pattern = certificate("ed25519", "nistp256", "-h", "-n", "*.example");
  expect(why(pattern, trusted, "mail.example")).toBe("vouched");
  expect(why(pattern, trusted, "10.0.0.7")).toMatchObject({ reason: "other-names" });
  const nameless = certificate("ed25519", "nistp256", "-h");
  expect(why(nameless)).toMatchObject({ reason: "other-names", names: [] });
});

test("a user's certificate is no host's, and one of another authority says whose", () => {
  expect(why(certificate("ed25519", "nistp256", "-n", "web.example"))).toEqual({
    reason: "not-for-hosts",
  });
  expect(why(forHost("ed25519", "rsa"))).toEqual({
    reason: "other-authority",
    fingerprint: fingerprintOf(keys.rsa),
  });
});

test("options that we do not know are refused by name", () => {
  const blob = forHost("ed25519", "nistp256", "-O", "critical:only-on@example=monday");
  expect(why(blob)).toEqual({ reason: "unknown-options", options: ["only-on@example"] });
});

test("a revoked key, or a revoked authority, is a full stop", () => {
  const blob = forHost("ed25519", "nistp256");
  expect(why(blob, trusted + line("@revoked", keys.ed25519))).toBe("revoked");
  expect(why(blob, trusted + line("@revoked", keys.nistp256))).toBe("revoked");
  expect(why(blob, trusted + line("@revoked", keys.rsa))).toBe("vouched");
});

test("what is no certificate, or not whole, is unreadable, and never a throw", () => {
  const blob = forHost("rsa", "nistp256");
  for (let length = 0; length < blob.length; length += 1)
    expect(why(blob.subarray(0, length))).toEqual({ reason: "unreadable" });
  expect(why(Buffer.concat([blob, Buffer.alloc(1)]))).toEqual({ reason: "unreadable" });
  expect(why(Buffer.from(keys.rsa.base64, "base64"))).toEqual({ reason: "unreadable" });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(certificateOf(Buffer.from(bytes))).toBeNull();
    }),
  );
  fc.assert(
    fc.property(fc.nat(blob.length - 1), fc.nat(255), (at, byte) => {
      const altered = Buffer.from(blob);
      altered[at] = byte;
      const read = certificateOf(altered);
      expect(read !== null && isGenuine(read)).toBe(altered.equals(blob));
    }),
  );
});
