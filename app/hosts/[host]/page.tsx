import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { reader } from "@/app/reader";
import { FailedHost } from "@/components/hosts/failed-host";
import { HostBarrier } from "@/components/hosts/host-barrier";
import { hostName } from "@/components/hosts/host-name";
import { SkeletonRails } from "@/components/hosts/skeleton-rails";
import { refusedBy } from "@/components/workbench/reading";
import { Workbench } from "@/components/workbench/workbench";
import { wordsIn } from "@/lib/messages/words";
import { pack } from "@/lib/wire/wire";
import { barrierTrouble } from "@/server/hosts/barrier";
import { runtime } from "@/server/runtime";

type Props = {
  readonly params: Promise<{ host: string }>;
};

/** Known by the list alone, so that an unknown host is a 404 before anything streams. */
const known = (host: string) => runtime().hosts.entry(host);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const entry = known((await params).host);
  const words = wordsIn((await reader()).locale);
  return entry === null ? {} : { title: words("page.title", { host: hostName(words, entry) }) };
}

export default async function Page({ params }: Props) {
  const { host } = await params;
  const entry = known(host);
  if (entry === null) notFound();
  const words = wordsIn((await reader()).locale);
  return (
    <Suspense
      fallback={<SkeletonRails loading={words("page.loading")} name={hostName(words, entry)} />}
    >
      <HostPage host={host} />
    </Suspense>
  );
}

/** The first to come waits for the first reading; the page around it is there already. */
async function HostPage({ host }: { readonly host: string }) {
  const { locale, theme } = await reader();
  const { hosts } = runtime();
  const look = await hosts.snapshot(host);
  if (look.status === "failed" || look.status === "unknown-host") {
    return <FailedHost locale={locale} why={look.trouble} />;
  }
  const barrier = look.status === "barred" ? look.barrier : barrierOf(host);
  // A host that is only out of reach shows its last picture, and says so there.
  if (barrier !== null && (barrier.kind !== "unreachable" || look.snapshot === null)) {
    return (
      <HostBarrier
        host={host}
        hosts={hosts.list()}
        barrier={barrier}
        locale={locale}
        theme={theme}
      />
    );
  }
  if (look.snapshot === null) throw new Error("neither a reading nor a barrier");
  const { id, topology, ruled } = look.snapshot;
  return (
    <Workbench
      key={host}
      host={host}
      hosts={hosts.list()}
      first={{ snapshot: id, topology: pack(topology), ruled }}
      refused={barrier === null ? null : refusedBy(barrierTrouble(barrier), barrier)}
      locale={locale}
      theme={theme}
    />
  );
}

const barrierOf = (host: string) => {
  const state = known(host)?.state;
  return state?.state === "barred" ? state.barrier : null;
};
