import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Remark, Surroundings } from "./remark";
import { readSmallFile } from "./small-file";

type DockerContext = { readonly name: string; readonly ssh: string };

export type DockerContexts = {
  readonly hosts: readonly DockerContext[];
  readonly remarks: readonly Remark[];
};

/** What `docker context create` writes; anything else in the file is not ours to judge. */
const form = z.object({
  Name: z.string().min(1).max(256),
  Endpoints: z.object({ docker: z.object({ Host: z.string().max(1024).optional() }).optional() }),
});

const mostContexts = 500;

/**
 * Docker's contexts: those of `ssh://` are hosts. `unix://` and `npipe://` are sockets of this machine,
 * which is listed anyway; others cannot be asked, and are named.
 */
export const readDockerContexts = ({ env, home }: Surroundings): DockerContexts => {
  const folder = join(env["DOCKER_CONFIG"] || join(home, ".docker"), "contexts", "meta");
  const hosts: DockerContext[] = [];
  const remarks: Remark[] = [];
  for (const each of foldersIn(folder).slice(0, mostContexts)) {
    const file = join(folder, each, "meta.json");
    const context = contextIn(file);
    if (context === null) {
      remarks.push({ error: "hosts.config.badContext", values: {}, at: { file, line: null } });
      continue;
    }
    const endpoint = context.Endpoints.docker?.Host ?? "";
    const scheme = /^[a-z]+(?=:\/\/)/i.exec(endpoint)?.[0]?.toLowerCase() ?? "";
    if (scheme === "ssh") hosts.push({ name: context.Name, ssh: endpoint });
    else if (!["unix", "npipe", "fd"].includes(scheme)) {
      const values = { name: context.Name, scheme: scheme || "?" };
      remarks.push({ error: "hosts.leftOut.context", values, at: { file, line: null } });
    }
  }
  return { hosts: hosts.sort((a, b) => (a.name < b.name ? -1 : 1)), remarks };
};

/** No folder: no contexts. Its folders are named by a hash of the context's name. */
const foldersIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

const contextIn = (file: string): z.infer<typeof form> | null => {
  const read = readSmallFile(file);
  try {
    return read.status === "read" ? form.parse(JSON.parse(read.text)) : null;
  } catch {
    return null;
  }
};
