import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { expect, type Page } from "playwright/test";
import { details } from "./host-page";
import { addHost, removeHost, trustAndRead } from "./hosts-list";
import { labHost } from "./lab/lab-env";
import { test } from "./live-page";
import { expectFine } from "./looks";
import { account, hidepid, type OwnSshd, ownSshd } from "./own-sshd";

test.use({ locale: "en-US", viewport: { width: 1280, height: 900 } });
test.describe.configure({ mode: "serial", timeout: 90_000 });

/** What a host shows to those who may not do everything there; each rung as an account of its own. */
const port = 2261;
let sshd: OwnSshd;
test.beforeAll(async () => {
  sshd = await ownSshd(port);
  account("rung-none");
  account("rung-docker", { groups: "docker" });
  account("rung-mute", { shell: "/usr/sbin/nologin" });
  account("rung-closed", { shell: "/usr/sbin/nologin", groups: "docker" });
});
test.afterAll(() => sshd.end());

const look = async (page: Page, user: string, at = port): Promise<void> => {
  await addHost(page, `${user}@127.0.0.1 -p ${at} -i ${labHost().sshKeyFile}`);
  await trustAndRead(page);
};
const notices = (page: Page) => page.getByRole("status").first();
const rightOf = (page: Page, name: string) =>
  details(page).getByRole("listitem").filter({ hasText: name }).getByRole("img").first();

test("an engine's socket that may not be opened: why, what mends it, and the kernel's picture all the same", async ({
  page,
}) => {
  await look(page, "rung-none");
  await expect(notices(page)).toContainText("refused to answer: the kernel’s view is shown");
  await expect(details(page)).toContainText("put its user into the group of the socket");
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
  await expect(rightOf(page, "Ask the engine")).toHaveAccessibleName("no");
  await expectFine(page, "rights-none");
});

test("namespaces that may not be entered: hatched, their pairs open, and the line that would help", async ({
  page,
}) => {
  await page.goto("/hosts");
  await page.getByRole("link", { name: "rung-none" }).click();
  await expect(notices(page)).toContainText(/of (up to )?\d+ network namespaces could not be read/);
  await expect(rightOf(page, "Enter namespaces")).not.toHaveAccessibleName("yes");
  const legend = page.getByRole("list", { name: "Legend" });
  await expect(legend).toContainText(/not read|not known|several candidates|peer not seen/);
  await details(page).getByText("Lines for sudoers").click();
  await expect(details(page)).toContainText("equals root");
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expectFine(page, "rights-none-table");
  await removeHost(page, "rung-none");
});

test("the group docker: the engine's names, and no pair that is called exact", async ({ page }) => {
  await look(page, "rung-docker");
  await expect(rightOf(page, "Ask the engine")).toHaveAccessibleName("yes");
  await expect(rightOf(page, "Ask the kernel for its map")).toHaveAccessibleName("no");
  await expectFine(page, "rights-docker");
  await page.getByRole("button", { name: "Table", exact: true }).click();
  const named = page.getByRole("button", { name: "web2", exact: true });
  const row = page.getByRole("grid").getByRole("row").filter({ has: named }).first();
  await expect(row).toContainText(/consistent|ambiguous/);
  await expect(row).not.toContainText("✓ exact");
  await removeHost(page, "rung-docker");
});

test("a host that hides its processes says what that costs", async ({ page }) => {
  const hiding = await ownSshd(2263, [], hidepid);
  await look(page, "rung-docker", 2263);
  await expect(rightOf(page, "See the processes of others")).toHaveAccessibleName("no");
  await expect(details(page)).toContainText("hidepid");
  await expectFine(page, "hidepid");
  await removeHost(page, "rung-docker");
  await hiding.end();
});

test("an account without a shell: its own words, and what the engine says", async ({ page }) => {
  await look(page, "rung-closed");
  await expect(details(page)).toContainText("This account is currently not available");
  await expect(notices(page)).toContainText("No command could be run on this host");
  await expect(page.getByText("kernel ✗")).toBeVisible();
  await expectFine(page, "no-shell");
  await removeHost(page, "rung-closed");
});

test("where nothing was read nothing is said to be none: neither on the page nor in the list", async ({
  page,
}) => {
  await look(page, "rung-mute");
  await expect(notices(page)).toContainText("Nothing was read of this host");
  await expect(details(page)).toContainText("This account is currently not available");
  const unknown = "neither its kernel nor a container engine said anything";
  for (const [view, words] of [
    ["Table", unknown],
    ["Ports", unknown],
    ["Diagnose", "Nothing could be looked for"],
  ] as const) {
    await page.getByRole("button", { name: view, exact: true }).click();
    await expect(page.getByRole("main")).toContainText(words);
    await expect(page.getByRole("main")).not.toContainText(/No problem found|0 ports|is published/);
  }
  await expect(page.locator("footer")).not.toContainText(/0 (containers|bridges)/);
  await expectFine(page, "nothing-read");
  await page.goto("/hosts");
  const row = page.getByRole("row").filter({ hasText: "rung-mute" });
  await expect(row).toContainText("reached, nothing read");
  await expect(row.getByRole("cell", { name: "0", exact: true })).toHaveCount(0);
  await removeHost(page, "rung-mute");
});

test("one session at a time is enough for the whole picture", async ({ page }) => {
  const narrow = await ownSshd(2262, ["MaxSessions 1"]);
  await look(page, "root", 2262);
  await expect(page.getByText("kernel ✓")).toBeVisible();
  await expect(page.getByRole("button", { name: /not read/ })).toHaveCount(0);
  await expectFine(page, "max-sessions-1");
  await removeHost(page, "root@127.0.0.1:2262");
  await narrow.end();
});

test("another engine that was not asked is named, with how to see it instead", async ({ page }) => {
  const folder = "/run/podman";
  if (!existsSync(folder)) mkdirSync(folder);
  const socket = `${folder}/podman.sock`;
  // The lab's own engine once more, under another name: to whoever asks it is a second one.
  const relay = `
    const { createServer, request } = require("node:http");
    createServer((asked, answer) => {
      const passed = request({ socketPath: process.argv[2], path: asked.url, method: asked.method });
      passed.on("response", async (said) => {
        const text = (await said.toArray()).join("");
        const named = text.replace(/"ID":"[^"]*"/, '"ID":"another"');
        answer.writeHead(said.statusCode, { "content-type": "application/json" }).end(named);
      });
      passed.end();
    }).listen(process.argv[1]);`;
  const listener: ChildProcess = spawn("node", ["-e", relay, socket, labHost().dockerSocket], {
    stdio: "ignore",
  });
  await expect.poll(() => existsSync(socket)).toBe(true);
  try {
    await look(page, "root");
    await expect(details(page)).toContainText(`Another engine answers at ${socket}`);
    await expectFine(page, "engine-not-asked");
    await removeHost(page, `root@127.0.0.1:${port}`);
  } finally {
    const gone = once(listener, "exit");
    listener.kill();
    await gone;
  }
});
