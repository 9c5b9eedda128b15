import type { ReactNode } from "react";

/** Name and value, one under the other; values that are null are not shown, unknown ones say so. */
export function FieldList({ children }: { readonly children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 text-[13px] leading-6">
      {children}
    </dl>
  );
}

export function Field({
  name,
  hint,
  children,
}: {
  readonly name: string;
  /** Beside the name: where its meaning is told. */
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <>
      <dt className="text-muted">
        {name}
        {hint}
      </dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
