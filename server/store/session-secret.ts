import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, dataFolderPath, type FolderTrouble, openDataFolder } from "./data-folder";

export type SessionSecret = { readonly status: "ready"; readonly secret: Buffer } | FolderTrouble;

const bytes = 32;

/**
 * What sessions are signed with: 32 random bytes, kept (mode 0600) so that a restart leaves browsers
 * signed in. Removing the file signs everyone out.
 */
export const sessionSecret = (folderPath: string = dataFolderPath()): SessionSecret => {
  const folder = openDataFolder(folderPath);
  if (folder.status !== "ready") return folder;
  const path = join(folder.path, "session-secret");
  try {
    return { status: "ready", secret: kept(path) ?? made(path) };
  } catch (error) {
    return { status: "unusable", path, code: codeOf(error) };
  }
};

const kept = (path: string): Buffer | null => {
  try {
    chmodSync(path, 0o600);
    const secret = readFileSync(path);
    return secret.length === bytes ? secret : null;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
};

/** A link appears whole or not at all: of two servers that start together, the second takes the first's. */
const made = (path: string): Buffer => {
  const fresh = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(fresh, randomBytes(bytes), { mode: 0o600, flag: "wx" });
  try {
    linkSync(fresh, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(fresh);
  }
  const secret = kept(path);
  if (secret === null) throw Object.assign(new Error("damaged"), { code: "EBADMSG" });
  return secret;
};
