import { dataFolderPath } from "@/server/store/data-folder";
import { addedHost, readConfiguration } from "./config/configured-hosts";
import { engineHost } from "./engine-host";
import { type Hosts, openHosts } from "./hosts";
import { localHost } from "./local-host";
import { sampleHost } from "./sample-host";
import { type SshSurroundings, sshHost } from "./ssh-host";

/** This machine, every host that its configuration names, and the sample. Nothing is connected to yet. */
export const openConfiguredHosts = (
  onBug: (error: unknown) => void,
  data: string = dataFolderPath(),
): Hosts => {
  const { hosts, engines, remarks } = readConfiguration(data);
  const around: SshSurroundings = { data, agent: process.env["SSH_AUTH_SOCK"] };
  const sources = [
    localHost,
    ...hosts.map((host) => sshHost(host, around)),
    ...engines.map(engineHost),
    sampleHost,
  ];
  return openHosts(sources, onBug, {
    remarks,
    sourceOf: (line) => {
      const added = addedHost(line);
      return added.status === "read"
        ? { status: "read", source: sshHost(added.host, around) }
        : added;
    },
  });
};
