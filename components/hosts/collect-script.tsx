"use client";

import { useWords } from "@/components/ui/words";
import { CommandLine } from "./command-line";

/** For a host that nothing reaches: the script that writes the file which opens here. */
export function CollectScript() {
  const words = useWords();
  return (
    <>
      <p className="mb-3 text-[13px] leading-6 text-pretty text-muted">
        {words("open.collect.text")}{" "}
        <a
          href="/collect-script"
          download="collect.sh"
          className="inline-block min-h-6 rounded-sm text-accent underline underline-offset-3"
        >
          {words("open.collect.get")}
        </a>
      </p>
      <CommandLine command="sudo sh collect.sh" />
    </>
  );
}
