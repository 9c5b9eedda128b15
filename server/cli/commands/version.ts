import about from "@/package.json" with { type: "json" };

/** Of package.json; a bundle holds the one that it was made from. */
export const version: string = about.version;
