/** When a host that could not be reached is tried again. */
export type BackOff = {
  /** Before the second attempt, without jitter. */
  readonly firstMs: number;
  readonly longestMs: number;
};

export const backOff: BackOff = { firstMs: 500, longestMs: 60_000 };

/**
 * How long to wait after `failures` failures in a row (0: not at all): doubled each time up to the
 * longest, then shortened by up to a half. `random` is in 0…1: hosts that went down together do not
 * come back to all of us, nor all of us to them, at the same moment.
 */
export function waitAfter(
  failures: number,
  random: number,
  { firstMs, longestMs }: BackOff,
): number {
  if (failures <= 0) return 0;
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(whole * (1 - random / 2));
}
