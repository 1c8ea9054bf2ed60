import type { ResetDistance } from '../../model/facts.js';

/** Hop limits that operating systems start with. */
export const startValues: readonly number[] = [64, 128, 255];

/**
 * The way to the host leads over a router, which turned back a packet that may pass none; what came back has passed none: each
 * of them lowers the hop limit by one (RFC 1812 5.3.1). Some routers set it anew, and then the host itself looks like that.
 */
export function passedNoRouter({ resetTtl, expiredFrom, address }: ResetDistance): boolean {
  return resetTtl !== null && startValues.includes(resetTtl) && expiredFrom !== undefined && expiredFrom !== address;
}
