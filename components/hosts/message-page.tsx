import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";

/** A page that only says something and leads on. */
export function MessagePage({
  title,
  text,
  links,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly children?: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="max-w-md">
        <Mark />
        <h1 className="mt-6 mb-2 text-[20px] leading-7 font-semibold">{title}</h1>
        <p className="mb-6 text-[14px] leading-6 text-pretty text-muted">{text}</p>
        <p className="flex flex-wrap items-center gap-x-5 gap-y-2">
          {children}
          {links.map((link) => (
            <a
              key={link.href}
              href={link.href}
              className="rounded-sm text-[14px] text-accent underline underline-offset-3"
            >
              {link.text}
            </a>
          ))}
        </p>
      </div>
    </main>
  );
}
