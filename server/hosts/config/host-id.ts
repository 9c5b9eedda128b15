import { createHash } from "node:crypto";

/**
 * A host's place in URLs and the first part of its ids, from its name: `ssh-prod-01`. Made of what URLs
 * never escape. Where that loses something of the name (also its case: some file systems do not tell it
 * apart), a piece of its hash keeps two names apart.
 */
export const hostIdOf = (name: string, way: "ssh" | "engine" = "ssh"): string => {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .slice(0, 60);
  if (slug === name) return `${way}-${slug}`;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 6);
  return `${way}-${slug.replaceAll(/^-+|-+$/g, "")}-${hash}`;
};
