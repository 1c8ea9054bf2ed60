import { fact, type Facts } from '../../model/facts.js';
import { answered, roundTripOf } from '../connect/connect-try.js';

/** So much longer than the target's own answer took is waited for whoever stands before it. */
export const patienceRoundTrips = 1.5;

/** Milliseconds in which that address answered anything that was measured so far; 0 where it never did. */
export function roundTripTo(address: string, facts: Facts): number {
  const tries = [
    ...(fact(facts, 'connect') ?? []).filter((one) => one.address === address).map(({ first }) => first),
    ...(fact(facts, 'connect.ports') ?? []).filter((one) => one.address === address).flatMap(({ ports }) => ports),
  ];
  return Math.max(0, ...tries.filter((one) => !one.synchronous && answered(one)).map(roundTripOf));
}
