import { MessagePage } from "@/components/hosts/message-page";
import { wordsIn } from "@/lib/messages/words";
import { reader } from "./reader";

export default async function NotFound() {
  const words = wordsIn((await reader()).locale);
  return (
    <MessagePage
      title={words("page.notFound.title")}
      text={words("page.notFound.text")}
      links={[
        { href: "/hosts", text: words("page.notFound.back") },
        { href: "/hosts/sample", text: words("header.sample") },
      ]}
    />
  );
}
