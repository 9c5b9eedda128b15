import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataFolderPath } from "./data-folder";
import { sessionSecret } from "./session-secret";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vethscope-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const secretOf = (path: string): Buffer => {
  const result = sessionSecret(path);
  if (result.status !== "ready") throw new Error(result.status);
  return result.secret;
};

describe("the session secret", () => {
  test("lies in a folder that only its owner may enter, whatever the umask", () => {
    const umask = process.umask(0);
    try {
      const path = join(folder, "share", "vethscope");
      expect(secretOf(path)).toHaveLength(32);
      expect(mode(path)).toBe("700");
      expect(mode(join(path, "session-secret"))).toBe("600");
      expect(readdirSync(path)).toEqual(["session-secret"]);
    } finally {
      process.umask(umask);
    }
  });

  test("is the same after a restart, and another in another folder", () => {
    const [one, other] = [join(folder, "one"), join(folder, "other")];
    expect(secretOf(one)).toEqual(secretOf(one));
    expect(secretOf(one)).not.toEqual(secretOf(other));
  });

  test("that others could read is closed", () => {
    const path = join(folder, "data");
    secretOf(path);
    chmodSync(join(path, "session-secret"), 0o644);
    secretOf(path);
    expect(mode(join(path, "session-secret"))).toBe("600");
  });

  test("that is damaged is not used", () => {
    const path = join(folder, "data");
    secretOf(path);
    writeFileSync(join(path, "session-secret"), "short");
    expect(sessionSecret(path)).toMatchObject({ status: "unusable", code: "EBADMSG" });
  });
});

describe("a folder that others can read", () => {
  test("is closed where it is empty", () => {
    const path = join(folder, "empty");
    mkdirSync(path);
    chmodSync(path, 0o755);
    secretOf(path);
    expect(mode(path)).toBe("700");
  });

  test("is left alone and refused where it holds anything", () => {
    const path = join(folder, "full");
    mkdirSync(path);
    chmodSync(path, 0o755);
    writeFileSync(join(path, "mine"), "");
    expect(sessionSecret(path)).toEqual({ status: "open", path });
    expect(mode(path)).toBe("755");
    expect(readdirSync(path)).toEqual(["mine"]);
  });
});

test("a folder of another user is refused: its owner could read or replace the secret", () => {
  // Root owns the root folder, and only root can give a folder away.
  const path = process.geteuid?.() === 0 ? join(folder, "given") : "/";
  if (path !== "/") {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 65_534, 65_534);
  }
  expect(sessionSecret(path)).toEqual({ status: "foreign", path });
});

test("a file in the folder's place is a value, not a throw", () => {
  const path = join(folder, "file");
  writeFileSync(path, "");
  expect(sessionSecret(path)).toMatchObject({ status: "unusable", code: "EEXIST" });
});

test.each([
  [{ VETHSCOPE_DATA: "/srv/v" }, "linux", "/srv/v"],
  [{ XDG_DATA_HOME: "/xdg" }, "linux", "/xdg/vethscope"],
  [{ XDG_DATA_HOME: "relative" }, "linux", "/home/u/.local/share/vethscope"],
  [{}, "linux", "/home/u/.local/share/vethscope"],
  [{}, "darwin", "/home/u/Library/Application Support/Vethscope"],
] as const)("with %j on %s state is kept in %s", (env, platform, path) => {
  expect(dataFolderPath(env, platform, "/home/u")).toBe(path);
});
