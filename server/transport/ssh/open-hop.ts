import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { deadline } from "./deadline";
import { fetchCertificate } from "./fetch-certificate";
import { type CertificateVerdict, judgeCertificate } from "./judge-certificate";
import { hostNames, type KnownHost, linesAbout } from "./known-hosts";
import {
  type ClientNeeds,
  type HostKeyProblem,
  type OpenClient,
  openClient,
  revoked,
} from "./open-client";
import type { SshTarget } from "./target";
import { type SshFailure, sshFailure, troubleOf } from "./trouble";

/** A new stream to the host through the hosts before it; null: straight over TCP. */
export type Reach = (() => Promise<Duplex | SshFailure>) | null;

export type HopNeeds = Omit<ClientNeeds, "vouched">;

type Opened = OpenClient | HostKeyProblem | SshFailure;

function overTcp(target: SshTarget, ms: number): Promise<Duplex | SshFailure> {
  const { host, port } = target;
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const give = (end: Duplex | SshFailure): void => {
      clock.stop();
      resolve(end);
      if ("status" in end) socket.destroy();
    };
    const clock = deadline(() => give(sshFailure(target, { reason: "timed-out", ms })));
    clock.set(ms);
    socket.once("connect", () => give(socket));
    socket.on("error", (error) => give(sshFailure(target, troubleOf(error, false))));
  });
}

async function open(
  target: SshTarget,
  reach: Reach,
  needs: HopNeeds,
  vouched: CertificateVerdict | null,
): Promise<Opened> {
  const stream = await reach?.();
  if (stream !== undefined && "status" in stream) return stream;
  return openClient(target, stream, { ...needs, vouched });
}

/** What the host's certificate is worth, fetched over a stream of its own. */
async function vouchedFor(
  target: SshTarget,
  reach: Reach,
  lines: readonly KnownHost[],
  { limits: { connectMs } }: HopNeeds,
): Promise<CertificateVerdict | SshFailure> {
  const stream = await (reach === null ? overTcp(target, connectMs) : reach());
  if ("status" in stream) return stream;
  const fetched = await fetchCertificate(stream, connectMs);
  switch (fetched.status) {
    case "shown": {
      const name = hostNames(target).principal;
      return judgeCertificate(fetched.blob, { name, lines, now: new Date() });
    }
    case "none":
      return { status: "not", why: { reason: "none" } };
    case "failed":
      return { status: "not", why: { reason: "not-fetched", words: fetched.words } };
  }
}

const isKeyProblem = ({ status }: Opened): boolean =>
  status === "unknown-host-key" || status === "changed-host-key";

/**
 * Opens one connection to a host. Where known_hosts names an authority for it and no plain key of it is
 * known, its certificate is asked for first, over a connection of its own: ssh2 negotiates none. As
 * for ssh, a certificate that is not good leaves the plain key to be judged.
 */
export async function openHop(target: SshTarget, reach: Reach, needs: HopNeeds): Promise<Opened> {
  const { exact, bare } = linesAbout(hostNames(target), needs.known);
  const lines = [...exact, ...bare];
  if (!lines.some(({ marker }) => marker === "cert-authority"))
    return open(target, reach, needs, null);
  if (lines.some(({ marker }) => marker === "none")) {
    const plainly = await open(target, reach, needs, null);
    if (!isKeyProblem(plainly)) return plainly;
  }
  const vouched = await vouchedFor(target, reach, lines, needs);
  if (vouched.status === "failed") return vouched;
  if (vouched.status === "revoked") return revoked(target, vouched.key, vouched.by);
  return open(target, reach, needs, vouched);
}
