import { readdirSync, statSync } from "node:fs";
import { get, request as httpRequest } from "node:http";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import {
  type Alone,
  dataFolder,
  removeFolder,
  serveAlone,
  signIn,
  startServe,
} from "./serve-alone";

type Headers = Readonly<Record<string, string>>;

/** Node's own client: fetch would not send a Host of our choice. */
const statusOf = (
  origin: string,
  path: string,
  headers: Headers = {},
  method = "GET",
): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = httpRequest(`${origin}${path}`, { headers, method, agent: false });
    asked.on("error", reject);
    asked.on("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.end();
  });

test.describe("the one Vethscope of this run", () => {
  test("lets nobody in without a session", async ({ baseURL: origin }) => {
    for (const path of ["/", "/hosts/sample", "/api/runtime", "/_next/static/chunks/a.js"]) {
      expect(await statusOf(`${origin}`, path), path).toBe(401);
    }
  });

  test("shows its pages without a breach of its content policy", async ({ page }) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        console.error(`policy: ${violatedDirective} ${blockedURI}`);
      });
    });
    for (const path of ["/hosts/sample", "/hosts/sample?view=table", "/"]) {
      await page.goto(path, { waitUntil: "networkidle" });
    }
    expect(complaints).toEqual([]);
  });

  test("gives each page a nonce of its own, and runs no script without it", async ({ page }) => {
    const nonces = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const response = await page.goto("/hosts/sample");
      const policy = (await response?.headerValue("content-security-policy")) ?? "";
      nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? "none");
    }
    expect(nonces.size).toBe(3);
    expect(nonces.has("none")).toBe(false);
    const ran = await page.evaluate(() => {
      const script = document.createElement("div");
      script.innerHTML = "<img src='data:,' onerror='window.ranInline = true'>";
      document.body.append(script);
      return new Promise((resolve) => {
        // Told after the attribute's own, which was there first.
        script.firstElementChild?.addEventListener("error", () => resolve("ranInline" in window));
      });
    });
    expect(ran).toBe(false);
  });

  test("cannot be read, framed or written by a page of another port", async ({
    page,
    baseURL: origin,
  }) => {
    const snapshot = async (): Promise<unknown> =>
      (await (await page.request.get("/api/hosts/sample/topology")).json()).snapshot;
    const before = await snapshot();
    expect(before).toMatch(/^[0-9a-f-]{36}$/);
    const other = await otherSite();
    try {
      await page.goto(other.origin);
      const seen = await page.evaluate(async (target) => {
        const asked = { mode: "no-cors", credentials: "include" } as const;
        const outcome = (path: string, method: string): Promise<string> =>
          fetch(`${target}${path}`, { ...asked, method }).then(
            () => "answered",
            () => "blocked",
          );
        const read = await outcome("/api/hosts/sample/topology", "GET");
        await outcome("/api/hosts/sample/refresh", "POST");
        const frame = document.createElement("iframe");
        frame.src = `${target}/`;
        document.body.append(frame);
        await new Promise((resolve) => frame.addEventListener("load", resolve));
        return { read, framed: frame.contentDocument !== null };
      }, `${origin}`);
      expect(seen).toEqual({ read: "blocked", framed: false });
      expect(await snapshot()).toBe(before);
    } finally {
      other.close();
    }
  });
});

/** A page at another port of 127.0.0.1: the same site for a browser's cookies, another origin. */
const otherSite = async (): Promise<{ readonly origin: string; readonly close: () => void }> => {
  const { createServer } = await import("node:http");
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>other");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

test.describe("a Vethscope of its own", () => {
  let data = "";
  let alone: Alone;

  test.beforeAll(async () => {
    data = await dataFolder();
    alone = await serveAlone({ data });
  });
  test.afterAll(async () => {
    alone.child.kill("SIGKILL");
    await removeFolder(data);
  });

  test("lets a link in once, with a cookie that no script and no other site can use", async () => {
    const first = await fetch(alone.link);
    const cookie = first.headers.get("set-cookie") ?? "";
    expect(first.status).toBe(200);
    expect(cookie.split("; ").slice(1)).toEqual([
      "Path=/",
      "HttpOnly",
      "SameSite=Strict",
      "Max-Age=2592000",
    ]);
    expect(cookie).toMatch(new RegExp(`^vethscope-${new URL(alone.origin).port}=`));
    expect((await fetch(alone.link)).status).toBe(403);
  });

  test("answers no foreign Host: not its pages, not its files, not its websocket", async () => {
    const headers = { host: "evil.test" };
    const upgrade = { ...headers, connection: "Upgrade", upgrade: "websocket" };
    for (const path of ["/", "/api/runtime", "/_next/static/chunks/a.js", "/favicon.ico"]) {
      expect(await statusOf(alone.origin, path, headers), path).toBe(421);
    }
    expect(await statusOf(alone.origin, "/_next/hmr", upgrade)).toBe(421);
  });

  test("keeps its secret where only its user can read it", () => {
    const mode = (path: string): number => statSync(path).mode & 0o777;
    expect(mode(data)).toBe(0o700);
    expect(readdirSync(data)).toEqual(["session-secret"]);
    expect(mode(join(data, "session-secret"))).toBe(0o600);
  });

  test("leaves a taken port alone, and says so in one line", async () => {
    const { port } = new URL(alone.origin);
    for (const [lang, words] of [
      ["C", `Port ${port} is taken`],
      ["zh_CN.UTF-8", `端口 ${port} 已被占用`],
    ] as const) {
      const { ended, printed } = startServe({ data, port, lang });
      expect(await ended).toBe(1);
      expect(printed()).toContain(words);
      expect(printed().trim().split("\n")).toHaveLength(1);
    }
  });
});

test.describe("a signed-in browser", () => {
  let data = "";
  let alone: Alone;
  let cookie = "";

  test.beforeEach(async () => {
    data = await dataFolder();
    alone = await serveAlone({ data });
    cookie = await signIn(alone.link);
  });
  test.afterEach(async () => {
    alone.child.kill("SIGKILL");
    await removeFolder(data);
  });

  test("may write only as our own page", async () => {
    const path = "/api/hosts/sample/refresh";
    const { origin } = alone;
    expect(await statusOf(origin, path, { cookie }, "POST")).toBe(403);
    expect(await statusOf(origin, path, { cookie, origin: "http://127.0.0.1:1" }, "POST")).toBe(
      403,
    );
    expect(await statusOf(origin, path, { cookie, origin }, "POST")).toBe(200);
  });

  test("stays signed in over a restart", async () => {
    const { port } = new URL(alone.origin);
    await alone.end("SIGTERM");
    alone = await serveAlone({ data, port });
    expect(await statusOf(alone.origin, "/api/runtime", { cookie })).toBe(200);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`with an event stream open does not hold up ${signal}`, async () => {
      const path = "/api/hosts/sample/events";
      const first = await new Promise<string>((resolve, reject) => {
        get(`${alone.origin}${path}`, { headers: { cookie } }, (response) => {
          response.setEncoding("utf8").once("data", resolve);
        }).on("error", reject);
      });
      expect(first).toContain(": open");
      const { ms, code } = await alone.end(signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(2000);
    });
  }

  test("is left by a server whose starter was killed", async () => {
    alone.child.disconnect();
    expect(await alone.ended).toBe(0);
  });

  test("and its link are in no log, and the secret neither", async () => {
    await statusOf(alone.origin, "/", { cookie });
    const { printed } = alone;
    expect(printed().split(new URL(alone.link).searchParams.get("token") ?? "")).toHaveLength(2);
    expect(printed()).not.toContain(cookie.split("=")[1] ?? "");
  });
});
