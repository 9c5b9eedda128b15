"use client";

import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { gapWords } from "@/components/workbench/gap-words";
import { dockerEras } from "@/lib/topology/firewall/eras";
import type { Source } from "@/lib/topology/firewall/model";
import { type ReadFirewall, toolName } from "./chain-id";
import { eraName } from "./rules-words";

const countIn = (firewall: ReadFirewall, { backend, family }: Source): number =>
  firewall.tables
    .filter((table) => table.backend === backend && (family === null || table.family === family))
    .reduce((sum, { chains }) => sum + chains.reduce((all, { rules }) => all + rules.length, 0), 0);

function SourceLine({
  source,
  firewall,
}: {
  readonly source: Source;
  readonly firewall: ReadFirewall;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const name = toolName(source.backend, source.family);
  const { state } = source;
  if (state.status === "unreadable") {
    const { what, next } = gapWords(words, index, state.why);
    return (
      <li className="w-full rounded-md border border-edge bg-panel px-3 py-2 leading-5">
        <span translate="no" className="mr-2 font-mono text-[12px] font-semibold">
          {name}
        </span>
        <span className="font-semibold text-warn">{words("rules.source.unreadable")}</span>
        <p className="break-words">{what}</p>
        <p className="text-muted">{next}</p>
      </li>
    );
  }
  const n =
    source.backend === "ipset"
      ? firewall.sets.filter((set) => set.backend === "ipset").length
      : countIn(firewall, source);
  return (
    <li className="flex items-baseline gap-1.5">
      <span translate="no" className="font-mono text-[12px]">
        {name}
      </span>
      <span className="text-[12px] text-muted tabular-nums">
        {state.status === "absent"
          ? words("rules.source.absent")
          : words(source.backend === "ipset" ? "rules.source.sets" : "rules.count", { n })}
      </span>
    </li>
  );
}

/** Which tools were asked, how many rules each has, and what of it could not be read: that is not "none". */
export function SourceList({ firewall }: { readonly firewall: ReadFirewall }) {
  const words = useWords();
  const eras = dockerEras(firewall);
  return (
    <div className="border-b border-edge px-4 py-2.5 text-[13px]">
      <ul aria-label={words("rules.source.title")} className="flex flex-wrap gap-x-5 gap-y-1">
        {firewall.sources.map((source) => (
          <SourceLine
            key={`${source.backend} ${source.family}`}
            source={source}
            firewall={firewall}
          />
        ))}
      </ul>
      {eras.length > 0 && (
        <p className="mt-1 text-[12px] leading-5 text-muted">
          {eras.map(({ era, backend, inForce }) => (
            <span key={`${era} ${backend}`} className="mr-4">
              {words(inForce ? "rules.era.inForce" : "rules.era.left", {
                era: eraName(era),
                backend,
              })}
            </span>
          ))}
        </p>
      )}
      {firewall.opaque > 0 && (
        <p className="mt-1 text-[12px] leading-5 text-warn">
          {words("rules.opaque", { n: firewall.opaque })}
        </p>
      )}
    </div>
  );
}
