import type { Metadata } from "next";
import { reader } from "@/app/reader";
import { HostsPage } from "@/components/hosts/hosts-page";
import { wordsIn } from "@/lib/messages/words";
import { runtime } from "@/server/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const words = wordsIn((await reader()).locale);
  return { title: words("hosts.list.page") };
}

/** All hosts and their state. Nothing is read for it. */
export default async function Page() {
  const { locale, theme } = await reader();
  const { hosts } = runtime();
  return <HostsPage hosts={hosts.list()} remarks={hosts.remarks} locale={locale} theme={theme} />;
}
