import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "playwright/test";
import { addHost, removeHost, trustAndRead } from "./hosts-list";
import { labHost } from "./lab/lab-env";
import { test } from "./live-page";
import { expectFine } from "./looks";
import { account, type OwnSshd, ownSshd } from "./own-sshd";

test.use({ locale: "en-US", viewport: { width: 1280, height: 900 } });
test.describe.configure({ mode: "serial", timeout: 90_000 });

/** What stands between Vethscope and a host: each thing is brought about for real, and looked at. */
const port = 2251;
const password = "right horse 11";
const asRoot = `root@127.0.0.1 -p ${port} -i ${labHost().sshKeyFile}`;
const name = `root@127.0.0.1:${port}`;
const systemKnownHosts = "/etc/ssh/ssh_known_hosts";
let sshd: OwnSshd;
const more: OwnSshd[] = [];

const anotherSshd = async (at: number, lines: readonly string[]): Promise<OwnSshd> => {
  const made = await ownSshd(at, lines);
  more.push(made);
  return made;
};

test.beforeAll(async () => {
  sshd = await ownSshd(port);
});
test.afterAll(async () => {
  for (const each of [sshd, ...more]) await each.end();
});

test("a key that is not known is shown, with the way to compare it", async ({ page }) => {
  await addHost(page, asRoot);
  await expect(page.getByRole("heading", { name: "Is this the right host?" })).toBeVisible();
  await expect(page.getByText(sshd.fingerprint())).toBeVisible();
  await expectFine(page, "key-unknown");
});

test("a host that cannot be reached any more keeps its last picture, in grey, with its age, and is tried again", async ({
  page,
}) => {
  await addHost(page, asRoot);
  await trustAndRead(page);
  const main = page.getByRole("main");
  await expect(main).not.toHaveClass(/grayscale/);
  await sshd.stop();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText(/Reading again failed; what you see is from before/)).toBeVisible({
    timeout: 15_000,
  });
  await expect(page.getByText(/refused the connection: nothing listens/)).toBeVisible();
  await expect(page.getByRole("timer")).toHaveText(/It is tried again in \d+ s\./);
  await expect(page.getByTestId("stale-mark")).toHaveText(/as it was (now|\d+ (s|min) ago)/);
  await expect(main).toHaveClass(/grayscale/);
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
  await expectFine(page, "unreachable-old-picture");
  // A picture that is saved says so too.
  const saved = page.waitForEvent("download");
  await page.keyboard.press("s");
  const sharing = page.getByRole("dialog", { name: "Share this host" });
  await sharing.getByLabel("As", { exact: true }).selectOption("svg");
  await sharing.getByRole("button", { name: "Save", exact: true }).click();
  const file = await (await saved).path();
  expect(readFileSync(file, "utf8")).toMatch(/not read again since \d{4}-\d\d-\d\d/);
  await page.keyboard.press("Escape");
  await expect(sharing).toBeHidden();
  await sshd.start();
  // By hand, unless it was tried by itself in this very moment.
  await page
    .getByRole("button", { name: "Try now" })
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await expect(page.getByTestId("stale-mark")).toHaveCount(0, { timeout: 30_000 });
  await expect(main).not.toHaveClass(/grayscale/);
});

test("what is tried again by itself comes back by itself", async ({ page }) => {
  await page.goto("/hosts");
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible();
  await sshd.stop();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByTestId("stale-mark")).toBeVisible({ timeout: 15_000 });
  await sshd.start();
  await expect(page.getByTestId("stale-mark")).toHaveCount(0, { timeout: 30_000 });
});

test("a host that never answered says so, and what to do", async ({ page }) => {
  await addHost(page, "root@127.0.0.1 -p 9");
  await expect(page.getByRole("heading", { name: "This host cannot be reached" })).toBeVisible();
  await expect(page.getByText(/It is tried again in \d+ s\./)).toBeVisible();
  await expectFine(page, "unreachable");
  await removeHost(page, "127.0.0.1:9");
});

test("a key that changed is a full stop", async ({ page }) => {
  await removeHost(page, name);
  await sshd.stop();
  sshd.newKey();
  await sshd.start();
  await addHost(page, asRoot);
  await expect(page.getByRole("heading", { name: "The host key has changed" })).toBeVisible({
    timeout: 15_000,
  });
  await expectFine(page, "key-changed");
  await removeHost(page, name);
});

