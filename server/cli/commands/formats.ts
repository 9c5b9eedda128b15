/** By the end of a file's name; the first that fits counts. */
export const formats = ["facts.json", "png", "svg", "json", "dot", "mmd", "md", "csv"] as const;
export type Format = (typeof formats)[number];

/** `host.topo.png` → png. null: the end of the name says nothing. */
export const formatOf = (path: string): Format | null =>
  formats.find((format) => path.toLowerCase().endsWith(`.${format}`)) ?? null;
