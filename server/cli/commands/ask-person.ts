import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** What a shell reports of a program that Ctrl-C ended. */
const interrupted = 130;

/**
 * Asks at the terminal; what is typed is not shown where it is `hidden`, and kept in no history. Ctrl-C and
 * Ctrl-D end the program, with the terminal as it was before.
 */
export function askPerson(prompt: string, hidden: boolean): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: hidden ? nowhere : process.stderr,
    terminal: true,
    historySize: 0,
  });
  return new Promise((resolve) => {
    let said: string | null = null;
    reader.on("SIGINT", () => reader.close());
    reader.once("line", (line) => {
      said = line;
      reader.close();
    });
    reader.once("close", () => {
      if (hidden || said === null) process.stderr.write("\n");
      if (said === null) process.exit(interrupted);
      resolve(said);
    });
    // From here on the terminal shows nothing by itself: who types at once is not seen either.
    if (hidden) process.stderr.write(prompt);
    else {
      reader.setPrompt(prompt);
      reader.prompt();
    }
  });
}
