import type { ReactNode } from "react";

/** One thing that a person has to decide or to know before a host can be shown. */
export function Card({
  title,
  tone = "plain",
  children,
}: {
  readonly title: string;
  readonly tone?: "plain" | "bad";
  readonly children: ReactNode;
}) {
  return (
    <section
      className={`mx-auto w-full max-w-2xl rounded-xl border bg-panel p-5 sm:p-7 ${tone === "bad" ? "border-bad" : "border-edge"}`}
    >
      <h1 className="mb-3 text-[20px] leading-7 font-semibold text-balance">{title}</h1>
      {children}
    </section>
  );
}

export function Text({ children }: { readonly children: ReactNode }) {
  return <p className="mb-4 text-[14px] leading-6 text-pretty text-muted">{children}</p>;
}

/** What was answered to what a person did; heard as soon as it is there. */
export function Trouble({ children }: { readonly children: ReactNode }) {
  return (
    <p role="alert" className="mt-3 text-[13px] leading-6 break-words text-bad">
      {children}
    </p>
  );
}

/** What is typed into. */
export const field =
  "w-full rounded-md border border-line bg-canvas px-3 py-2 font-mono text-[13px] leading-5 text-ink placeholder:text-muted";
