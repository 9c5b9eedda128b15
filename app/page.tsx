import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { firstPage } from "@/lib/hosts/first-page";
import { isBare } from "@/server/hosts/this-machine";
import { runtime } from "@/server/runtime";

type Props = { readonly searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where a reader begins. A language in the link goes along. */
export default async function Page({ searchParams }: Props) {
  const { hosts } = runtime();
  const last = (await cookies()).get("vethscope-host")?.value;
  const known = last !== undefined && hosts.entry(last) !== null;
  const first = firstPage(hosts.list(), last, known ? null : await isBare(hosts));
  const { lang } = await searchParams;
  const query = typeof lang === "string" ? `?lang=${encodeURIComponent(lang)}` : "";
  redirect(`${first}${query}`);
}
