import { redirect } from "next/navigation";
import { runtime } from "@/server/runtime";

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The first live host; the sample where there is none. A language in the link goes along. */
export default async function Page({ searchParams }: Props) {
  const hosts = runtime().hosts.list();
  const first = hosts.find(({ source }) => source === "live") ?? hosts[0];
  const { lang } = await searchParams;
  const query = typeof lang === "string" ? `?lang=${encodeURIComponent(lang)}` : "";
  redirect(`/hosts/${first?.id ?? "sample"}${query}`);
}
