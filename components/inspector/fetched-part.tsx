"use client";

import type { ReactNode } from "react";
import { useWords } from "@/components/ui/words";
import type { Fetched } from "./fetched";

const saying = {
  loading: "inspector.detail.loading",
  gone: "inspector.detail.gone",
  "not-kept": "inspector.detail.notKept",
  failed: "inspector.detail.failed",
} as const;

/** What was fetched, or a line that says why it is not there. */
export function FetchedPart<Value>({
  fetched,
  children,
}: {
  readonly fetched: Fetched<Value>;
  readonly children: (value: Value) => ReactNode;
}) {
  const words = useWords();
  if (fetched.status === "read") return children(fetched.value);
  return (
    <p role="status" className="text-[12px] leading-5 text-muted">
      {words(saying[fetched.status])}
    </p>
  );
}
