import { fromBase64 } from "./deflate";

const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** A whole PNG of one pixel, made by another program. */
export const smallPng = fromBase64(onePixel) ?? new Uint8Array();
