"use client";

import { PlacedLink } from "@/components/inspector/placed-link";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName, NamespaceLink, ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";

const shown = 8;

/** One thing that a finding is about, by the name that leads to it. */
function About({ to }: { readonly to: Key }) {
  const { index } = useWorkbench();
  const thing = index.thing(to);
  switch (thing?.kind) {
    case "container":
      return <ContainerName container={thing.container} />;
    case "namespace":
      return <NamespaceLink namespace={thing.namespace} />;
    case "bridge":
      return <PlacedLink link={thing.bridge} />;
    case "link":
      return <PlacedLink link={thing.link} />;
    case "pair":
      return <PlacedLink link={thing.pair.near} />;
    case "network":
      return <ThingLink to={to}>{visible(thing.network.name)}</ThingLink>;
    case undefined:
      return visible(to);
  }
}

export function AboutList({ about }: { readonly about: readonly Key[] }) {
  const words = useWords();
  const more = about.length - shown;
  return (
    <ul className="flex flex-col gap-0.5">
      {about.slice(0, shown).map((key) => (
        <li key={key}>
          <About to={key} />
        </li>
      ))}
      {more > 0 && <li className="text-muted">{words("diagnose.more", { n: more })}</li>}
    </ul>
  );
}
