import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { laneCommand } from "./remote-shell";

/** Field 5 of /proc/PID/stat, counted after the name, is the process group. */
const whoAmI = `read -r s </proc/$$/stat; set -- \${s##*) }; echo $3 $$; exit\n`;

/** What the shell of a lane says of its group and its pid, started by `login` as sshd starts it. */
async function said(login: readonly string[], leads: boolean): Promise<readonly string[]> {
  const [command = "", ...args] = [...login, "-c", laneCommand("user")];
  // A command that is not detached stays in our own group.
  const child = spawn(command, args, { detached: leads, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(whoAmI);
  let text = "";
  for await (const chunk of child.stdout) text += chunk;
  return text.trim().split(" ");
}

test.each([["sh"], ["bash"]])(
  "a lane's shell leads its process group, whoever starts it: %s",
  async (login) => {
    for (const leads of [true, false]) {
      const [group, pid] = await said([login], leads);
      expect(group).toMatch(/^\d+$/);
      expect(group).toBe(pid);
    }
  },
);

test("the command has no quote, break or backslash that a shell like fish or csh reads differently", () => {
  for (const rights of ["root", "sudo", "user"] as const) {
    const [before, inside, after] = laneCommand(rights).split("'");
    expect([before, after]).toEqual(["exec sh -c ", ""]);
    expect(inside).not.toMatch(/[\\\n!]/);
  }
});
