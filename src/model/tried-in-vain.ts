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
  return triedWhereWeGot(facts).filter(({ outcome, synchronous }) => {
    const code = typeof outcome === 'object' ? outcome.code : outcome === 'silent' ? 'timed-out' : null;
    return code !== null && !synchronous && waits.has(code);
  });
}

/**
 * What this system refused the named program at once, and not us: it binds its sockets to an address, an interface or a mark
 * of its own, or the like.
 */
export function refusedAtOnce(facts: Facts): readonly ProgramTry[] {
  return triedWhereWeGot(facts).filter(({ outcome, synchronous }) => typeof outcome === 'object' && synchronous);
}

function triedWhereWeGot(facts: Facts): readonly ProgramTry[] {
  const tried = fact(facts, 'device.program')?.tried ?? [];
  return tried.filter(({ address, port }) =>
    (fact(facts, 'connect') ?? []).some(
      (one) =>
        one.address === address && one.port === port && [one.first, ...one.repeats].some(({ failure }) => !failure),
    ),
  );
}