test("a revoked key is refused with the line that revokes it", async ({ page }) => {
  const before = existsSync(systemKnownHosts) ? readFileSync(systemKnownHosts, "utf8") : null;
  const revoked = await anotherSshd(2252, []);
  writeFileSync(systemKnownHosts, `@revoked * ${revoked.publicKey()}\n`);
  try {
    await addHost(page, `root@127.0.0.1 -p 2252 -i ${labHost().sshKeyFile}`);
    await expect(page.getByText(/a key that is revoked in .*line 1/)).toBeVisible({
      timeout: 15_000,
    });
    await expectFine(page, "key-revoked");
    await removeHost(page, "127.0.0.1:2252");
  } finally {
    if (before === null) rmSync(systemKnownHosts);
    else writeFileSync(systemKnownHosts, before);
  }
});

test("a password is asked for, and once more when it was wrong", async ({ page }) => {
  account("stated", { password });
  await anotherSshd(2253, ["PasswordAuthentication yes", "PubkeyAuthentication no"]);
  await addHost(page, "stated@127.0.0.1 -p 2253");
  await page.getByRole("button", { name: "Trust without checking" }).click();
  const field = page.getByLabel("Password of stated@127.0.0.1:2253");
  await expect(field).toBeVisible({ timeout: 15_000 });
  await expectFine(page, "password");
  await field.fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("That was not right");
  await expectFine(page, "password-again");
  await removeHost(page, "stated@");
});

test("what the host itself asks is asked in its own words", async ({ page }) => {
  account("stated", { password });
  await anotherSshd(2254, [
    "UsePAM yes",
    "KbdInteractiveAuthentication yes",
    "PubkeyAuthentication no",
  ]);
  await addHost(page, "stated@127.0.0.1 -p 2254");
  await page.getByRole("button", { name: "Trust without checking" }).click();
  const field = page.getByLabel("Password:");
  await expect(field).toBeVisible({ timeout: 15_000 });
  await expectFine(page, "keyboard-interactive");
  await field.fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible({ timeout: 20_000 });
  await removeHost(page, "stated@");
});

test("an encrypted key asks for its passphrase", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "vethscope-locked-"));
  const locked = join(folder, "id_locked");
  copyFileSync(labHost().sshKeyFile, locked);
  execFileSync("ssh-keygen", ["-q", "-p", "-N", "pass phrase", "-P", "", "-f", locked]);
  await anotherSshd(2255, []);
  await addHost(page, `root@127.0.0.1 -p 2255 -i ${locked}`);
  await page.getByRole("button", { name: "Trust without checking" }).click();
  const field = page.getByLabel(`Passphrase of the key ${locked}`);
  await expect(field).toBeVisible({ timeout: 15_000 });
  await expectFine(page, "passphrase");
  await field.fill("pass phrase");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible({ timeout: 20_000 });
  await removeHost(page, "127.0.0.1:2255");
  rmSync(folder, { recursive: true });
});

test("a host that lets nobody in with these keys says what it takes", async ({ page }) => {
  await anotherSshd(2256, ["AuthenticationMethods publickey", "AuthorizedKeysFile none"]);
  await addHost(page, `root@127.0.0.1 -p 2256 -i ${labHost().sshKeyFile}`);
  await page.getByRole("button", { name: "Trust without checking" }).click();
  await expect(page.getByText(/did not let us in/)).toBeVisible({ timeout: 15_000 });
  await expectFine(page, "denied");
  await removeHost(page, "127.0.0.1:2256");
});

test("while a host is read for the first time its rails stand there, with its name", async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "vethscope-slow-"));
  const slow = join(folder, "lsns");
  writeFileSync(slow, "#!/bin/sh\nexec sleep 4\n", { mode: 0o755 });
  execFileSync("chmod", ["755", folder]);
  await anotherSshd(2257, [`SetEnv PATH=${folder}:/usr/sbin:/usr/bin:/sbin:/bin`]);
  await addHost(page, `root@127.0.0.1 -p 2257 -i ${labHost().sshKeyFile}`);
  await page.getByRole("button", { name: "Trust without checking" }).click();
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible({ timeout: 60_000 });
  await removeHost(page, "127.0.0.1:2257");
  await addHost(page, `root@127.0.0.1 -p 2257 -i ${labHost().sshKeyFile}`);
  await expect(
    page.getByRole("heading", { name: /^Reading how this host is wired/ }),
  ).toBeVisible();
  await expect(page.locator(".skeleton").getByText(`root@127.0.0.1:2257`)).toBeVisible();
  // Not again: a reload would wait for what is being read.
  await expectFine(page, "loading", { here: true });
  await expect(page.getByRole("button", { name: "Refresh" })).toBeVisible({ timeout: 60_000 });
  await removeHost(page, "127.0.0.1:2257");
  rmSync(folder, { recursive: true });
});
