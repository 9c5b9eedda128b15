import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import type { CommandName, Misused } from "./options";

const pages: Readonly<Record<CommandName, MessageKey>> = {
  snapshot: "cli.help.snapshot",
  render: "cli.help.render",
  pairs: "cli.help.pairs",
  open: "cli.help.open",
  "collect-script": "cli.help.collectScript",
};

/** What `vethscope help` prints; of one command, or of all. */
export const helpText = (of: CommandName | null, words: Words): string =>
  of === null
    ? `${words("cli.help.all")}\n`
    : `${words(pages[of])}\n\n${words("cli.help.everywhere")}\n`;

/** What was wrong, and where to read on. */
export function misuseText({ why }: Misused, words: Words): string {
  switch (why.what) {
    case "no-command":
      return words("cli.misuse.noCommand");
    case "no-file":
      return words("cli.misuse.noFile");
    case "facts-redacted":
      return words("cli.misuse.factsRedacted");
    case "one-stdout":
      return words("cli.misuse.oneStdout");
    case "valueless":
      return words("cli.misuse.valueless", { text: visible(why.text) });
    case "valued":
      return words("cli.misuse.valued", { text: visible(why.text) });
    case "command":
      return words("cli.misuse.command", { text: visible(why.text) });
    case "option":
      return words("cli.misuse.option", { text: visible(why.text) });
    case "extra":
      return words("cli.misuse.extra", { text: visible(why.text) });
    case "format":
      return words("cli.misuse.format", { text: visible(why.text) });
    case "value":
      return words("cli.misuse.value", {
        option: why.option,
        text: visible(why.text),
        known: why.known,
      });
  }
}
