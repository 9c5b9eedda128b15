"use client";

import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespacePlace } from "@/components/workbench/place-words";
import { LinkName } from "@/components/workbench/thing-link";
import type { Link } from "@/lib/topology/model";

/** The name of an interface with where it is: several may be called eth0. */
export function PlacedLink({ link }: { readonly link: Link }) {
  const words = useWords();
  const { index } = useWorkbench();
  const namespace = index.namespace(link.netns);
  return (
    <span className="text-[13px]">
      <LinkName link={link} />{" "}
      {namespace && <span className="text-muted">{namespacePlace(words, namespace)}</span>}
    </span>
  );
}
