import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** One-time tokens. At most one is good at any time: making one spends the one before. */
export type Links = {
  /** 256 random bits, base64url. */
  readonly make: () => string;
  /** true: it was good, and now it is spent. */
  readonly spend: (token: string) => boolean;
};

const lifetimeMs = 15 * 60 * 1000;

export const links = (now: () => number = Date.now): Links => {
  let good: { readonly digest: Buffer; readonly end: number } | null = null;
  return {
    make: () => {
      const token = randomBytes(32).toString("base64url");
      good = { digest: digest(token), end: now() + lifetimeMs };
      return token;
    },
    spend: (token) => {
      if (good === null || now() >= good.end) return false;
      if (!timingSafeEqual(digest(token), good.digest)) return false;
      good = null;
      return true;
    },
  };
};

/** Digests have one length, whatever was sent: comparing them takes the same time for every guess. */
const digest = (token: string): Buffer => createHash("sha256").update(token).digest();
