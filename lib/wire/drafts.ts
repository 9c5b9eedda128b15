import type { Evidence } from "@/lib/facts/model";

/** What is the value of one column. Evidence is: most rows of a host are the references of its checks. */
export type Atom = string | number | boolean | null | undefined | Evidence;

/** The fields of all members of a union, and what one of them may be. */
export type Names<T> = T extends unknown ? keyof T : never;
export type Field<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;

/** A row while it is being written or read: columns further down are not there yet. */
export type Draft<T> = { readonly [K in Names<T>]?: DraftOf<Field<T, K>> | undefined };
type DraftOf<V> =
  | Extract<V, Atom>
  | ([Exclude<V, Atom>] extends [never]
      ? never
      : [Exclude<V, Atom>] extends [readonly (infer E)[]]
        ? readonly DraftOf<E>[]
        : Draft<Exclude<V, Atom>>);
