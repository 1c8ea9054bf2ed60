import { scopeOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { FlushCache } from '../../model/name-operations.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';

/** The cache of this computer that gives what is not true any more forgets it. */
export const remedy: Remedy<null> = {
  id: 'flush-name-cache',
  risk: 'none',
  needs: 'root',
  platforms: ['linux'],
  title: 'empties the cache of names on this computer',
  offers: (ailment) => cacheOf(ailment) !== null,
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const cache = cacheOf(ailment);
    if (cache === null) return { whyNot: 'the cache is none of this computer that can be told to forget' };
    const names = cache === 'unbound' ? namesOf(ailment) : [];
    return {
      title: `has ${cache} forget what it remembers of ${names.length === 0 ? 'names' : names.join(', ')}`,
      operations: [{ kind: 'flush-cache', cache, ...(names.length > 0 && { names }) }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'browsers have a cache of their own: in Chromium chrome://net-internals/#dns empties it; others forget by a restart',
      ],
    };
  },
};

/** The target's, and those that it stands for by what the cache said. */
function namesOf({ target, verdict: { culprit }, facts }: Ailment): string[] {
  const said = (fact(facts, 'name.direct')?.answers ?? []).filter(({ resolver }) => resolver === culprit?.address);
  const all = [target.host, ...said.flatMap(({ cnames }) => cnames)].map((name) => name.replace(/\.$/, ''));
  return [...new Set(all)].slice(0, 8);
}

function cacheOf({ verdict: { culprit }, facts }: Ailment): FlushCache['cache'] | null {
  if (culprit?.kind !== 'cache' && culprit?.kind !== 'resolver') return null;
  if (culprit.name === 'nscd') return 'nscd';
  const address = culprit.address ?? '';
  if (address === '127.0.0.53') return 'systemd-resolved';
  if (scopeOf(address) !== 'loopback') return null;
  const software = fact(facts, 'name.later')?.resolvers.find(({ resolver }) => resolver === address)?.software ?? '';
  const listeners = fact(facts, 'device.listeners')?.listeners ?? [];
  const process = listeners.find(({ port, address: own }) => port === 53 && own === address)?.process ?? '';
  const told = `${culprit.name ?? ''} ${software} ${process}`.toLowerCase();
  return (['dnsmasq', 'unbound'] as const).find((name) => told.includes(name)) ?? null;
}
