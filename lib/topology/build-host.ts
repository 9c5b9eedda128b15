import { key, netnsId } from "@/lib/net/ids";
import type { Readings } from "@/lib/probes/read";
import type { FoundNamespaces } from "./find-namespaces";
import { buildFirewall } from "./firewall/build-firewall";
import type { FirewallSummary } from "./firewall/model";
import { summarise } from "./firewall/summarise";
import type { Engine, Host, Runtime } from "./model";

/** os-release is shell syntax: the value may stand in quotes. */
const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/, "$2");

/** Podman speaks Docker's API and names itself in the first component, where Docker says `Engine`. */
const engineName = (component: string | undefined): string =>
  component === undefined || component === "Engine" ? "Docker" : component;

/** Whose containers the engine lists. */
export const engineRuntime = ({ engineVersion }: Readings): Runtime =>
  engineVersion.some(({ rows }) => rows[0]?.Components?.[0]?.Name.startsWith("Podman"))
    ? "podman"
    : "docker";

function engineOf(readings: Readings): Engine {
  const version = readings.engineVersion.flatMap((read) => read.rows)[0];
  if (version !== undefined && version.Version !== "") {
    const name = engineName(version.Components?.[0]?.Name);
    return { status: "read", name, version: version.Version, api: version.ApiVersion };
  }
  const why = readings.gaps.find(
    (gap) =>
      gap.probe?.startsWith("engine-") === true ||
      gap.reason === "no-engine" ||
      gap.reason === "engine-denied" ||
      gap.reason === "engine-silent",
  );
  return why === undefined ? { status: "not-asked" } : { status: "unread", why };
}

const firewallOf = ({ rules }: Readings, { host }: FoundNamespaces): FirewallSummary => {
  const own = rules.find(({ netns }) => netns === host);
  return own === undefined ? { status: "not-asked" } : summarise(buildFirewall(own));
};

export function buildHost(readings: Readings, namespaces: FoundNamespaces): Host {
  const lines = readings.identity.flatMap((read) => read.rows);
  const line = (file: string): string | null =>
    lines.find((each) => each.file === file)?.line ?? null;
  const release = lines
    .filter((each) => each.file === "/etc/os-release")
    .map((each) => /^PRETTY_NAME=(.*)$/.exec(each.line)?.[1])
    .find((name) => name !== undefined);
  const info = readings.engineInfo.flatMap((read) => read.rows)[0];
  return {
    id: readings.host,
    key: key(`host:${readings.host}`),
    name: line("/proc/sys/kernel/hostname") ?? info?.Name ?? readings.called ?? readings.host,
    source: readings.source,
    at: readings.at,
    bootId: line("/proc/sys/kernel/random/boot_id"),
    kernel: line("/proc/sys/kernel/osrelease") ?? info?.KernelVersion ?? null,
    os: release === undefined ? (info?.OperatingSystem ?? null) : unquoted(release),
    engine: engineOf(readings),
    netns: namespaces.host === null ? null : netnsId(readings.host, namespaces.host),
    complete: namespaces.complete,
    twice: namespaces.twice,
    firewall: firewallOf(readings, namespaces),
  };
}
