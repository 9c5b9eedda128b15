import type { Face } from "./advance";

/** The few kinds of lettering of the picture. Kernel tokens are mono, names are not. */
export const faces = {
  heading: { font: "sans", size: 11, bold: true },
  token: { font: "mono", size: 12, bold: false },
  bridge: { font: "mono", size: 13, bold: true },
  name: { font: "sans", size: 12, bold: true },
  plain: { font: "sans", size: 12, bold: false },
  small: { font: "mono", size: 11, bold: false },
  title: { font: "sans", size: 12, bold: true },
} as const satisfies Record<string, Face>;
export type FaceName = keyof typeof faces;
