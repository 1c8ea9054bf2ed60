import { fact, type FactKey, type Facts } from '../model/facts.js';
import type { NameAhead, PlaceTry } from '../model/name-facts.js';
import type { Observed } from '../model/observed.js';

/** What is no matter of the address, and what was said of the name. */
const kept: readonly FactKey[] = [
  'name.config',
  'name.direct',
  'name.reference',
  'name.hosts',
  'device.interfaces',
  'proxy.choice',
  'references',
  'clocks',
];

/** The target does not work at any address that others give for the name: the first of them that says how. */
export function placeAhead(facts: Facts): PlaceTry | null {
  const places = fact(facts, 'name.places') ?? [];
  const failing = places.filter(failsAt);
  if (failing.length === 0 || failing.length < places.length) return null;
  // One where a connection was made shows more of what waits there.
  return failing.find(({ connect }) => !connect.failure) ?? failing[0] ?? null;
}

function failsAt({ connect, tls, http }: PlaceTry): boolean {
  return (connect.failure ?? tls?.failure ?? http?.failure) !== undefined;
}

/** The facts as they would be had the name led there: nothing of what was met at the address that it leads to now. */
export function asLedTo({ address, port, connect, tls, http }: PlaceTry, facts: Facts, ahead?: NameAhead): Facts {
  const is = <T>(value: T): Observed<T> => ({ state: 'known', value, at: 0, ms: 0, source: 'name.places' });
  const measured = <T>(value: T | null): Observed<T> =>
    value === null ? { state: 'skipped', why: 'not measured there' } : is(value);
  const rest = Object.fromEntries(kept.flatMap((key) => (facts[key] ? [[key, facts[key]]] : [])));
  return {
    ...rest,
    target: facts.target,
    'name.system': is({ addresses: [address] }),
    connect: is([{ address, port, first: connect, repeats: [] }]),
    ...(tls && { tls: is([tls]) }),
    ...(http && { http: is([http]) }),
    ...(ahead && {
      'device.routes': measured(ahead.routes),
      'connect.localEnd': measured(ahead.localEnd),
      interference: measured(ahead.interference),
    }),
  };
}
