import { type Locale, locales } from "@/lib/messages/keys";

/**
 * The language of an Accept-Language header: the most wanted one that we have; any Chinese is
 * zh-CN, for want of another. English where nothing fits.
 */
export const acceptedLocale = (header: string | undefined): Locale => {
  const wanted = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((each) => each.startsWith("q="));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const { tag } of wanted) {
    const locale = locales.find((each) => language(each) === language(tag));
    if (locale !== undefined) return locale;
  }
  return "en";
};

/** The language that a link asks for (`?lang=zh-CN`), on any page; null: none that we have. */
export const linkedLocale = (url: string | undefined): Locale | null => {
  const query = /\?([^#]*)/.exec(url ?? "")?.[1] ?? "";
  const wanted = new URLSearchParams(query).get("lang");
  return locales.find((each) => each === wanted) ?? null;
};

const language = (tag: string): string => tag.split("-", 1)[0] ?? "";
