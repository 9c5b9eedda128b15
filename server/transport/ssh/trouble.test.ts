import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { type SshTrouble, sayFailure, troubleOf } from "./trouble";

const error = (message: string, more: object): Error => Object.assign(new Error(message), more);

test("errors of the system and of the protocol mean different things", () => {
  const of = (code: string) => troubleOf(error("words", { code, level: "client-socket" }), false);
  expect(of("ECONNREFUSED")).toEqual({ reason: "refused" });
  expect(of("ENOTFOUND")).toEqual({ reason: "name-not-found" });
  expect(of("EHOSTUNREACH")).toEqual({ reason: "unreachable", words: "words" });
  expect(of("ECONNRESET")).toEqual({ reason: "lost", words: "words" });
  expect(troubleOf(error("Invalid identification", { level: "protocol" }), false).reason).toBe(
    "no-ssh",
  );
  expect(
    troubleOf(error("Handshake failed: no matching C->S cipher", { level: "handshake" }), false),
  ).toMatchObject({ reason: "no-common-algorithm" });
});

test("once let in, whatever breaks the connection is its loss", () => {
  expect(troubleOf(error("Keepalive timeout", { level: "client-timeout" }), true)).toEqual({
    reason: "lost",
    words: "Keepalive timeout",
  });
});

const every: readonly SshTrouble[] = [
  { reason: "name-not-found" },
  { reason: "refused" },
  { reason: "unreachable", words: "w" },
  { reason: "timed-out", ms: 10_000 },
  { reason: "no-ssh", words: "w" },
  { reason: "no-common-algorithm", words: "w" },
  { reason: "denied", tried: ["publickey"], wanted: ["password"], unusable: [] },
  { reason: "denied", tried: [], wanted: ["publickey"], unusable: [] },
  {
    reason: "denied",
    tried: ["password"],
    wanted: ["publickey"],
    unusable: [{ file: "/nope/key", words: "ENOENT: no such file or directory" }],
  },
  { reason: "not-answered" },
  { reason: "host-key-revoked", fingerprint: "SHA256:x", file: "/f", line: 3 },
  { reason: "forward-refused", through: "a@b:22", words: "w" },
  { reason: "lost", words: "w" },
];

test.each(["en", "zh-CN"] as const)(
  "each failure is said whole in %s, with what to do next",
  (locale) => {
    const words = wordsIn(locale);
    for (const why of every) {
      const { what, next, values } = sayFailure({ status: "failed", where: "me@host:22", why });
      expect(words(what, values)).toContain("me@host:22");
      for (const text of [words(what, values), words(next, values)]) {
        expect(text).not.toMatch(/[{}]|^ssh[.]/);
        // Nothing is told as a list of nothing.
        expect(text).not.toMatch(/[:：]\s*[;；)）]|[(（]\s*[)）]/);
      }
    }
  },
);
