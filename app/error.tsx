"use client";

import { useEffect, useState } from "react";
import { MessagePage } from "@/components/hosts/message-page";
import { Button } from "@/components/ui/button";
import { wordsIn } from "@/lib/messages/words";

/** A fault of ours: an exception that nobody caught. The server's log has it, the page does not. */
export default function ErrorPage({ reset }: { readonly reset: () => void }) {
  // Here is no provider of words any more; the language stands in the document.
  const [chinese, setChinese] = useState(false);
  useEffect(() => setChinese(document.documentElement.lang === "zh-CN"), []);
  const words = wordsIn(chinese ? "zh-CN" : "en");
  return (
    <MessagePage
      title={words("page.error.title")}
      text={words("page.error.text")}
      links={[{ href: "/hosts/sample", text: words("header.sample") }]}
    >
      <Button onClick={reset}>{words("page.error.again")}</Button>
    </MessagePage>
  );
}
