import { chmodSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Why the folder cannot hold secrets; `code`: of the system (`EACCES`, `ENOTDIR`). */
export type FolderTrouble =
  | { readonly status: "foreign"; readonly path: string }
  | { readonly status: "open"; readonly path: string }
  | { readonly status: "unusable"; readonly path: string; readonly code: string };

export type DataFolder = { readonly status: "ready"; readonly path: string } | FolderTrouble;

/** Where Vethscope keeps its state: VETHSCOPE_DATA, else where this system keeps users' data. */
export const dataFolderPath = (
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string => {
  const named = env["VETHSCOPE_DATA"];
  if (named) return resolve(named);
  if (platform === "darwin") return join(home, "Library", "Application Support", "Vethscope");
  if (platform === "win32") {
    return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "Vethscope");
  }
  // The XDG base directory specification: a relative path is to be ignored.
  const xdg = env["XDG_DATA_HOME"];
  return join(xdg?.startsWith("/") ? xdg : join(home, ".local", "share"), "vethscope");
};

/**
 * Makes the folder, or makes sure that only we can look into it (mode 0700, our own). A folder that
 * others can read is closed where it is empty, and refused where it holds anything: it may be /tmp.
 */
export const openDataFolder = (path: string): DataFolder => {
  try {
    // Whatever the umask adds, mkdir never grants more than this mode.
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(path, 0o700);
    // Windows has no such modes: %LOCALAPPDATA% is its user's own.
    return process.platform === "win32" ? { status: "ready", path } : closed(path);
  } catch (error) {
    return { status: "unusable", path, code: codeOf(error) };
  }
};

const closed = (path: string): DataFolder => {
  const { uid, mode } = statSync(path);
  if (uid !== process.geteuid?.()) return { status: "foreign", path };
  if ((mode & 0o077) === 0) return { status: "ready", path };
  if (readdirSync(path).length > 0) return { status: "open", path };
  chmodSync(path, 0o700);
  return { status: "ready", path };
};

/** `EACCES` and the like of a system error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "?";
