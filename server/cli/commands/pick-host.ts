import { addedHost, readConfiguration } from "@/server/hosts/config/configured-hosts";
import { engineHost } from "@/server/hosts/engine-host";
import { localHost } from "@/server/hosts/local-host";
import { sampleHost } from "@/server/hosts/sample-host";
import type { HostSource } from "@/server/hosts/source";
import { sshHost } from "@/server/hosts/ssh-host";

type Picked =
  | { readonly status: "picked"; readonly source: HostSource }
  /** `part`: what was not understood. */
  | { readonly status: "unreadable"; readonly part: string };

/**
 * `local`, `sample`, a name of the configuration (VETHSCOPE_HOSTS, hosts.yaml, ~/.ssh/config, Docker
 * contexts), or what one would write behind `ssh`. Nothing is connected to yet. `data`: the data folder.
 */
export function pickHost(text: string, data: string): Picked {
  if (text === "local") return { status: "picked", source: localHost };
  if (text === "sample") return { status: "picked", source: sampleHost };
  const around = { data, agent: process.env["SSH_AUTH_SOCK"] };
  const { hosts, engines } = readConfiguration(data);
  const isMeant = ({ name, id }: { readonly name: string; readonly id: string }): boolean =>
    name === text || id === text;
  const host = hosts.find(isMeant);
  if (host !== undefined) return { status: "picked", source: sshHost(host, around) };
  const engine = engines.find(isMeant);
  if (engine !== undefined) return { status: "picked", source: engineHost(engine) };
  const added = addedHost(text);
  return added.status === "read"
    ? { status: "picked", source: sshHost(added.host, around) }
    : added;
}
