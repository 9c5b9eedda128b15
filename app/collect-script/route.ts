import { reader } from "@/app/reader";
import { wordsIn } from "@/lib/messages/words";
import { collectScript } from "@/server/gather/collect/collect-script";

/** The script for a host without network, to be saved: its head is in the reader's language. */
export async function GET(): Promise<Response> {
  const { locale } = await reader();
  return new Response(collectScript(wordsIn(locale)), {
    headers: {
      "content-type": "application/x-sh; charset=utf-8",
      "content-disposition": 'attachment; filename="collect.sh"',
      "x-content-type-options": "nosniff",
    },
  });
}
