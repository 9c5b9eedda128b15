import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** Asks at the terminal; what is typed is not shown where it is `hidden`. */
export function askPerson(prompt: string, hidden: boolean): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({
    input: process.stdin,
    output: hidden ? nowhere : process.stderr,
    terminal: true,
  });
  return new Promise((resolve) => {
    reader.once("SIGINT", () => process.exit(130));
    reader.once("line", (line) => {
      reader.close();
      if (hidden) process.stderr.write("\n");
      resolve(line);
    });
  });
}
