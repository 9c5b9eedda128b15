/** What Next gives a page of its address. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** A value that is there once; undefined: it is not, or it is empty. */
export const single = (query: Query, name: string): string | undefined => {
  const value = query[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};
