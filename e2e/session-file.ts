import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

const link = process.env["VETHSCOPE_LINK"] ?? "";

/**
 * Where sign-in.ts leaves the browser's session for the tests: the one-time link works once, and
 * each worker reads the configuration anew. Named by the link, so that no run takes another's.
 */
export const sessionFile = join(
  tmpdir(),
  `vethscope-session-${createHash("sha256").update(link).digest("hex").slice(0, 16)}.json`,
);
