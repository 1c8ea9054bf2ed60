import { scopeOf } from '../../model/address.js';
import type { Cause, Evidence, Scene } from '../../model/cause.js';
import { fact, type FactKey, type Facts } from '../../model/facts.js';
import type { NearTry } from '../../model/way-facts.js';
import { placeOf } from './hop-place.js';

/**
 * Somebody on the way accepts the connections to a port, whoever they are for: a transparent proxy, a filter, an
 * accelerator. Shown by opening packets that cannot get farther than him, while other ports' packets of the same kind are
 * turned back there. It stops nothing by itself; but whatever is said on such a connection may be his word.
 */
export const cause: Cause = {
  id: 'transparent-proxy',
  side: 'path',
  stage: 'connect',
  title: 'Somebody on the way accepts connections in place of the servers',
  symptoms: [],
  needs: ['connect.near', 'connect.localEnd', 'references', 'device.routes'],
  judge: () => ({ says: 'unknown', missing: [], because: 'it stops nothing by itself' }),
  alsoWhenFailed: true,
  besideNeeds: needsOf,
  beside(scene) {
    const found = acceptedNear(scene);
    if (!found) return null;
    const { port, hopLimit, at, others } = found;
    if (hopLimit === 1 && endsHere(scene) !== false) return null;
    const place = placeOf(at, scene);
    const via = viaOf(scene.facts);
    const evidence: Evidence[] = [
      {
        fact: 'connect.near',
        says: `connections to port ${port} of ${found.address} are accepted although their first packet goes only ${hopLimit} hop${hopLimit === 1 ? '' : 's'} far; packets to its other ports are turned back there, by ${at}`,
      },
      { fact: 'connect.near', says: `the same at ${others.join(' and ')}, which has nothing to do with it` },
      ...(via === undefined
        ? []
        : [{ fact: 'http' as const, says: `the answer says itself that it came through ${via}` }]),
    ];
    return {
      says: 'proven',
      side: place.side,
      culprit: { kind: 'proxy', address: at, name: `at ${place.name}` },
      summary: `${place.name.charAt(0).toUpperCase()}${place.name.slice(1)}, or something right beside it, accepts connections to port ${port} in place of the servers (a transparent proxy): what comes back may be its word.`,
      advice: `https or a VPN gets past it; ask whoever runs ${place.side === 'local-network' ? 'that router' : 'this network'}`,
      evidence,
    };
  },
};

/** Failures of a connection that was open, and answers that may be a proxy's own. */
const doubtful: ReadonlySet<string> = new Set([
  'closed', 'reset', 'timed-out', 'not-tls', 'self-signed', 'untrusted-root', 'forbidden', 'legal-block', 'bad-gateway',
  'unavailable', 'gateway-timeout', 'not-http',
]); // prettier-ignore

function needsOf(facts: Facts): readonly FactKey[] {
  const tries = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? [])];
  const [one] = tries;
  if (!one || scopeOf(one.address) !== 'public') return [];
  const failed = tries.some(({ failure }) => failure && doubtful.has(failure.code));
  if (!failed && viaOf(facts) === undefined) return [];
  const wanted: FactKey[] = ['connect.near'];
  const nearest = nearestOf(fact(facts, 'connect.near')?.tries ?? []);
  return nearest === 1
    ? [...wanted, 'connect.localEnd', 'device.routes']
    : nearest
      ? [...wanted, 'device.routes']
      : wanted;
}

/** Of a page that came unencrypted: one that came encrypted bears the word of the site's own servers. */
function viaOf(facts: Facts): string | undefined {
  if (facts.target.transport !== 'plain') return undefined;
  return fact(facts, 'http')?.find(({ headers }) => headers['via'] !== undefined)?.headers['via'];
}

function nearestOf(tries: readonly NearTry[]): number | undefined {
  return tries.find(({ as, opened }) => as === 'target' && opened)?.hopLimit;
}

function acceptedNear({ facts }: Scene): {
  readonly address: string;
  readonly port: number;
  readonly hopLimit: number;
  readonly at: string;
  readonly others: readonly string[];
} | null {
  const found = fact(facts, 'connect.near');
  const hopLimit = nearestOf(found?.tries ?? []);
  if (!found || hopLimit === undefined) return null;
  const there = found.tries.filter((one) => one.hopLimit === hopLimit);
  const own = there.filter(({ as }) => as === 'target');
  if (own.length < 2 || !own.every(({ opened }) => opened)) return null;
  const turnedBack = (one: NearTry): boolean => one.expiredFrom !== undefined && one.expiredFrom !== one.address;
  const at = there.find((one) => one.as === 'control' && turnedBack(one))?.expiredFrom;
  if (at === undefined || there.some((one) => one.as === 'control' && one.opened)) return null;
  const others = [...new Set(there.filter(({ as }) => as === 'elsewhere').map(({ address }) => address))].filter(
    (address) => {
      const same = there.filter((one) => one.address === address);
      const asked = same.filter(({ as }) => as === 'elsewhere');
      const controls = same.filter(({ as }) => as === 'elsewhere-control');
      return (
        asked.length >= 2 &&
        asked.every(({ opened }) => opened) &&
        controls.some((one) => turnedBack(one)) &&
        !controls.some(({ opened }) => opened)
      );
    },
  );
  return others.length === 0 ? null : { address: found.address, port: found.port, hopLimit, at, others };
}

/** Whether the connection ends at a program of this very device; undefined where that was not looked at. */
function endsHere({ facts }: Scene): boolean | undefined {
  const ends = fact(facts, 'connect.localEnd');
  return ends === undefined ? undefined : ends.some(({ end }) => end !== null);
}
