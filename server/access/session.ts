import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Signs browsers in and knows them again. */
export type Sessions = {
  /** The Set-Cookie value of a new session. */
  readonly start: () => string;
  /** Does this Cookie header hold a session of ours that has not ended? */
  readonly knows: (cookies: string | undefined) => boolean;
};

const days = 30;
const seconds = days * 24 * 60 * 60;

/** A browser sends a host's cookies to all of its ports: the name tells two Vethscopes apart. */
const cookieName = (port: number): string => `vethscope-${port}`;

/**
 * A session is `end.id.signature`: nothing to keep, so a restart loses none. `end` in seconds since
 * 1970, `id` random, the signature over both and the cookie's name by HMAC-SHA256.
 */
export const sessions = (secret: Buffer, port: number, now: () => number = Date.now): Sessions => {
  const name = cookieName(port);
  const sign = (text: string): string =>
    createHmac("sha256", secret).update(`${name}.${text}`).digest("base64url");

  const valid = (value: string): boolean => {
    const [end = "", id = "", signature = "", ...rest] = value.split(".");
    if (rest.length > 0 || !/^\d{1,12}$/.test(end)) return false;
    return same(signature, sign(`${end}.${id}`)) && Number(end) * 1000 > now();
  };

  return {
    start: () => {
      const text = `${Math.floor(now() / 1000) + seconds}.${randomBytes(18).toString("base64url")}`;
      return `${name}=${text}.${sign(text)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`;
    },
    knows: (cookies = "") =>
      cookies
        .split(/; */)
        .filter((pair) => pair.startsWith(`${name}=`))
        .some((pair) => valid(pair.slice(name.length + 1))),
  };
};

const same = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
