import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { wordsIn } from "@/lib/messages/words";
import { door } from "@/server/access/door";
import { links } from "@/server/access/links";
import { sessions } from "@/server/access/session";
import { openConfiguredHosts } from "@/server/hosts/open-hosts";
import { reportBug } from "@/server/report-bug";
import { openRuntime } from "@/server/runtime";
import type { FolderTrouble } from "@/server/store/data-folder";
import { sessionSecret } from "@/server/store/session-secret";
import { listen } from "./listen";
import { type NextBehind, openNext } from "./next-behind";
import { terminalLocale } from "./say.mjs";
import { whenToldToStop } from "./stop";

const words = wordsIn(terminalLocale(process.env));
const dev = process.argv.includes("--dev");
const root = fileURLToPath(new URL("../../", import.meta.url));

/** Listens, opens Next behind the door, prints the link, serves until it is told to stop. */
const serve = async (): Promise<void> => {
  const secret = sessionSecret();
  if (secret.status !== "ready") return fail(folderWords(secret));
  // A URL of many evidences is longer than the 16 KiB that Node reads by default.
  const server = createServer({ maxHeaderSize: 64 * 1024 });
  const listening = await listen(server, process.env["PORT"] || "4780");
  if (listening.status === "failed") return fail(words(listening.words, { port: listening.port }));

  const { port } = listening;
  const oneTime = links();
  const guard = door({ port, dev, links: oneTime, sessions: sessions(secret.secret, port) });
  const runtime = openRuntime(openConfiguredHosts(reportBug));
  runtime.reachedFrom.add("door");
  console.log(words("serve.preparing"));
  const next = openNext(port, root, dev);
  whenToldToStop({
    server,
    next,
    close: runtime.close,
    say: () => console.log(words("serve.stopping")),
  });
  server.on("request", (request, response) => {
    if (!guard.admit(request, response)) return;
    answer(next, (behind) => behind.handle(request, response)).catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    if (!guard.admitUpgrade(request, socket)) return;
    // The server forgets a socket that changed its protocol, but waits for its end.
    socket.on(
      "close",
      runtime.streams.add(() => socket.destroy()),
    );
    answer(next, (behind) => behind.upgrade(request, socket, head)).catch(() => socket.destroy());
  });
  await next;
  invite(port, oneTime.make);
};

const answer = async (
  next: Promise<NextBehind>,
  by: (behind: NextBehind) => Promise<void> | void,
): Promise<void> => {
  try {
    await by(await next);
  } catch (error) {
    reportBug(error);
    throw error;
  }
};

/** The only place where a one-time link is printed. */
const invite = (port: number, make: () => string): void => {
  const print = (): void => {
    console.log(words("serve.open", { link: `http://127.0.0.1:${port}/enter?token=${make()}` }));
  };
  print();
  const person = process.stdin.isTTY;
  console.log(words(person ? "serve.enterForNew" : "serve.works"));
  if (person) process.stdin.on("data", print);
};

const folderWords = (trouble: FolderTrouble): string => {
  switch (trouble.status) {
    case "foreign":
      return words("serve.dataForeign", { path: trouble.path });
    case "open":
      return words("serve.dataOpen", { path: trouble.path });
    case "unusable":
      return words("serve.dataUnusable", { path: trouble.path, code: trouble.code });
  }
};

const fail = (line: string): void => {
  console.error(line);
  process.exitCode = 1;
  // The channel to npm start would keep us alive.
  if (process.connected) process.disconnect();
};

// A closed terminal is an error of its streams; SIGHUP says the same.
for (const stream of [process.stdin, process.stdout]) stream.on("error", () => undefined);

serve().catch((error: unknown) => {
  reportBug(error);
  process.exit(1);
});
