import { createECDH, generateKeyPairSync, randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { deadline } from "./deadline";
import { type FromServer, packetOf, plainPackets } from "./plain-packets";
import { fieldsOf, stringField } from "./ssh-fields";

/**
 * What a host showed as its certificate. It is public, and proves nothing by itself: a host that knows
 * another's can show it too.
 */
export type Fetched =
  | { readonly status: "shown"; readonly blob: Buffer }
  /** The host offers no certificate. */
  | { readonly status: "none" }
  /** `words`: the system's, the server's or the protocol's. */
  | { readonly status: "failed"; readonly words: string };

const certificateAlgorithms = [
  "ssh-ed25519-cert-v01@openssh.com",
  "ecdsa-sha2-nistp256-cert-v01@openssh.com",
  "ecdsa-sha2-nistp384-cert-v01@openssh.com",
  "ecdsa-sha2-nistp521-cert-v01@openssh.com",
  "rsa-sha2-512-cert-v01@openssh.com",
  "rsa-sha2-256-cert-v01@openssh.com",
] as const;

/** The last bytes of an X25519 key in DER are the key itself. */
const x25519Bytes = 32;

const freshX25519 = (): Buffer =>
  generateKeyPairSync("x25519")
    .publicKey.export({ type: "spki", format: "der" })
    .subarray(-x25519Bytes);

const freshPoint = (curve: string) => (): Buffer => createECDH(curve).generateKeys();

/** Exchanges whose first message is our public number alone. What it is exchanged for we never use. */
const exchanges: ReadonlyMap<string, () => Buffer> = new Map([
  ["curve25519-sha256", freshX25519],
  ["curve25519-sha256@libssh.org", freshX25519],
  ["ecdh-sha2-nistp256", freshPoint("prime256v1")],
  ["ecdh-sha2-nistp384", freshPoint("secp384r1")],
  ["ecdh-sha2-nistp521", freshPoint("secp521r1")],
]);

const disconnect = 1;
const kexInit = 20;
const exchangeInit = 30;
const exchangeReply = 31;
const cookieBytes = 16;

/** Algorithms that are never used: the connection ends with the server's reply. */
const ciphers = "aes128-ctr,aes256-ctr,aes128-gcm@openssh.com,chacha20-poly1305@openssh.com";
const macs = "hmac-sha2-256,hmac-sha2-512,hmac-sha1";

const initPayload = (): Buffer => {
  const lists = [
    ...[[...exchanges.keys()].join(","), certificateAlgorithms.join(",")],
    ...[ciphers, ciphers, macs, macs, "none", "none", "", ""],
  ];
  return Buffer.concat([
    ...[Buffer.from([kexInit]), randomBytes(cookieBytes)],
    ...lists.map(stringField),
    // No guessed packet follows; reserved.
    Buffer.alloc(5),
  ]);
};

/** As RFC 4253 has it, the first of ours that the server has too. */
const common = (ours: Iterable<string>, theirs: string): string | undefined => {
  const offered = new Set(theirs.split(","));
  return [...ours].find((each) => offered.has(each));
};

type Step =
  | { readonly send: Buffer }
  | { readonly end: Fetched }
  /** Ignored messages, and those for eyes only. */
  | null;

function answerTo(message: FromServer): Step {
  switch (message.kind) {
    case "garbage":
      return { end: { status: "failed", words: message.words } };
    case "greeting":
      return null;
    case "message":
      return answerToMessage(message.type, message.payload);
  }
}

function answerToMessage(type: number, payload: Buffer): Step {
  const fields = fieldsOf(payload);
  switch (type) {
    case kexInit:
      fields.skip(cookieBytes);
      return answerToInit(fields.text(), fields.text());
    case exchangeReply:
      return { end: { status: "shown", blob: fields.bytes() } };
    case disconnect:
      fields.uint32();
      return { end: { status: "failed", words: fields.text().slice(0, 200) } };
    default:
      return null;
  }
}

/** Ours is sent when the server's is known: one without a certificate is not bothered with an exchange that fails. */
function answerToInit(theirExchanges: string, theirKeys: string): Step {
  if (common(certificateAlgorithms, theirKeys) === undefined) return { end: { status: "none" } };
  const fresh = exchanges.get(common(exchanges.keys(), theirExchanges) ?? "");
  if (fresh === undefined)
    return { end: { status: "failed", words: `no key exchange in common: ${theirExchanges}` } };
  const first = Buffer.concat([Buffer.from([exchangeInit]), stringField(fresh())]);
  return { send: Buffer.concat([packetOf(initPayload()), packetOf(first)]) };
}

const garbled: Step = { end: { status: "failed", words: "a message that cannot be read" } };

function stepAfter(message: FromServer): Step {
  try {
    return answerTo(message);
  } catch (error) {
    if (error instanceof RangeError) return garbled;
    throw error;
  }
}

/**
 * Asks for a host's certificate on a stream of its own, which is closed: an SSH key exchange up to the
 * server's reply, in which the certificate stands. No user name, no key of ours is said.
 */
export function fetchCertificate(stream: Duplex, ms: number): Promise<Fetched> {
  const { promise, resolve } = Promise.withResolvers<Fetched>();
  const clock = deadline(() => end({ status: "failed", words: `no answer within ${ms} ms` }));
  const end = (fetched: Fetched): void => {
    clock.stop();
    resolve(fetched);
    stream.destroy();
  };
  const read = plainPackets();
  let asked = false;
  const hear = (chunk: Buffer): void => {
    for (const message of read(chunk)) {
      const step = stepAfter(message);
      if (step === null) continue;
      if ("end" in step) end(step.end);
      else if (!asked) stream.write(step.send);
      asked = true;
    }
  };
  clock.set(ms);
  stream.on("data", hear);
  stream.on("error", (error) => end({ status: "failed", words: error.message.slice(0, 200) }));
  stream.on("close", () => end({ status: "failed", words: "the connection was closed" }));
  stream.write("SSH-2.0-Vethscope\r\n");
  return promise;
}
