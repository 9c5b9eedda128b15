import type { Metadata } from "next";
import { reader } from "@/app/reader";
import { StartPage } from "@/components/hosts/start-page";
import { wordsIn } from "@/lib/messages/words";
import { thisMachine } from "@/server/hosts/this-machine";
import { runtime } from "@/server/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const words = wordsIn((await reader()).locale);
  return { title: words("states.start.page") };
}

/** Ways to begin. Nothing is read for it. */
export default async function Page() {
  const { locale, theme } = await reader();
  const hosts = runtime().hosts.list();
  return <StartPage hosts={hosts} machine={thisMachine()} locale={locale} theme={theme} />;
}
