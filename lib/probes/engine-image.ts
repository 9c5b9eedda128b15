import { z } from "zod";
import { defineProbe, type Probe } from "./define";
import { readJsonObject } from "./json-rows";

/** An image by what it is made of. `layers`: digests of their unpacked contents, lowest first; `size` in bytes. */
export type EngineImage = {
  readonly layers: readonly string[];
  readonly size: number | null;
};

const shape = z
  .object({
    RootFS: z.object({ Layers: z.array(z.string()).nullish() }).nullish(),
    Size: z.number().nullish(),
  })
  .transform(({ RootFS, Size }) => ({ layers: RootFS?.Layers ?? [], size: Size ?? null }));

/** `digest`: `sha256:` and 64 digits; nothing else is ever sent. */
export const engineImage = (digest: string): Probe<EngineImage> =>
  defineProbe({
    name: "engine-image",
    scope: "opened",
    ask: { kind: "engine", path: `/images/${digest}/json` },
    right: "engine",
    why: "digests of the layers and the size of one image; nothing else of the answer is kept",
    parse: ({ stdout }) => readJsonObject(stdout, shape),
  });
