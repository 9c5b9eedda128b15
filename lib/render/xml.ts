const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// XML 1.0 has no way to write most control characters and lone surrogates: one of them in a name
// would make the whole file unreadable.
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text or attribute value for XML, whatever a host put into a name. */
export const escaped = (text: string): string =>
  text.replace(forbidden, "\ufffd").replace(/[&<>"']/g, (each) => entities[each] ?? "");

const number = (value: number): string => `${Math.round(value * 100) / 100}`;

export type Attributes = Readonly<Record<string, string | number | null>>;

/** One element. Attributes that are null are left out; `inner` is XML already. */
export const element = (name: string, attributes: Attributes, inner = ""): string => {
  const written = Object.entries(attributes)
    .flatMap(([attribute, value]) =>
      value === null
        ? []
        : [` ${attribute}="${typeof value === "number" ? number(value) : escaped(value)}"`],
    )
    .join("");
  return inner === "" ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
};
