import type { Contents } from "./open-bytes";

/** From where an opened host came. */
export type Origin =
  | { readonly kind: "file"; readonly name: string }
  | { readonly kind: "link" }
  | { readonly kind: "pasted" };

/** What is open in this browser. `nth`: tells one opening from the next. */
export type OpenedHost = {
  readonly nth: number;
  readonly origin: Origin;
  readonly contents: Contents;
};
