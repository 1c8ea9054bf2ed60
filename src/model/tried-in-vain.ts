import { fact, type Facts } from './facts.js';
import type { ProgramTry } from './program.js';

/** What the named program met where its connections are not about the program: refused at once is for its own guards. */
const waits: ReadonlySet<string> = new Set([
  'timed-out',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'reset',
]);

/**
 * Connections of the named program that somebody on the way left unanswered or turned away, while one of ours to the very
 * same place was made. Routers spread connections over equal ways by their ports (RFC 2992): of these one may be shut.
 */
export function triedInVain(facts: Facts): readonly ProgramTry[] {
  const tried = fact(facts, 'device.program')?.tried ?? [];
  const holds = ({ address, port }: ProgramTry): boolean =>
    (fact(facts, 'connect') ?? []).some(
      (one) =>
        one.address === address && one.port === port && [one.first, ...one.repeats].some(({ failure }) => !failure),
    );
  return tried.filter((one) => {
    const { outcome, synchronous } = one;
    const code = typeof outcome === 'object' ? outcome.code : outcome === 'silent' ? 'timed-out' : null;
    return code !== null && !synchronous && waits.has(code) && holds(one);
  });
}
