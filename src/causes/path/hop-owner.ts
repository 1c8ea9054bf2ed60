import type { Attempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { scopeOf } from '../../model/address.js';
import { fact, type FactKey } from '../../model/facts.js';
import { registrableDomain } from '../../model/site.js';
import type { HopOwner } from '../../model/way-facts.js';
import { type HopPlace, placeOf } from './hop-place.js';
import { pastOf } from './past-of.js';

/** Where on the way a router stands, in words, with what tells it. */
export interface OwnedPlace extends HopPlace {
  readonly evidence: readonly Evidence[];
}

/**
 * The user's own router, the first one behind it, one of the provider's, of the server's network or right before the server:
 * by the place on the way, the ranges of addresses, reverse names and a table of networks.
 */
export function ownedPlace(address: string, attempt: Attempt, scene: Scene): OwnedPlace {
  const plain = placeOf(address, scene);
  const scope = scopeOf(address);
  // RFC 6598: of providers alone, between them and their customers.
  if (scope === 'shared') return { side: 'path', name: `a router of your provider (${address})`, evidence: [] };
  if (plain.side !== 'path') return { ...plain, evidence: [] };
  const way = fact(scene.facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
  const hops = way?.hops ?? [];
  const at = hops.find((hop) => hop.address === address)?.ttl;
  const outside =
    hops.find((hop) => hop.address !== null && placeOf(hop.address, scene).side === 'path')?.address ?? null;
  const own = ownerOf(address, scene);
  const called = [own?.name ?? null, address].filter((word) => word !== null).join(', ');
  const evidence = own ? ownerEvidence(own) : [];
  const of = (whose: string): OwnedPlace => ({ side: 'path', name: `${whose} (${called})`, evidence });
  const next = pastOf(attempt, scene)?.other?.reachedAt;
  const first = hops.find((hop) => hop.address !== null)?.address;
  const secondBehindOurs =
    at === 2 && first !== null && first !== undefined && placeOf(first, scene).name.startsWith('your');
  if (secondBehindOurs) return of('the first router behind yours');
  if (at !== undefined && next === at + 1) return of('the last router before the server');
  if (outside !== null && own && sameOwner(own, ownerOf(outside, scene))) return of('a router of your provider');
  if (attempt.address !== null && own && sameOwner(own, ownerOf(attempt.address, scene)))
    return of("a router of the server's network");
  return of('a router on the way');
}

/** Asked for where a router is named. */
export function ownersMissing({ facts }: Scene): readonly FactKey[] {
  return facts['path.owners'] === undefined ? ['path.owners'] : [];
}

function ownerOf(address: string, { facts }: Scene): HopOwner | undefined {
  return fact(facts, 'path.owners')?.find((one) => one.address === address);
}

function ownerEvidence({ address, name, network }: HopOwner): Evidence[] {
  const words = [
    ...(name === null ? [] : [`is called ${name}`]),
    ...(network === null
      ? []
      : [
          `lies in the network of ${network.organisation ?? 'somebody'}${network.number === null ? '' : ` (AS${network.number})`}`,
        ]),
  ];
  return words.length === 0 ? [] : [{ fact: 'path.owners', says: `${address} ${words.join(' and ')}` }];
}

function sameOwner(one: HopOwner, other: HopOwner | undefined): boolean {
  if (!other || one.address === other.address) return other !== undefined;
  const number = one.network?.number ?? null;
  if (number !== null && other.network?.number !== undefined) return number === other.network.number;
  const domain = registrableDomain(one.name ?? '', 'registries');
  return domain !== null && domain === registrableDomain(other.name ?? '', 'registries');
}
