import { randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { door } from "./door";
import { type Links, links } from "./links";
import { sessions } from "./session";

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** A real server with nothing behind the door but an echo of the headers that Next would get. */
let server: Server;
let port = 0;
let oneTime: Links;
let passed = 0;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  oneTime = links();
  const guard = door({
    port,
    dev: false,
    links: oneTime,
    sessions: sessions(randomBytes(32), port),
  });
  server.on("request", (asked, response) => {
    if (!guard.admit(asked, response)) return;
    passed += 1;
    response.end(JSON.stringify(asked.headers));
  });
  server.on("upgrade", (asked, socket) => {
    if (!guard.admitUpgrade(asked, socket)) return;
    passed += 1;
    socket.end("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  passed = 0;
});

const ask = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, headers, method, agent: false });
    asked.on("error", reject);
    asked.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: "" });
    });
    asked.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.end();
  });

const signIn = async (): Promise<string> => {
  const { headers } = await ask(`/enter?token=${oneTime.make()}`);
  return headers["set-cookie"]?.[0]?.split(";", 1)[0] ?? "";
};

const nonceOf = ({ headers }: Answer): string =>
  /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1] ?? "";

describe("a one-time link", () => {
  test("is exchanged for a cookie, on a page that moves on by itself", async () => {
    const answer = await ask(`/enter?token=${oneTime.make()}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<meta http-equiv="refresh" content="0;url=/">');
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/; HttpOnly; SameSite=Strict/);
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(passed).toBe(0);
  });

  test("that is spent gives no cookie and says what to do", async () => {
    const path = `/enter?token=${oneTime.make()}`;
    await ask(path);
    const again = await ask(path, { accept: "text/html" });
    expect(again.status).toBe(403);
    expect(again.headers["set-cookie"]).toBeUndefined();
    expect(again.body).toContain("press Enter in the terminal");
  });

  test("that is spent takes a browser that is signed in back in", async () => {
    const cookie = await signIn();
    const answer = await ask("/enter?token=spent", { cookie });
    expect(answer.status).toBe(200);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });
});

describe("what the door answers", () => {
  test("is in the reader's language", async () => {
    const headers = { accept: "text/html", "accept-language": "zh-CN,zh;q=0.9" };
    const { status, body } = await ask("/", headers);
    expect(status).toBe(401);
    expect(body).toContain('<html lang="zh-CN">');
    expect(body).toContain("请先登录");
  });

  test("is JSON for programs", async () => {
    const { headers, body } = await ask("/api/hosts/local/topology", { accept: "text/html" });
    expect(headers["content-type"]).toBe("application/json");
    expect(JSON.parse(body)).toEqual({ error: "door.signIn.text", values: {} });
  });

  test("holds no markup of the address that was asked for", async () => {
    const { body } = await ask('/"><script>alert(1)</script>', { accept: "text/html" });
    expect(body).not.toContain("<script");
    expect(body).toContain('href="/&quot;&gt;&lt;script&gt;');
  });

  test("to a foreign Host names the right address and passes nothing on", async () => {
    const cookie = await signIn();
    const foreign = { host: "evil.test", cookie, accept: "text/html" };
    for (const path of ["/", "/_next/static/chunks/a.js", "/favicon.ico"]) {
      const { status, body } = await ask(path, foreign);
      expect(status).toBe(421);
      expect(body).toContain(`127.0.0.1:${port}`);
    }
    expect(passed).toBe(0);
  });
});

describe("a change of protocol", () => {
  const websocket = { connection: "Upgrade", upgrade: "websocket" };

  test("is refused to a foreign Host", async () => {
    const cookie = await signIn();
    expect((await ask("/", { ...websocket, host: "evil.test", cookie })).status).toBe(421);
  });
  test("is refused to another site's page", async () => {
    const cookie = await signIn();
    const origin = "http://127.0.0.1:1";
    expect((await ask("/", { ...websocket, origin, cookie })).status).toBe(403);
  });
  test("is refused without a session", async () => {
    const origin = `http://127.0.0.1:${port}`;
    expect((await ask("/", { ...websocket, origin })).status).toBe(401);
    expect(passed).toBe(0);
  });
  test("is granted to our own page", async () => {
    const cookie = await signIn();
    const origin = `http://127.0.0.1:${port}`;
    expect((await ask("/", { ...websocket, origin, cookie })).status).toBe(101);
  });
});

describe("who passes", () => {
  test("gets a nonce of its own each time, the same in header and policy", async () => {
    const cookie = await signIn();
    const [one, other] = [await ask("/", { cookie }), await ask("/", { cookie })];
    expect(nonceOf(one)).not.toBe(nonceOf(other));
    expect(JSON.parse(one.body)).toMatchObject({
      "x-nonce": nonceOf(one),
      "content-security-policy": one.headers["content-security-policy"],
    });
  });

  test("is told the language of the link, and cannot say another in a header", async () => {
    const cookie = await signIn();
    const told = async (path: string) =>
      JSON.parse((await ask(path, { cookie, "x-lang": "tlh" })).body)["x-lang"];
    expect(await told("/hosts?lang=zh-CN")).toBe("zh-CN");
    expect(await told("/hosts")).toBe("");
  });

  test("cannot choose the nonce", async () => {
    const cookie = await signIn();
    const policy = "script-src 'nonce-mine'";
    const answer = await ask("/", {
      cookie,
      "x-nonce": "mine",
      "content-security-policy": policy,
      "content-security-policy-report-only": policy,
    });
    expect(answer.body).not.toContain("mine");
  });
});
