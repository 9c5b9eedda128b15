"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { useReaderLocale, useWords } from "@/components/ui/words";
import type { Losses } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";
import type { Link } from "@/lib/topology/model";

const rows = [
  { name: "rx", bytes: "rxBytes", packets: "rxPackets" },
  { name: "tx", bytes: "txBytes", packets: "txPackets" },
] as const;

/** Counters of one interface, or of both ends of a pair side by side: they should mirror. */
export function CounterTable({
  ends,
  losses = null,
}: {
  readonly ends: readonly Link[];
  /** Of the first end, where that was fetched. */
  readonly losses?: Losses | null;
}) {
  const words = useWords();
  const number = new Intl.NumberFormat(useReaderLocale());
  const counted = ends.filter((end) => end.counters !== null);
  if (counted.length === 0) return null;
  const whose = ends.length > 1 ? ` (${visible(ends[0]?.name ?? "")})` : "";
  return (
    <section className="border-t border-edge pt-3">
      <h3 className="text-[13px] font-semibold">{words("inspector.counters")}</h3>
      <table className="mt-1.5 w-full table-fixed text-[12px] tabular-nums">
        <thead>
          <tr className="text-left text-muted">
            <td className="w-8" />
            {counted.map((end) => (
              <th key={end.id} scope="col" className="py-0.5 pr-2 font-mono font-normal break-all">
                {visible(end.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, bytes, packets }) => (
            <tr key={name} className="align-top">
              <th scope="row" className="py-0.5 text-left font-normal text-muted">
                {name}
              </th>
              {counted.map(({ id, counters }) => (
                <td key={id} className="py-0.5 pr-2">
                  {counters && number.format(counters[bytes])} B
                  <span className="block text-muted">
                    {counters &&
                      words("inspector.packets", { n: number.format(counters[packets]) })}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {losses !== null && (
        <FieldList>
          <Field name="rx">
            {words("inspector.lost", { errors: losses.rxErrors, dropped: losses.rxDropped })}
            {whose}
          </Field>
          <Field name="tx">
            {words("inspector.lost", { errors: losses.txErrors, dropped: losses.txDropped })}
            {whose}
          </Field>
        </FieldList>
      )}
      {counted.length === 2 && (
        <p className="mt-1.5 text-[12px] leading-4.5 text-muted">
          {words("inspector.countersSince")}
        </p>
      )}
    </section>
  );
}
