"use client";

import { Mono } from "@/components/ui/mono";
import { useWords } from "@/components/ui/words";
import type { AddressDetail, Lifetime } from "@/lib/details/model";
import { visible } from "@/lib/graph/names";

const lifetime = (time: Lifetime | null): string | null =>
  typeof time === "number" ? `${time}sec` : time;

/** In the order and the words of `ip addr`, which people look for. */
const partsOf = (each: AddressDetail): readonly (readonly [name: string, value: string])[] => {
  const parts: readonly (readonly [string, string | null])[] = [
    ["peer", each.peer],
    ["brd", each.broadcast],
    ["scope", each.scope],
    ["flags", each.flags.join(" ")],
    ["label", each.label],
    ["proto", each.protocol],
    ["valid_lft", lifetime(each.valid)],
    ["preferred_lft", lifetime(each.preferred)],
  ];
  return parts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
};

/** The addresses of one interface, field by field. */
export function AddressList({ addresses }: { readonly addresses: readonly AddressDetail[] }) {
  const words = useWords();
  if (addresses.length === 0) {
    return <span className="text-muted">{words("inspector.addressesNone")}</span>;
  }
  return (
    <ul className="flex flex-col gap-1.5 pt-0.5">
      {addresses.map((each) => (
        <li key={`${each.address}/${each.prefix}`} translate="no" className="leading-4.5">
          <Mono className="font-medium">{`${visible(each.address)}/${each.prefix}`}</Mono>
          <span className="ml-1.5 font-mono text-[11px] text-muted">{each.family}</span>
          <p className="flex flex-wrap gap-x-2.5 font-mono text-[11px]">
            {partsOf(each).map(([name, value]) => (
              <span key={name} className="min-w-0 break-all">
                <span className="text-muted">{name}</span> {visible(value)}
              </span>
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
