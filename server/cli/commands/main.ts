/** The command line: `npm run cli -- …` in a checkout, `npx vethscope …` from the packed package. */
import { wordsIn } from "@/lib/messages/words";
import { terminalLocale } from "@/server/cli/say.mjs";
import { reportBug } from "@/server/report-bug";
import { askPerson } from "./ask-person";
import { langIn } from "./options";
import { run } from "./run";
import { exitCodes, type Terminal } from "./terminal";

const argv = process.argv.slice(2);

const terminal: Terminal = {
  words: wordsIn(langIn(argv) ?? terminalLocale(process.env)),
  out: (text) => void process.stdout.write(text),
  err: (text) => void (text === "" || process.stderr.write(text)),
  watched: process.stderr.isTTY === true,
  ask: process.stdin.isTTY && process.stderr.isTTY ? askPerson : null,
  stdin: () => process.stdin,
};

/** What was written to a pipe is still on its way; a reader that left early (`| head`) wants no more. */
const end = (code: number): void => {
  process.stdout.write("", () => process.exit(code));
};

process.stdout.on("error", () => process.exit(exitCodes.done));
run(argv, terminal).then(end, (error: unknown) => {
  reportBug(error);
  end(exitCodes.bug);
});
