import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "playwright/test";
import { complaints, expectProven, hostPage, truePair } from "./host-page";
import { labHost } from "./lab/lab-env";
import { test } from "./live-page";

test.use({ locale: "en-US" });

/** The browser's tests run on the lab host, as Vethscope does: it reaches itself by its own sshd. */
const { address, sshKeyFile, knownHostsFile } = labHost();
const lineOf = (publicKey: string): string =>
  execFileSync("ssh-keygen", ["-lf", publicKey], { encoding: "utf8" });

const list = (page: Page) => page.getByRole("table");
const row = (page: Page, name: string) => list(page).getByRole("row").filter({ hasText: name });

/** A first reading may take seconds where the machine has other things to do. */
const expectPicture = (page: Page): Promise<void> =>
  expect(page.getByRole("button", { name: "Refresh" })).toBeVisible({ timeout: 20_000 });

const add = async (page: Page, line: string): Promise<void> => {
  await page.goto("/hosts");
  await page.getByRole("textbox", { name: "What you would write behind ssh" }).fill(line);
  await page.keyboard.press("Enter");
};

const remove = async (page: Page, name: string): Promise<void> => {
  await page.goto("/hosts");
  await row(page, name)
    .getByRole("button", { name: /Remove/ })
    .click();
  await expect(row(page, name)).toHaveCount(0);
};

test.describe.configure({ mode: "serial" });

test("the switcher leads to the list, which reads nothing by itself", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(hostPage);
  await page.getByRole("button", { name: /Choose a host/ }).click();
  await page.getByRole("menuitem", { name: "All hosts, add a host" }).click();
  await expect(page).toHaveURL("/hosts");
  await expect(page).toHaveTitle("Hosts · Vethscope");
  await expect(row(page, "This machine")).toContainText("read");
  await expect(row(page, "Sample host")).toContainText("recorded");
  await row(page, "This machine").getByRole("link").click();
  await expect(page).toHaveURL(hostPage);
  expect(heard).toEqual([]);
});

test("what is no host is refused with words, and no page opens", async ({ page }) => {
  for (const line of ["a b", "-oProxyCommand=id", "<b>x", "root@h -p 99999"]) {
    await add(page, line);
    await expect(page.getByRole("main").getByRole("alert")).toContainText("is not understood");
    await expect(page).toHaveURL("/hosts");
  }
});

test("a new host: its key is compared, and its picture is the host's own", async ({ page }) => {
  const heard = complaints(page);
  await add(page, `root@${address} -i ${sshKeyFile}`);
  await expect(page.getByRole("heading", { name: "Is this the right host?" })).toBeVisible();
  const [known = ""] = execFileSync("ssh-keygen", ["-lf", knownHostsFile], {
    encoding: "utf8",
  }).match(/SHA256:\S+/) ?? [""];
  await expect(page.getByText(known, { exact: true })).toBeVisible();
  await expect(page.getByRole("code")).toHaveText(
    "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub",
  );

  const pasted = page.getByRole("textbox", { name: "Paste the line that it prints" });
  const compare = page.getByRole("button", { name: "Compare and trust" });
  await expect(compare).toBeDisabled();
  await pasted.fill(lineOf(`${sshKeyFile}.pub`));
  await compare.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This is not the key");
  await pasted.fill(lineOf(sshKeyFile.replace(/client$/, "host.pub")));
  await compare.click();
  await expectPicture(page);
  await page.goto(`${new URL(page.url()).pathname}?sel=ctr:web`);
  await expectProven(page, truePair("web", "eth0"));

  await page.goto("/hosts");
  const here = row(page, `root@${address}`);
  await expect(here).toContainText("read");
  await expect(here).toContainText("root");
  await expect(here).not.toContainText("key unverified");
  // The one complaint is the answer 422 to the wrong line.
  expect(heard.filter((each) => !each.includes("422"))).toEqual([]);
});

test("by keyboard alone: a host's page is left and found again", async ({ page }) => {
  await page.goto("/hosts");
  const link = row(page, `root@${address}`).getByRole("link");
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    if (await link.evaluate((element) => element === document.activeElement)) break;
  }
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
  await expectPicture(page);
});

