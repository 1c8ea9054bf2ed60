import type { MeantNames } from '../../model/facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';

/** Whoever waits longer for a well-known name has no resolver that answers. */
const longestMs = 2_000;
const most = 3;

type Candidate = Pick<MeantNames['candidates'][number], 'name' | 'slip'>;

/**
 * Whether names near the one that was typed exist. Which names these are is handed in: it is knowledge, and nothing that
 * is measured.
 */
export function meantNamesGatherer(candidatesFor: (name: string) => readonly Candidate[]): Gatherer<'name.meant'> {
  return {
    fact: 'name.meant',
    needs: [],
    base: false,
    cost: 'light',
    platforms: 'any',
    privilege: 'none',
    when: ({ target }) => (target.literal === 0 && target.host !== '' ? null : 'no name was typed'),
    async gather({ target }, { system, options, signal, remaining }) {
      const done = new AbortController();
      const over = new AbortController();
      const bound = Math.max(1, Math.min(longestMs, remaining() - 100));
      void system.clock.sleep(bound, AbortSignal.any([signal, done.signal])).then(() => over.abort());
      const stop = AbortSignal.any([signal, over.signal]);
      const candidates = await Promise.all(
        candidatesFor(target.host)
          .slice(0, most)
          .map(async ({ name, slip }) => ({ name, slip, ...(await system.lookup(name, options.family, stop)) })),
      );
      done.abort();
      return signal.aborted ? skipped('ended before the names were looked up') : known({ candidates }, 'getaddrinfo');
    },
  };
}
