import type { HostFacts } from "@/lib/facts/model";
import { visible } from "@/lib/graph/names";
import type { Barrier, Question } from "@/lib/hosts/barrier";
import type { Words } from "@/lib/messages/words";
import type { Progress } from "@/server/gather/gather";
import type { HostSource, Reading } from "@/server/hosts/source";
import { dataFolderPath, openDataFolder } from "@/server/store/data-folder";
import { barrierText } from "./barrier-text";
import type { Reach } from "./options";
import { pickHost } from "./pick-host";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

export type HostRead =
  | { readonly status: "read"; readonly facts: HostFacts }
  /** All has been said. */
  | { readonly status: "not-read"; readonly code: ExitCode };

/** Jump hosts have keys of their own; a way of more hops is a circle. */
const mostKeys = 8;

const promptOf = (question: Question, words: Words): string => {
  switch (question.kind) {
    case "password":
      return words("hosts.secret.password", { where: visible(question.where) });
    case "passphrase":
      return words("hosts.secret.passphrase", { file: visible(question.file) });
    case "keyboard-interactive":
      return visible(question.prompt.trim()) || words("hosts.secret.prompt");
  }
};

/** Asks the person at the terminal. false: nobody is there. */
function answering(source: HostSource, question: Question, terminal: Terminal): boolean {
  const { ask, words, err } = terminal;
  if (ask === null) return false;
  if ("again" in question && question.again) err(`${words("hosts.secret.again")}\n`);
  const hidden = question.kind !== "keyboard-interactive" || !question.echo;
  void ask(`${promptOf(question, words)}: `, hidden).then((secret) => source.ssh?.answer(secret));
  return true;
}

const progressOn = ({ words, err, watched }: Terminal) => {
  let last = "";
  return ({ phase, done, of }: Progress): void => {
    const line = words("cli.progress", { phase, done, of });
    if (!watched || line === last) return;
    last = line;
    err(`\r\u001b[K${line}`);
  };
};

/** One reading, until it is done or barred; a secret that nobody is there to give bars it. */
function oneReading(source: HostSource, terminal: Terminal): Promise<HostFacts | Barrier> {
  const { signal } = new AbortController();
  const asked = Promise.withResolvers<Barrier>();
  const onBarrier: Reading["onBarrier"] = (barrier) => {
    if (barrier.kind !== "secret") return;
    if (!answering(source, barrier.question, terminal)) asked.resolve(barrier);
  };
  const gathered = source
    .gather({ signal, onProgress: progressOn(terminal), onBarrier })
    .then((outcome) => ("barred" in outcome ? outcome.barred : outcome));
  // Where a secret is missing its end is not waited for; what it throws then is nobody's concern.
  gathered.catch(() => undefined);
  return Promise.race([gathered, asked.promise]);
}

/** The key that a person names is compared by the machine, and then kept as a page would keep it. */
async function isAccepted(
  source: HostSource,
  barrier: Barrier,
  key: string | null,
): Promise<boolean> {
  if (barrier.kind !== "unknown-key" || key === null || source.ssh === undefined) return false;
  openDataFolder(dataFolderPath());
  const verdict = await source.ssh.acceptKey({ how: "pasted", text: key });
  return verdict.status === "accepted";
}

const codeOf = ({ kind }: Barrier): ExitCode =>
  kind === "unknown-key" || kind === "changed-key" ? exitCodes.hostKey : exitCodes.notReached;

/** Reads a host once, with its progress told; what bars the way is told too. Its connection is closed. */
export async function readHost({ host, hostKey }: Reach, terminal: Terminal): Promise<HostRead> {
  const { words, err, watched } = terminal;
  const picked = pickHost(host, dataFolderPath());
  if (picked.status === "unreadable") {
    err(`${words("hosts.add.unreadable", { part: visible(picked.part) })}\n`);
    return { status: "not-read", code: exitCodes.usage };
  }
  const { source } = picked;
  err(`${words("cli.reading", { host: visible(host) })}\n`);
  try {
    for (let keys = 0; ; keys += 1) {
      const outcome = await oneReading(source, terminal);
      if (watched) err("\r\u001b[K");
      if ("answers" in outcome) return { status: "read", facts: outcome };
      if (keys < mostKeys && (await isAccepted(source, outcome, hostKey))) continue;
      err(`${barrierText(outcome, hostKey, words)}\n`);
      return { status: "not-read", code: codeOf(outcome) };
    }
  } finally {
    source.ssh?.close();
  }
}
