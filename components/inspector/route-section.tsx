"use client";

import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { visible } from "@/lib/graph/names";
import type { NetnsId } from "@/lib/net/ids";
import type { Route } from "@/lib/topology/model";

/** As `ip route` prints it. */
const routeText = ({ to, via, dev }: Route): string =>
  [to, via && `via ${via}`, dev && `dev ${dev}`].filter(Boolean).join(" ");

/** The local and broadcast routes that the kernel keeps by itself say nothing about the wiring. */
const tellsSomething = ({ table, to }: Route): boolean =>
  table !== "local" && !to.startsWith("ff00:") && !to.startsWith("fe80:");

export function RouteSection({ netns }: { readonly netns: NetnsId }) {
  const words = useWords();
  const { index } = useWorkbench();
  const routes = index.topology.routes.filter(
    (route) => route.netns === netns && tellsSomething(route),
  );
  if (routes.length === 0) return null;
  return (
    <Section title={words("inspector.routes")} count={routes.length}>
      <ul className="flex flex-col gap-1">
        {routes.map((route) => (
          <li key={`${route.table} ${routeText(route)}`}>
            <Mono>{visible(routeText(route))}</Mono>
          </li>
        ))}
      </ul>
    </Section>
  );
}
