import { scopeOf } from '../../../model/address.js';
import { fact, type Facts } from '../../../model/facts.js';
import type { Context, Gatherer } from '../../../model/gatherer.js';
import type { PlaceTry } from '../../../model/name-facts.js';
import { known } from '../../../model/observed.js';
import { isPublicName } from '../../../model/public-name.js';
import { tryOf } from '../../connect/connect-try.js';
import { askStep } from '../../redirects/ask-step.js';

const mostPlaces = 4;
const longestMs = 1_500;

/**
 * What answers for the target at the addresses that others than this device's own way of asking give for the name. Only
 * the address changes; name, port and request stay. CDNs give different true answers: certificate and content tell.
 */
export const namePlaces: Gatherer<'name.places'> = {
  fact: 'name.places',
  needs: ['name.system', 'name.direct', 'name.reference'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  when: (facts) => (otherPlaces(facts).length === 0 ? 'nobody gives another address' : null),
  async gather(facts, context) {
    const tries = await Promise.all(otherPlaces(facts).map((address) => tryPlace(address, facts, context)));
    return known(tries, 'connect()');
  },
};

/** One of each source at least; addresses inside a network are not gone to because somebody says that a public name is there. */
function otherPlaces(facts: Facts): string[] {
  const used = new Set(fact(facts, 'name.system')?.addresses ?? []);
  const sources = (['name.reference', 'name.again', 'name.authority', 'name.direct'] as const).map((key) => {
    if (key === 'name.authority') return fact(facts, key)?.servers.flatMap(({ answers }) => answers) ?? [];
    return fact(facts, key)?.answers ?? [];
  });
  const given = sources.map((answers) =>
    answers.filter(({ failure }) => !failure).flatMap(({ addresses }) => addresses),
  );
  const several = given.flatMap((addresses) => addresses.slice(0, 2));
  return [...new Set([...several, ...given.flat()])]
    .filter((address) => !used.has(address) && (scopeOf(address) === 'public' || !isPublicName(facts.target.host)))
    .slice(0, mostPlaces);
}

async function tryPlace(address: string, { target }: Facts, context: Context): Promise<PlaceTry> {
  const { system, options, signal, remaining } = context;
  const timeoutMs = Math.max(50, Math.min(longestMs, remaining() / 2));
  const { port } = target;
  const dialled = await system.sockets.dial({ address, port, timeoutMs, interface: options.interface }, signal).done;
  const place: PlaceTry = { address, port, connect: tryOf(address, port, dialled) };
  if (!dialled.stream) return place;
  if (target.protocol !== 'http') {
    dialled.stream.destroy();
    return place;
  }
  const step = { secure: target.transport === 'tls', host: target.host, port, path: '/' };
  const done = await Promise.race([
    askStep(step, address, dialled.stream, context),
    system.clock.sleep(timeoutMs, signal).then(() => ({})),
  ]);
  dialled.stream.destroy();
  return { ...place, ...done };
}
