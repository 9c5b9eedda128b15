/** Beyond these a browser gives no picture at all, and says nothing (`toBlob` answers null). */
export const mostSide = 8192;
export const mostPixels = 40_000_000;

export type Size = { readonly width: number; readonly height: number };

/** What a PNG of a picture would measure, in px; `fits`: a browser can make it. */
export const pngSize = (
  { width, height }: Size,
  scale: number,
): Size & { readonly fits: boolean } => {
  const size = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  return {
    ...size,
    fits: Math.max(size.width, size.height) <= mostSide && size.width * size.height <= mostPixels,
  };
};

const longestName = 80;

const plainName = (host: string): string => {
  const name = host
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, longestName);
  return name === "" ? "host" : name;
};

/** `prod-01.topo.svg`: the host's name without what a file name cannot hold on every system. */
export const pictureName = (host: string, kind: "svg" | "png" | "json"): string =>
  `${plainName(host)}.topo.${kind}`;

/** `prod-01.dot`: of files that do not open again. */
export const textName = (
  host: string,
  kind: "svg" | "png" | "dot" | "mmd" | "md" | "csv" | "facts.json",
): string => `${plainName(host)}.${kind}`;
