"use client";

import type { ReactNode } from "react";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import type { Container, Link, Namespace } from "@/lib/topology/model";
import { useWorkbench } from "./context";
import { namespaceName } from "./place-words";

const look =
  "min-h-6 cursor-pointer align-baseline rounded-sm text-left underline decoration-line underline-offset-3 hover:decoration-current";

/** A name that selects what it names. */
export function ThingLink({
  to,
  mono = false,
  label,
  children,
}: {
  readonly to: Key;
  readonly mono?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const { select } = useWorkbench();
  return (
    <button
      type="button"
      aria-label={label}
      onClick={() => select(to)}
      className={`${look} ${mono ? "font-mono text-[12px] break-all" : "wrap-anywhere"}`}
    >
      {children}
    </button>
  );
}

export function LinkName({ link, bare = false }: { readonly link: Link; readonly bare?: boolean }) {
  return (
    <ThingLink to={link.key} mono>
      <span translate="no">{visible(bare ? link.name : link.label)}</span>
    </ThingLink>
  );
}

export function ContainerName({ container }: { readonly container: Container }) {
  return (
    <ThingLink to={container.key}>
      <span translate="no">{visible(container.name)}</span>
    </ThingLink>
  );
}

/** A namespace by its container where it has one: that is what people look for. */
export function NamespaceLink({ namespace }: { readonly namespace: Namespace }) {
  const words = useWords();
  const { index } = useWorkbench();
  const container = index.container(namespace.containers[0] ?? null);
  if (container !== null && namespace.name.by === "container") {
    return <ContainerName container={container} />;
  }
  return <ThingLink to={namespace.key}>{namespaceName(words, namespace)}</ThingLink>;
}
