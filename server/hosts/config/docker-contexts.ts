import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Remark } from "@/lib/hosts/entry";
import { contextFiles, type ReadEngine, readEngine } from "./configured-engines";
import { readSmallFile } from "./small-file";
import type { Surroundings } from "./surroundings";

type DockerContext = { readonly name: string; readonly ssh: string };

export type DockerContexts = {
  readonly hosts: readonly DockerContext[];
  /** Those of `tcp://`. */
  readonly engines: readonly ReadEngine[];
  readonly remarks: readonly Remark[];
};

/** What `docker context create` writes; anything else in the file is not ours to judge. */
const form = z.object({
  Name: z.string().min(1).max(256),
  Endpoints: z.object({
    docker: z
      .object({ Host: z.string().max(1024).optional(), SkipTLSVerify: z.boolean().optional() })
      .optional(),
  }),
});

type Context = z.infer<typeof form>;

const mostContexts = 500;

/**
 * Docker's contexts: those of `ssh://` are hosts, those of `tcp://` engines. `unix://` and `npipe://` are sockets of this machine,
 * which is listed anyway; others cannot be asked, and are named.
 */
export const readDockerContexts = ({ env, home }: Surroundings): DockerContexts => {
  const own = env["DOCKER_CONFIG"] || join(home, ".docker");
  const folder = join(own, "contexts", "meta");
  const hosts: DockerContext[] = [];
  const engines: ReadEngine[] = [];
  const remarks: Remark[] = [];
  for (const each of foldersIn(folder).slice(0, mostContexts)) {
    const file = join(folder, each, "meta.json");
    const context = contextIn(file);
    if (context === null) {
      remarks.push({ error: "hosts.config.badContext", values: {}, at: { file, line: null } });
      continue;
    }
    const endpoint = context.Endpoints.docker?.Host ?? "";
    const scheme = schemeOf(endpoint);
    if (scheme === "ssh") hosts.push({ name: context.Name, ssh: endpoint });
    else if (scheme === "tcp") engines.push(engineIn(context, own, file));
    else if (!["unix", "npipe", "fd"].includes(scheme)) {
      const values = { name: context.Name, scheme };
      remarks.push({ error: "hosts.leftOut.context", values, at: { file, line: null } });
    }
  }
  return { hosts: hosts.sort((a, b) => (a.name < b.name ? -1 : 1)), engines, remarks };
};

/** In lower case; `?`: there is none. */
const schemeOf = (endpoint: string): string =>
  /^[a-z]+(?=:\/\/)/i.exec(endpoint)?.[0].toLowerCase() ?? "?";

function engineIn({ Name: name, Endpoints }: Context, own: string, file: string): ReadEngine {
  const at = { file, line: null };
  const { Host: address = "", SkipTLSVerify: unverified = false } = Endpoints.docker ?? {};
  if (unverified) {
    const remark: Remark = { error: "hosts.leftOut.engineUnverified", values: { name }, at };
    return { status: "left-out", remark };
  }
  return readEngine({ name, namedBy: "docker-context", address }, contextFiles(own, name), at);
}

/** No folder: no contexts. Its folders are named by a hash of the context's name. */
const foldersIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
};

const contextIn = (file: string): Context | null => {
  const read = readSmallFile(file);
  try {
    return read.status === "read" ? form.parse(JSON.parse(read.text)) : null;
  } catch {
    return null;
  }
};
