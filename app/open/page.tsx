import type { Metadata } from "next";
import { reader } from "@/app/reader";
import { OpenPage } from "@/components/open/open-page";
import { wordsIn } from "@/lib/messages/words";
import { runtime } from "@/server/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const words = wordsIn((await reader()).locale);
  return { title: words("page.title", { host: words("open.title") }) };
}

/** Where files and links open, in the browser alone: nothing of them comes here. */
export default async function Page() {
  const { locale, theme } = await reader();
  return <OpenPage hosts={runtime().hosts.list()} locale={locale} theme={theme} />;
}
