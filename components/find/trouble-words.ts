import { type Field, fields, fieldWords } from "@/lib/find/fields";
import { mostTerms, mostText, type Trouble } from "@/lib/find/query";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";

const examples: Readonly<Record<Field, string>> = {
  name: "name:web",
  container: "container:web",
  image: "image:nginx",
  id: "id:5bd0",
  net: "net:shop",
  project: "project:shop",
  service: "service:api",
  ip: "ip:172.17.0.0/16",
  mac: "mac:02:42:ac:11:00:02",
  if: "if:eth0",
  veth: "veth:9a1c",
  eth: "eth:eth0@if5",
  ifindex: "ifindex:5",
  netns: "netns:4026532567",
  port: "port:8080",
  state: "state:down,exited",
  kind: "kind:bridge",
  proof: "proof:exact",
};

const wanted: Readonly<Partial<Record<Field, MessageKey>>> = {
  ip: "find.trouble.address",
  mac: "find.trouble.mac",
  port: "find.trouble.number",
  ifindex: "find.trouble.number",
  state: "find.trouble.oneOf",
  kind: "find.trouble.oneOf",
  proof: "find.trouble.oneOf",
};

const choices = (field: Field): string =>
  Object.hasOwn(fieldWords, field) ? fieldWords[field as keyof typeof fieldWords].join(", ") : "";

const short = (text: string): string =>
  visible(text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text);

/** What is wrong with a part of the query, and what to write instead. */
export const troubleWords = (words: Words, trouble: Trouble): string => {
  switch (trouble.kind) {
    case "unknown-field": {
      const named = { field: short(trouble.field), text: short(trouble.text) };
      return trouble.near === null
        ? words("find.trouble.unknownField", { ...named, fields: fields.join(", ") })
        : words("find.trouble.nearField", { ...named, near: trouble.near });
    }
    case "bad-value":
      return words(wanted[trouble.field] ?? "find.trouble.text", {
        field: trouble.field,
        value: short(trouble.value),
        words: choices(trouble.field),
      });
    case "no-value":
      return words("find.trouble.noValue", {
        field: trouble.field,
        example: examples[trouble.field],
      });
    case "open-quote":
      return words("find.trouble.openQuote");
    case "too-long":
      return words("find.trouble.tooLong", { n: mostText, terms: mostTerms });
  }
};
