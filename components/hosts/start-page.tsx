"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords, WordsProvider } from "@/components/ui/words";
import type { HostEntry } from "@/lib/hosts/entry";
import {
  containerCommand,
  containerParts,
  startAsRoot,
  type ThisMachine,
} from "@/lib/hosts/this-machine";
import type { Locale } from "@/lib/messages/keys";
import { AddHost } from "./add-host";
import { CollectScript } from "./collect-script";
import { CommandLine } from "./command-line";
import { PlainHeader } from "./plain-header";

type Props = {
  readonly hosts: readonly HostEntry[];
  readonly machine: ThisMachine;
  readonly locale: Locale;
  readonly theme: ThemeChoice;
};

/** Where there is no host to show yet, and one link away later: the ways to begin. */
export function StartPage({ locale, ...rest }: Props) {
  return (
    <WordsProvider locale={locale}>
      <Start {...rest} />
    </WordsProvider>
  );
}

function Start({ hosts, machine, theme }: Omit<Props, "locale">) {
  const words = useWords();
  return (
    <div className="flex min-h-dvh flex-col">
      <PlainHeader host={null} hosts={hosts} theme={theme} />
      <main className="mx-auto w-full max-w-5xl flex-1 px-4 py-8 sm:py-12">
        <h1 className="text-[24px] leading-8 font-semibold text-balance">
          {words("states.start.title")}
        </h1>
        <p className="mt-2 mb-8 max-w-2xl text-[14px] leading-6 text-pretty text-muted">
          {words("states.start.intro")}
        </p>
        <div className="grid items-start gap-5 md:grid-cols-2">
          <MachineCard machine={machine} />
          <div className="flex flex-col gap-5">
            <SampleCard />
            <AddHost />
            <FileCard />
            <Link
              href="/hosts"
              prefetch={false}
              className="min-h-6 self-start rounded-sm text-[13px] text-accent underline underline-offset-3"
            >
              {words("states.start.hosts")}
            </Link>
          </div>
        </div>
      </main>
    </div>
  );
}

function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="rounded-xl border border-edge bg-panel p-5">
      <h2 className="mb-2 text-[15px] font-semibold">{title}</h2>
      {children}
    </section>
  );
}

const text = "mb-3 text-[13px] leading-6 text-pretty";

function Go({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex h-9 items-center rounded-md border border-ink bg-ink px-3 text-[13px] text-panel hover:opacity-90"
    >
      {children}
    </Link>
  );
}

function SampleCard() {
  const words = useWords();
  return (
    <Card title={words("states.start.sample.title")}>
      <p className={`${text} text-muted`}>{words("states.start.sample.text")}</p>
      <Go href="/hosts/sample">{words("states.start.sample.go")}</Go>
    </Card>
  );
}

function FileCard() {
  const words = useWords();
  return (
    <Card title={words("open.title")}>
      <p className={`${text} text-muted`}>
        {words("open.intro")} {words("open.private")}
      </p>
      <Go href="/open">{words("open.go")}</Go>
      <details className="mt-3 text-[13px] leading-6">
        <summary className="min-h-6 cursor-pointer rounded-sm">
          {words("open.collect.title")}
        </summary>
        <div className="mt-2">
          <CollectScript />
        </div>
      </details>
    </Card>
  );
}

function MachineCard({ machine }: { readonly machine: ThisMachine }) {
  const words = useWords();
  return (
    <Card title={words("states.start.machine.title")}>
      <p className={`${text} text-muted`}>{words("states.start.machine.text")}</p>
      <Go href="/hosts/local">{words("states.start.machine.go")}</Go>
      {machine.kind === "elsewhere" ? (
        <p className={`${text} mt-4`}>
          {words("states.start.machine.elsewhere", { platform: machine.platform })}
        </p>
      ) : (
        <LinuxRights root={machine.root} />
      )}
    </Card>
  );
}

/** What this machine lets Vethscope see, and the lines that would let it see more. */
function LinuxRights({ root }: { readonly root: boolean }) {
  const words = useWords();
  return (
    <>
      <p className={`${text} mt-4`}>
        {words(root ? "states.start.machine.asRoot" : "states.start.machine.asUser")}
      </p>
      {!root && <CommandLine command={startAsRoot} />}
      <details className="text-[13px] leading-6">
        <summary className="min-h-6 cursor-pointer rounded-sm">
          {words("states.start.machine.container")}
        </summary>
        <p className="mt-2 mb-2 text-pretty text-muted">
          {words("states.start.machine.containerText")}
        </p>
        <CommandLine command={containerCommand} />
        <h3 className="font-medium">{words("states.start.machine.flags")}</h3>
        <dl>
          {Object.entries(containerParts).map(([part, argv]) => (
            <div key={part} className="mt-1.5">
              <dt translate="no" className="font-mono text-[12px] break-words">
                {argv.join(" ")}
              </dt>
              <dd className="text-muted">
                {words(`states.start.machine.${part as keyof typeof containerParts}`)}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}
