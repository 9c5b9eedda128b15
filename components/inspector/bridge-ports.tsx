"use client";

import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { LinkName, NamespaceLink } from "@/components/workbench/thing-link";
import type { PortDetail } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Link } from "@/lib/topology/model";

const longest = 50;

const onOff = (words: Words, value: boolean | null): string => {
  if (value === null) return words("inspector.detail.untold");
  return words(value ? "inspector.detail.on" : "inspector.detail.off");
};

/** `MTU 1500 · hairpin off · isolated off · learning on`. */
const settingsOf = (words: Words, link: Link, port: PortDetail | undefined): string =>
  [
    ...(link.mtu === null ? [] : [`MTU ${link.mtu}`]),
    ...(port === undefined
      ? []
      : (["hairpin", "isolated", "learning"] as const).map(
          (name) => `${name} ${onOff(words, port[name])}`,
        )),
  ].join(" · ");

function PortRow({ link, port }: { readonly link: Link; readonly port: PortDetail | undefined }) {
  const words = useWords();
  const { index } = useWorkbench();
  const pair = link.kind === "veth" ? index.pair(link) : null;
  const namespace = pair && index.namespace(pair.far.netns);
  const state = port?.state ?? link.portState;
  return (
    <li className="grid grid-cols-[minmax(8rem,1fr)_minmax(0,auto)] items-baseline gap-x-3 py-1 text-[13px]">
      <LinkName link={link} />
      <span className="min-w-0 text-right">
        {namespace && pair.far.id !== link.id && <NamespaceLink namespace={namespace} />}
      </span>
      <span className="text-[12px] text-muted">{settingsOf(words, link, port)}</span>
      <span
        translate="no"
        className={`text-right font-mono text-[12px] ${state === "forwarding" ? "text-muted" : "text-warn"}`}
      >
        {state === null ? words("inspector.detail.untold") : visible(state)}
      </span>
    </li>
  );
}

/** What is plugged into a bridge, and how each port is set. */
export function BridgePorts({
  ports,
  settings,
}: {
  readonly ports: readonly Link[];
  readonly settings: readonly { readonly key: string; readonly port: PortDetail }[];
}) {
  const words = useWords();
  const byKey = new Map(settings.map(({ key, port }) => [key, port]));
  return (
    <Section title={words("inspector.portsOf")} count={ports.length} open={ports.length <= longest}>
      {ports.length === 0 ? (
        <p className="text-[13px] text-muted">{words("inspector.noPorts")}</p>
      ) : (
        <ul className="divide-y divide-edge">
          {ports.map((link) => (
            <PortRow key={link.id} link={link} port={byKey.get(link.key)} />
          ))}
        </ul>
      )}
    </Section>
  );
}
