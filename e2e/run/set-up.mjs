import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./run-tool.mjs";

const log = (line) => console.log(line);

/** Dependencies, and with `build` the pages. False, and the reason on stderr, where it fails. */
export async function setUp({ build }) {
  const file = join(root, "server", "cli", "prepare.mjs");
  if (!existsSync(file)) {
    console.error("server/cli/prepare.mjs is missing: nothing installs or builds.");
    return false;
  }
  try {
    const { ensureInstalled, ensureBuilt } = await import(pathToFileURL(file).href);
    await ensureInstalled({ log });
    if (build) await ensureBuilt({ log });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}
