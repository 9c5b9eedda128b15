import type { Locale, MessageKey } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { MessagePage } from "./message-page";
import { RetryButton } from "./retry-button";

/** Where there is nothing to show: our own failure. What a host denies is a gap, and shown with the rest. */
export function FailedHost({
  locale,
  why,
}: {
  readonly locale: Locale;
  readonly why: { readonly error: MessageKey; readonly values: Readonly<Record<string, string>> };
}) {
  const words = wordsIn(locale);
  return (
    <MessagePage
      title={words("page.failed.title")}
      text={`${words(why.error, why.values)} ${words("page.failed.text")}`}
      links={[{ href: "/hosts/sample", text: words("page.failed.sample") }]}
    >
      <RetryButton text={words("page.error.again")} />
    </MessagePage>
  );
}
