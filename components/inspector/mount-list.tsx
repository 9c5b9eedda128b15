"use client";

import { WithHint } from "@/components/learn/with-hint";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName } from "@/components/workbench/thing-link";
import type { Mount } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";

const longest = 12;

/** `bind · read-write · rprivate`; the engine's own words but for the rights. */
const howWords = (words: Words, { type, writable, propagation }: Mount): string =>
  [
    visible(type),
    ...(writable === null ? [] : [words(writable ? "inspector.mounts.rw" : "inspector.mounts.ro")]),
    ...(propagation === null ? [] : [visible(propagation)]),
  ].join(" · ");

function Sharers({ keys }: { readonly keys: readonly Key[] }) {
  const words = useWords();
  const { index } = useWorkbench();
  const sharers = keys.flatMap((key) => {
    const thing = index.thing(key);
    return thing?.kind === "container" ? [thing.container] : [];
  });
  if (sharers.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-2 text-[12px]">
      <span className="text-muted">{words("inspector.mounts.shared")}</span>
      {sharers.map((each) => (
        <ContainerName key={each.id} container={each} />
      ))}
    </p>
  );
}

/** Where a container's files come from besides its image, and who else has them. */
export function MountList({ mounts }: { readonly mounts: readonly Mount[] }) {
  const words = useWords();
  return (
    <WithHint term="volumes">
      <Section
        title={words("inspector.mounts.title")}
        count={mounts.length}
        open={mounts.length > 0 && mounts.length <= longest}
      >
        {mounts.length === 0 ? (
          <p className="text-[13px] text-muted">{words("inspector.mounts.none")}</p>
        ) : (
          <ul className="flex flex-col gap-2 text-[13px] leading-5">
            {mounts.map((mount) => (
              <li key={mount.destination} className="min-w-0">
                <Mono className="font-medium">{visible(mount.destination)}</Mono>
                <p className="break-words">
                  <span className="text-muted">← </span>
                  {mount.name !== null && <Mono>{visible(mount.name)} </Mono>}
                  {mount.source === null ? (
                    mount.name === null && words("inspector.mounts.tmpfs")
                  ) : (
                    <Mono className={mount.name === null ? "" : "text-muted"}>
                      {visible(mount.source)}
                    </Mono>
                  )}
                </p>
                <p className="text-[12px] text-muted">{howWords(words, mount)}</p>
                <Sharers keys={mount.sharedWith} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </WithHint>
  );
}
