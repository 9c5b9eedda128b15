import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { type BrowserContext, expect, type Page } from "playwright/test";
import { details, hostPage } from "./host-page";
import { labHost } from "./lab/lab-env";
import { test } from "./live-page";
import { expectFine } from "./looks";
import { type Alone, dataFolder, removeFolder, serveAlone } from "./serve-alone";

test.use({ locale: "en-US", viewport: { width: 1280, height: 900 } });
test.describe.configure({ mode: "serial", timeout: 90_000 });

/**
 * Engines that do not answer, answer little, or are all that is reached: Vethscopes of their own, whose
 * configuration says so.
 */
let data = "";
let alone: Alone;
const closing: Server[] = [];

/** TLS in front of the lab's own engine. `only`: containers that this narrower engine lists, in docker's own filters. */
const engineBehindTls = async (port: number, only: Readonly<Record<string, readonly string[]>>) => {
  const file = (name: string): Buffer => readFileSync(join(data, name));
  const server = createServer(
    { key: file("key.pem"), cert: file("cert.pem"), ca: file("ca.pem"), requestCert: true },
    (asked, answer) => {
      const { url = "", method, headers } = asked;
      const filters = encodeURIComponent(JSON.stringify(only));
      const path = url.includes("/containers/json") ? `${url}&filters=${filters}` : url;
      const passed = request({ socketPath: labHost().dockerSocket, path, method, headers });
      passed.on("response", (said) => {
        answer.writeHead(said.statusCode ?? 500, said.headers);
        said.pipe(answer);
      });
      asked.pipe(passed);
    },
  );
  closing.push(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
};

/** One key that is its own authority, for both ends. */
const makeKeys = (): void => {
  execFileSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
    ...["-keyout", join(data, "key.pem"), "-out", join(data, "cert.pem"), "-days", "2"],
    ...["-subj", "/CN=engine", "-addext", "subjectAltName=IP:127.0.0.1"],
  ]);
  writeFileSync(join(data, "ca.pem"), readFileSync(join(data, "cert.pem")));
};

const hostsFile = `hosts:
  - engine: tcp://127.0.0.1:2271
    name: whole
    certPath: CERTS
  - engine: tcp://127.0.0.1:2272
    name: stopped
    certPath: CERTS
  - engine: tcp://127.0.0.1:2273
    name: empty
    certPath: CERTS
  - engine: tcp://127.0.0.1:9
    name: nobody
    certPath: CERTS
  - engine: tcp://${labHost().address}:22
    name: no-tls
    certPath: CERTS
  - engine: tcp://127.0.0.1:2271
    name: no-keys
    certPath: CERTS/nowhere
`;

test.beforeAll(async () => {
  data = await dataFolder();
  makeKeys();
  writeFileSync(join(data, "hosts.yaml"), hostsFile.replaceAll("CERTS", data));
  await engineBehindTls(2271, {});
  await engineBehindTls(2272, { status: ["exited", "created"] });
  await engineBehindTls(2273, { label: ["of.nobody=1"] });
  alone = await serveAlone({
    data,
    env: { DOCKER_HOST: `unix://${data}/nothing.sock`, VETHSCOPE_HOSTS_FILE: `${data}/hosts.yaml` },
  });
});
test.afterAll(async () => {
  alone.child.kill("SIGKILL");
  for (const server of closing) {
    server.closeAllConnections();
    server.close();
  }
  await removeFolder(data);
});

let session: Awaited<ReturnType<BrowserContext["storageState"]>> | undefined;
/** The page of a host of this Vethscope; its link works once. */
const open = async (page: Page, path: string): Promise<void> => {
  if (session === undefined) {
    await page.goto(alone.link);
    await page.waitForURL((url) => url.pathname !== "/enter");
    session = await page.context().storageState();
  } else {
    await page.context().addCookies(session.cookies);
  }
  await page.goto(`${alone.origin}${path}`);
};
const notices = (page: Page) => page.getByRole("status").first();

test("without an engine the NICs, bridges and namespaces are drawn all the same", async ({
  page,
}) => {
  await open(page, hostPage);
  await expect(notices(page)).toContainText(`No container engine answered at ${data}/nothing.sock`);
  await expect(page.getByText("engine ✗")).toBeVisible();
  await page.goto(`${alone.origin}${hostPage}?view=table`);
  const grid = page.getByRole("grid");
  await expect(grid.getByRole("button", { name: "docker0" }).first()).toBeVisible();
  await expect(grid.getByText("✓ exact").first()).toBeVisible();
  await expect(grid).toContainText("lonely");
  await page.goto(`${alone.origin}${hostPage}`);
  await expectFine(page, "no-engine");
});

test("an engine that is all that is reached: what it says, and that nothing is proven", async ({
  page,
}) => {
  await open(page, "/hosts");
  await page.getByRole("link", { name: "whole" }).click();
  await expect(notices(page)).toContainText("known by its engine alone, at tcp://127.0.0.1:2271");
  await expect(page.getByText("kernel ✗")).toBeVisible();
  await expectFine(page, "engine-only");
  await page.getByRole("button", { name: "Table", exact: true }).click();
  await expect(page.getByRole("grid").getByText("✓ exact")).toHaveCount(0);
});

test("where nothing runs the stopped are one click away", async ({ page }) => {
  await open(page, "/hosts");
  await page.getByRole("link", { name: "stopped" }).click();
  await expect(notices(page)).toContainText(/No container is running here, \d+ stopped\./);
  await expectFine(page, "none-running");
  await page.getByRole("button", { name: "Show stopped", exact: true }).click();
  await expect(page).toHaveURL(/stopped=1/);
});

test("where no container is the sample is offered, and other ways to begin", async ({ page }) => {
  await open(page, "/hosts");
  await page.getByRole("link", { name: "empty" }).click();
  await expect(notices(page)).toContainText("No container is running here.");
  await expectFine(page, "no-containers");
  await page.getByRole("link", { name: "Other ways to begin" }).click();
  await expect(page).toHaveURL(/\/start$/);
});

for (const [host, says] of [
  ["nobody", "refused the connection: nothing listens on that port"],
  ["no-tls", "does not speak TLS as expected"],
  ["no-keys", "cannot be used"],
] as const) {
  test(`an engine that cannot be reached (${host}) says why and what to do`, async ({ page }) => {
    await open(page, "/hosts");
    await page.getByRole("link", { name: host }).click();
    await expect(page.getByRole("heading", { name: "This host cannot be reached" })).toBeVisible({
      timeout: 15_000,
    });
    await expect(page.getByRole("main")).toContainText(says);
    await expectFine(page, `engine-${host}`);
  });
}

test("a Vethscope that does not answer any more is told so over the old picture", async ({
  page,
}) => {
  await open(page, "/hosts/sample");
  await page.goto(`${alone.origin}${hostPage}`);
  await expect(details(page)).toBeVisible();
  alone.child.kill("SIGKILL");
  await alone.ended;
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText("Vethscope does not answer. Is it still running")).toBeVisible();
  await expect(page.getByTestId("stale-mark")).toBeVisible();
  await expectFine(page, "vethscope-gone", { here: true });
});
