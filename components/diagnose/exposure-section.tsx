"use client";

import { CircleAlert } from "lucide-react";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName } from "@/components/workbench/thing-link";
import type { Exposed, Exposure } from "@/lib/diagnosis/model";
import { visible } from "@/lib/graph/names";

function Who({ row: { about, name } }: { readonly row: Exposed }) {
  const words = useWords();
  const { index } = useWorkbench();
  const thing = about === null ? null : index.thing(about);
  if (thing?.kind === "container") return <ContainerName container={thing.container} />;
  if (name === null) return words("diagnose.exposure.someone");
  return words("diagnose.exposure.process", { name: visible(name) });
}

/** What the rules for the host's own programs have to do with it; told by shape as well as by colour. */
function Input({ input }: Pick<Exposed, "input">) {
  const words = useWords();
  const isPast = input === "past";
  return (
    <span className={isPast ? "inline-flex items-center gap-1.5" : "text-muted"}>
      {isPast && <CircleAlert size={14} aria-hidden className="shrink-0 text-warn" />}
      {words(`diagnose.exposure.${input}`)}
    </span>
  );
}

function Rows({ rows }: { readonly rows: readonly Exposed[] }) {
  const words = useWords();
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-edge text-[12px] text-muted">
            {(["port", "who", "input"] as const).map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                {words(`diagnose.exposure.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.port}/${row.protocol}`} className="border-b border-edge last:border-0">
              <td translate="no" className="py-1 pr-4 font-mono text-[12px] whitespace-nowrap">
                {row.port}/{row.protocol}
              </td>
              <td className="py-1 pr-4">
                <Who row={row} />
              </td>
              <td className="py-1">
                <Input input={row.input} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What of the host answers from outside, as its rules have it: no fault in itself, and good to know. */
export function ExposureSection({ exposure }: { readonly exposure: Exposure }) {
  const words = useWords();
  const title = words("diagnose.exposure.title");
  return (
    <div className="mb-4 text-[13px] leading-5" data-exposure={exposure.status}>
      {exposure.status === "unknown" ? (
        <Section title={title}>
          <p>{words("diagnose.exposure.unknown")}</p>
        </Section>
      ) : (
        <Section title={title} count={exposure.rows.length} open={exposure.rows.length <= 12}>
          <p className="mb-2 text-muted">
            {words("diagnose.exposure.lead", {
              uplink: visible(exposure.uplink),
              address: exposure.address,
            })}
          </p>
          {exposure.rows.length === 0 ? (
            <p>{words("diagnose.exposure.none")}</p>
          ) : (
            <Rows rows={exposure.rows} />
          )}
          {exposure.open > 0 && (
            <p className="mt-2 text-muted">
              {words("diagnose.exposure.open", { n: exposure.open })}
            </p>
          )}
        </Section>
      )}
    </div>
  );
}
