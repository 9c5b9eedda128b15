import { CircleHelp, Container, DoorOpen, Globe, House, Network, Unplug } from "lucide-react";
import type { ComponentType } from "react";
import type { Scope } from "@/lib/ports/model";

/** Differ in shape as well as in colour: what the world reaches stands out. */
const looks: Readonly<
  Record<
    Scope,
    {
      readonly icon: ComponentType<{ size: number; "aria-hidden": true; className: string }>;
      readonly tone: string;
    }
  >
> = {
  world: { icon: Globe, tone: "text-warn" },
  lan: { icon: Network, tone: "text-warn" },
  some: { icon: DoorOpen, tone: "text-warn" },
  host: { icon: House, tone: "text-muted" },
  containers: { icon: Container, tone: "text-muted" },
  nobody: { icon: Unplug, tone: "text-muted" },
  unknown: { icon: CircleHelp, tone: "text-bad" },
};

/** From how far away a port is reached, as a sign. Its words stand beside it. */
export function ScopeMark({ scope }: { readonly scope: Scope }) {
  const { icon: Icon, tone } = looks[scope];
  return <Icon size={14} aria-hidden className={`inline-block shrink-0 align-[-2px] ${tone}`} />;
}
