"use client";

import { Field, FieldList } from "@/components/ui/field-list";
import { Mono } from "@/components/ui/mono";
import { useReaderLocale, useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import type { Key } from "@/lib/net/ids";
import { OpenedSection } from "./opened-section";

/** What sysfs says of the hardware behind an interface of the host. */
export function DeviceSection({ of }: { readonly of: Key }) {
  const words = useWords();
  const number = new Intl.NumberFormat(useReaderLocale());
  return (
    <OpenedSection title={words("inspector.hardware.title")} question="device" of={of}>
      {({ device }) => (
        <FieldList>
          <Field name={words("inspector.hardware.speed")}>
            {device.speed === null
              ? words("inspector.hardware.noSpeed")
              : words("inspector.hardware.mbits", { n: number.format(device.speed) })}
          </Field>
          <Field name={words("inspector.hardware.duplex")}>
            {device.duplex && <Mono>{visible(device.duplex)}</Mono>}
          </Field>
          <Field name={words("inspector.hardware.driver")}>
            {device.driver === null ? (
              words("inspector.hardware.noDriver")
            ) : (
              <Mono>{visible(device.driver)}</Mono>
            )}
          </Field>
          <Field name={words("inspector.hardware.bus")}>
            {device.bus && <Mono>{visible(device.bus)}</Mono>}
          </Field>
        </FieldList>
      )}
    </OpenedSection>
  );
}
