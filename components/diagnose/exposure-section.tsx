"use client";

import { ChevronRight, CircleAlert } from "lucide-react";
import { useId, useState } from "react";
import { QuoteList } from "@/components/inspector/quote-list";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ContainerName } from "@/components/workbench/thing-link";
import type { Exposed, Exposure, FamilyExposure } from "@/lib/diagnosis/model";
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

const columns = ["port", "at", "who", "input"] as const;

/** What the host said that shows it stands below its row, as soon as somebody asks for it. */
function ExposedRow({ row }: { readonly row: Exposed }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const quotes = useId();
  const port = `${row.port}/${row.protocol}`;
  return (
    <>
      <tr className="border-t border-edge align-baseline" data-family={row.family}>
        <td translate="no" className="py-1 pr-4 font-mono text-[12px] whitespace-nowrap">
          {port}
        </td>
        <td className="py-1 pr-4">
          <span className="flex gap-2 text-[12px] whitespace-nowrap">
            <span className="text-muted">{words(`diagnose.exposure.family.${row.family}`)}</span>
            <span translate="no" className="font-mono">
              {row.at.map((address) => (
                <span key={address} className="block">
                  {address}
                </span>
              ))}
            </span>
          </span>
        </td>
        <td className="py-1 pr-4">
          <Who row={row} />
        </td>
        <td className="py-1 pr-2">
          <Input input={row.input} />
        </td>
        <td className="py-1 text-right">
          {row.evidence.length > 0 && (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={open ? quotes : undefined}
              aria-label={words("diagnose.exposure.evidence", {
                port,
                family: words(`diagnose.exposure.family.${row.family}`),
              })}
              onClick={() => setOpen(!open)}
              className="inline-flex size-6 cursor-pointer items-center justify-center rounded-sm text-muted hover:bg-inset"
            >
              <ChevronRight
                size={14}
                aria-hidden
                className={`transition-transform motion-reduce:transition-none ${open ? "rotate-90" : ""}`}
              />
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr id={quotes}>
          <td colSpan={columns.length + 1} className="pb-2">
            <QuoteList evidence={row.evidence} />
          </td>
        </tr>
      )}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly Exposed[] }) {
  const words = useWords();
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="text-[12px] text-muted">
            {columns.map((name) => (
              <th key={name} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                {words(`diagnose.exposure.${name}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ExposedRow key={`${row.port}/${row.protocol} ${row.at[0]} ${row.input}`} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** At which addresses of one family it was asked, or why not; and what of it is left open. */
function FamilyLine({ told }: { readonly told: FamilyExposure }) {
  const words = useWords();
  if (told.status === "closed") return words(`diagnose.exposure.closed.${told.why}`);
  if (told.status === "unknown") return words(`diagnose.exposure.unknown.${told.why}`);
  const { doors, left, open, unasked } = told;
  return (
    <>
      {doors.map(({ address, uplink }, nth) => (
        <span key={address}>
          {nth > 0 && ", "}
          <span translate="no" className="font-mono text-[12px]">
            {address}
          </span>{" "}
          {words("diagnose.exposure.by", { uplink: visible(uplink) })}
        </span>
      ))}
      {left > 0 && ` ${words("diagnose.exposure.left", { n: left, asked: doors.length })}`}
      {open > 0 && ` ${words("diagnose.exposure.open", { n: open })}`}
      {unasked > 0 && ` ${words("diagnose.exposure.unasked", { n: unasked })}`}
    </>
  );
}

function Families({ families }: Pick<Exposure, "families">) {
  const words = useWords();
  return (
    <dl className="mb-2 grid grid-cols-[auto_1fr] gap-x-3">
      {families.map((told) => (
        <div key={told.family} data-family={told.family} className="contents">
          <dt className="text-muted">{words(`diagnose.exposure.family.${told.family}`)}</dt>
          <dd className="min-w-0 break-words">
            <FamilyLine told={told} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What of the host answers from outside, as its rules have it: no fault in itself, and good to know. */
export function ExposureSection({ exposure: { families, rows } }: { readonly exposure: Exposure }) {
  const words = useWords();
  const isTold = families.some(({ status }) => status !== "unknown");
  const asked = families.some(({ status }) => status === "told");
  return (
    <div className="mb-4 text-[13px] leading-5" data-exposure={isTold ? "told" : "unknown"}>
      <Section
        title={words("diagnose.exposure.title")}
        {...(isTold ? { count: rows.length } : {})}
        open={isTold && rows.length <= 12}
      >
        <p className="mb-2 text-muted">{words("diagnose.exposure.lead")}</p>
        <Families families={families} />
        {rows.length > 0 && <Rows rows={rows} />}
        {asked && rows.length === 0 && <p>{words("diagnose.exposure.none")}</p>}
      </Section>
    </div>
  );
}
