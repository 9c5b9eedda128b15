"use client";

import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { PublishedPort } from "@/lib/topology/model";

const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

const hostSide = ({ hostAddress, hostPort }: PublishedPort): string => {
  const address = hostAddress ?? "";
  return `${address.includes(":") ? `[${address}]` : address}:${hostPort}`;
};

/** Published ports, and those that an image only declares. */
export function PortList({ ports }: { readonly ports: readonly PublishedPort[] }) {
  const words = useWords();
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
                {published ? `${visible(hostSide(port))} → ` : ""}
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