test("a host that was added can be removed, configuration and this machine cannot", async ({
  page,
}) => {
  await remove(page, `root@${address}`);
  await expect(row(page, "This machine").getByRole("button")).toHaveCount(0);
  const origin = new URL(page.url()).origin;
  const answer = await page.request.delete("/api/hosts/local", { headers: { origin } });
  expect(answer.status()).toBe(409);
});

test("a host that does not answer says so, and what to do", async ({ page }) => {
  await add(page, `root@${address} -p 9`);
  await expect(page.getByRole("heading", { name: "This host cannot be reached" })).toBeVisible();
  await expect(page.getByText(`root@${address}:9 refused the connection`)).toBeVisible();
  await page.getByRole("button", { name: "Try now" }).click();
  await expect(page.getByText(`root@${address}:9 refused the connection`)).toBeVisible();
  await page.goto("/hosts");
  await expect(row(page, `${address}:9`)).toContainText("not reachable");
  await remove(page, `${address}:9`);
});

test.describe("an sshd that wants a password", () => {
  const port = 2299;
  const password = "tr0ub4dor & 3";
  let folder = "";
  let end = async (): Promise<void> => undefined;

  const newKey = (): void => {
    for (const name of ["host", "host.pub"]) rmSync(join(folder, name), { force: true });
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, "host")]);
  };
  const startSshd = (): void => {
    const where = ["-c", "command -v sshd || echo /usr/sbin/sshd"];
    const sshd = execFileSync("sh", where, { encoding: "utf8" }).trim();
    const child = spawn(sshd, ["-D", "-f", join(folder, "config")], { stdio: "ignore" });
    end = async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    };
  };

  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vethscope-sshd-"));
    newKey();
    const hash = execFileSync("openssl", ["passwd", "-6", password], { encoding: "utf8" }).trim();
    execFileSync("useradd", ["--no-create-home", "--home-dir", "/", "--password", hash, "typed"]);
    const config = [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${join(folder, "host")}`,
      "PidFile none",
      "UsePAM no",
      "PasswordAuthentication yes",
      "KbdInteractiveAuthentication no",
    ];
    writeFileSync(join(folder, "config"), config.join("\n"));
    startSshd();
  });
  test.afterAll(async () => {
    await end();
    rmSync(folder, { recursive: true });
  });

  test("is trusted without checking, asked, answered wrong and right, and marked", async ({
    page,
  }) => {
    await add(page, `typed@127.0.0.1 -p ${port}`);
    await page.getByRole("button", { name: "Trust without checking" }).click();
    const field = page.getByLabel(`Password of typed@127.0.0.1:${port}`);
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute("type", "password");
    await field.fill("wrong");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main").getByRole("alert")).toContainText("That was not right");
    await field.fill(password);
    await page.keyboard.press("Enter");
    await expectPicture(page);
    await expect(page.getByText("key unverified")).toBeVisible();
    expect(await page.content()).not.toContain(password);
    const all = await (await page.request.get("/api/hosts")).text();
    expect(all).not.toContain("tr0ub4dor");
    await page.goto("/hosts");
    await expect(row(page, "typed@")).toContainText("key unverified");
    await expect(row(page, "typed@")).toContainText("one user’s");
    await remove(page, "typed@");
  });

  test("whose key changed is a full stop, with old and new", async ({ page }) => {
    // The same address with another key: the sshd was installed anew.
    await end();
    newKey();
    startSshd();
    await add(page, `typed@127.0.0.1 -p ${port}`);
    // Where the sshd is not up yet, the page tries again by itself.
    await expect(page.getByRole("heading", { name: "The host key has changed" })).toBeVisible({
      timeout: 15_000,
    });
    const main = page.getByRole("main");
    await expect(main).toContainText(
      lineOf(join(folder, "host.pub")).match(/SHA256:\S+/)?.[0] ?? "?",
    );
    await expect(main.getByText(/^ssh-ed25519 SHA256:/)).toHaveCount(2);
    await expect(main.getByRole("textbox")).toHaveCount(0);
    await expect(main.getByRole("button", { name: /trust/i })).toHaveCount(0);
    await remove(page, "typed@");
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("list and states have their words", async ({ page }) => {
    await page.goto("/hosts");
    await expect(page.getByRole("heading", { name: "主机", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "添加并连接" })).toBeVisible();
    await expect(row(page, "本机")).toContainText("已读取");
  });
});
