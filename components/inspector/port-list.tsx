"use client";

import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import { publishedKey } from "@/lib/graph/nat";
import type { Container, PublishedPort } from "@/lib/topology/model";

const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

const hostSide = ({ hostAddress, hostPort }: PublishedPort): string => {
  const address = hostAddress ?? "";
  return `${address.includes(":") ? `[${address}]` : address}:${hostPort}`;
};

/** Published ports, each a link to what is known of it, and those that an image only declares. */
export function PortList({ container }: { readonly container: Container }) {
  const words = useWords();
  const { ports } = container;
  if (ports.length === 0) return null;
  return (
    <Section title={words("inspector.ports")} count={ports.length} open>
      <ul className="flex flex-col gap-1 text-[13px]">
        {ports.map((port) => {
          const inside = `${port.containerPort}/${port.protocol}`;
          const published = port.hostPort !== null;
          const local = port.hostAddress !== null && isLoopback(port.hostAddress);
          return (
            <li key={`${port.hostAddress} ${port.hostPort} ${inside}`} className="flex gap-2">
              <Mono className={published && !local ? "text-warn" : ""}>
                {published && (
                  <ThingLink to={publishedKey(port, container)} mono>
                    {visible(hostSide(port))}
                  </ThingLink>
                )}
                {published ? " → " : ""}
                {visible(inside)}
              </Mono>
              <span className="text-[12px] text-muted">
                {!published && words("inspector.exposed")}
                {local && words("inspector.loopbackOnly")}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
