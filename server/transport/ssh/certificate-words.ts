import type { MessageKey } from "@/lib/messages/keys";
import type { NotVouched } from "./judge-certificate";

const words = {
  none: "hosts.certificate.none",
  "not-fetched": "hosts.certificate.notFetched",
  unreadable: "hosts.certificate.unreadable",
  "not-for-hosts": "hosts.certificate.notForHosts",
  "other-authority": "hosts.certificate.otherAuthority",
  "bad-signature": "hosts.certificate.badSignature",
  expired: "hosts.certificate.expired",
  "not-yet": "hosts.certificate.notYet",
  "other-names": "hosts.certificate.otherNames",
  "unknown-options": "hosts.certificate.unknownOptions",
  "other-key": "hosts.certificate.otherKey",
} as const satisfies Readonly<Record<NotVouched["reason"], MessageKey>>;

/** What a person reads of a list: a certificate may name hundreds of hosts. */
const shown = 6;

const listed = (all: readonly string[]): string =>
  [...all.slice(0, shown), ...(all.length > shown ? ["…"] : [])]
    .map((each) => each.slice(0, 100))
    .join(", ");

/** `2020-01-02 00:00 UTC` */
const minute = (iso: string): string => iso.replace("T", " ").replace(/:\d\d\.\d+Z$/, " UTC");

function valuesOf(why: NotVouched): Readonly<Record<string, string>> {
  switch (why.reason) {
    case "not-fetched":
      return { words: why.words };
    case "other-authority":
      return { fingerprint: why.fingerprint };
    case "expired":
      return { until: minute(why.until) };
    case "not-yet":
      return { from: minute(why.from) };
    case "other-names":
      return { name: why.name, names: listed(why.names) || "–" };
    case "unknown-options":
      return { options: listed(why.options) };
    default:
      return {};
  }
}

/** Why a host's certificate is not taken, as a message for a person. */
export const sayNotVouched = (
  why: NotVouched,
): { readonly what: MessageKey; readonly values: Readonly<Record<string, string>> } => ({
  what: words[why.reason],
  values: valuesOf(why),
});
