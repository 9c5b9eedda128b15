"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import { OpenedSection } from "./opened-section";

const megabyte = 1_000_000;

/** An image by its layers, asked of the engine when it is opened. */
export function ImageSection({ of, id }: { readonly of: Key; readonly id: string }) {
  const words = useWords();
  const number = new Intl.NumberFormat(useReaderLocale(), { maximumFractionDigits: 1 });
  return (
    <OpenedSection title={words("inspector.layers.title")} question="image" of={of}>
      {({ layers, size }) => (
        <>
          <FieldList>
            <Field name={words("inspector.id")}>
              <Mono>{visible(id)}</Mono>
            </Field>
            <Field name={words("inspector.layers.size")}>
              {size !== null && `${number.format(size / megabyte)} MB`}
            </Field>
            <Field name={words("inspector.layers.count")}>{layers.length}</Field>
          </FieldList>
          <ol className="mt-1.5 flex list-decimal flex-col gap-1 pl-5 text-[12px] marker:text-muted">
            {layers.map((layer, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty layer may come twice, and the order is what they are
              <li key={at}>
                <Mono>{visible(layer)}</Mono>
              </li>
            ))}
          </ol>
          <p className="mt-1.5 text-[12px] leading-4.5 text-muted">
            {words("inspector.layers.lowest")}
          </p>
        </>
      )}
    </OpenedSection>
  );
}
