import { scopeOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { failed, known, skipped } from '../../model/observed.js';
import { needsOwnName } from '../../model/proxied.js';

/** No more of a name's addresses become facts; far fewer are tried. */
const MAX_ADDRESSES = 64;
/** How often it is looked whether the resolvers' own word is there. */
const LOOK_MS = 100;

/** What getaddrinfo gives to any program of this device: files, DNS, mDNS, whatever nsswitch.conf says. */
export const systemNames: Gatherer<'name.system'> = {
  fact: 'name.system',
  needs: ['proxy.choice'],
  base: true,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: ({ target, ...facts }) => {
    if (target.literal !== 0) return 'the target is an address';
    if (target.host === '') return 'the target has no host name';
    return needsOwnName({ target, ...facts }) ? null : 'the proxy looks the name up';
  },
  async gather({ target }, context) {
    const { system, options, signal } = context;
    const hopeless = new AbortController();
    const done = new AbortController();
    void watchResolvers(context, AbortSignal.any([signal, done.signal])).then((silent) => silent && hopeless.abort());
    const { addresses, failure } = await system.lookup(
      target.host,
      options.family,
      AbortSignal.any([signal, hopeless.signal]),
    );
    done.abort();
    if (failure) {
      const raw = hopeless.signal.aborted ? 'given up: no resolver gives an answer' : failure.raw;
      return failed({ ...failure, raw }, 'getaddrinfo');
    }
    if (addresses.length === 0) return skipped('getaddrinfo gave neither an address nor an error');
    // 0.0.0.0 and :: lead programs to this very device, or nowhere: whoever gave them gave no address.
    if (addresses.every((address) => scopeOf(address) === 'unspecified')) {
      return failed(
        { operation: 'resolve', code: 'useless-address', raw: addresses.slice(0, 4).join(' ') },
        'getaddrinfo',
      );
    }
    return known({ addresses: addresses.slice(0, MAX_ADDRESSES) }, 'getaddrinfo');
  },
};

/**
 * Resolves to true once each resolver, asked directly, has kept silent or sent nothing of use: getaddrinfo then says the
 * same, ten seconds or more later (resolv.conf(5): 5 s, twice, for each resolver).
 */
async function watchResolvers({ system, options, latest }: Context, signal: AbortSignal): Promise<boolean> {
  if (options.thorough) return false;
  while (!signal.aborted) {
    const direct = latest()['name.direct'];
    if (direct) {
      const answers = fact(latest(), 'name.direct')?.answers ?? [];
      return (
        answers.length > 0 &&
        answers.every(({ failure }) => failure?.operation === 'exchange' && unheard.has(failure.code))
      );
    }
    await system.clock.sleep(LOOK_MS, signal);
  }
  return false;
}

/** Nothing came back that getaddrinfo would take for an answer: it waits on (after a SERVFAIL it does not). */
const unheard: ReadonlySet<string> = new Set([
  'timed-out',
  'refused',
  'host-unreachable',
  'network-unreachable',
  'prohibited',
  'not-permitted',
  'malformed',
  'mismatched',
]);
