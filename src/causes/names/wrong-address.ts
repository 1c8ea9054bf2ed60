/** Whether the name led this connection to the right place, as far as the facts tell. */
import { canonical, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type FactKey, type Facts } from '../../model/facts.js';
import { type Symptom, symptoms } from '../../model/failure.js';
import type { PlaceTry } from '../../model/name-facts.js';
import { directOpinions, notYet, type Opinion, opinionsIn, referenceWord } from './answers.js';
import { stoppedConnection } from '../evidence/stopped-packets.js';

/**
 * - `innocent`: a fact shows that the name is not to blame. `agreed`: others outside give this address too.
 * - `open`: cannot be told, or not yet.
 * - `astray`: others outside give other addresses, the target works at one of those, and at this one it does not.
 */
export type AddressStanding =
  | { readonly is: 'innocent'; readonly because: string; readonly facts: readonly FactKey[] }
  | { readonly is: 'agreed'; readonly resolver: string }
  | { readonly is: 'open'; readonly missing: readonly FactKey[]; readonly because: string }
  | {
      readonly is: 'astray';
      readonly address: string;
      /** Of the configured resolvers those that give it. */
      readonly givers: readonly Opinion[];
      /** What others give. */
      readonly given: readonly string[];
      readonly giver: string;
      readonly place: PlaceTry;
      /** Others do not agree among each other either: the name has several true answers, by who asks. */
      readonly varies: boolean;
    };

/** What can be met at a wrong address, whoever gave it. */
export const symptomsOfAddress: readonly Symptom[] = [
  ...stoppedConnection,
  ...symptoms('connect', 'aborted'),
  ...symptoms('tls'),
  ...symptoms('http'),
];

const open = (because: string, missing: readonly FactKey[] = []): AddressStanding => ({ is: 'open', missing, because });

export function standingOfAddress(attempt: FailedAttempt, facts: Facts): AddressStanding {
  const { target } = facts;
  if (attempt.hop === 0 && target.literal !== 0)
    return { is: 'innocent', because: 'an address was typed, no name', facts: [] };
  if (attempt.hop > 0 || attempt.host !== target.host)
    return open('resolvers were not asked for the name that a redirect or a proxy leads to');
  if (attempt.throughProxy) return open('the proxy looked the name up');
  if (attempt.address === null || attempt.address.startsWith('/')) return open('it has no address');
  if (!target.host.includes('.') || /\.localhost$/i.test(target.host))
    return { is: 'innocent', because: 'the name is one of this computer or its network', facts: [] };
  return ofPublicName(attempt, canonical(attempt.address), facts);
}

function ofPublicName(attempt: FailedAttempt, address: string, facts: Facts): AddressStanding {
  const authenticated = (fact(facts, 'tls') ?? []).some((one) => !one.failure && canonical(one.address) === address);
  if (authenticated && (attempt.stage === 'http' || attempt.stage === 'service'))
    return {
      is: 'innocent',
      because: 'who answers there has shown by certificate that it is the one meant',
      facts: ['tls'],
    };
  const hosts = fact(facts, 'name.hosts');
  if (!hosts) return open('the hosts file was not read', notYet(facts, 'name.hosts'));
  const line = hosts.find((one) => canonical(one.address) === address);
  if (line)
    return { is: 'innocent', because: `${line.location} gives the address, no resolver`, facts: ['name.hosts'] };
  if (!fact(facts, 'name.direct')) return open('resolvers were not asked directly', notYet(facts, 'name.direct'));
  const reference = referenceWord(facts);
  if (!reference) return open('what other resolvers say is not known', notYet(facts, 'name.reference'));
  if (reference.word !== 'addresses') return open('other resolvers give no address at all');
  const agreeing = reference.opinions.find(({ addresses }) => addresses.includes(address));
  if (agreeing) return { is: 'agreed', resolver: agreeing.resolver };
  return comparePlaces(address, reference.addresses, facts);
}

/** `given`: addresses that somebody gives who has nothing to do with this network. */
export function comparePlaces(address: string, given: readonly string[], facts: Facts): AddressStanding {
  const places = fact(facts, 'name.places');
  if (!places) return open('the addresses that others give were not tried', notYet(facts, 'name.places'));
  const place = places.find((one) => given.includes(canonical(one.address)) && isWell(one));
  if (!place) {
    // Somebody on the way may stop it there, which says nothing against the address.
    const missing = places.some(({ connect }) => !connect.failure) ? notYet(facts, 'name.ahead') : [];
    return open('the target does not work at the addresses that others give either', missing);
  }
  const opinions = [...opinionsIn(fact(facts, 'name.reference')), ...opinionsIn(fact(facts, 'name.again'))];
  return {
    is: 'astray',
    address,
    givers: directOpinions(facts).filter(({ addresses }) => addresses.includes(address)),
    given,
    giver: opinions.find(({ addresses }) => addresses.includes(canonical(place.address)))?.resolver ?? '',
    place,
    varies: varies(facts),
  };
}

/** The target works there: for TLS the certificate holds for the name, for HTTP an ordinary answer came. */
export function isWell({ connect, tls, http }: PlaceTry): boolean {
  if (connect.failure || connect.pending === true) return false;
  if (tls) return !tls.failure;
  return !http?.failure;
}

/** Two of those outside, the zone's own servers among them, give the name addresses of which none is the same. */
function varies(facts: Facts): boolean {
  const sets = [...opinionsIn(fact(facts, 'name.reference')), ...authorityOpinions(facts)]
    .filter(({ word }) => word === 'addresses')
    .map(({ addresses }) => addresses);
  return sets.some((one) => sets.some((other) => !other.some((address) => one.includes(address))));
}

/** What the zone's own servers say, of those that serve it. */
export function authorityOpinions(facts: Facts): Opinion[] {
  const authority = fact(facts, 'name.authority');
  if (!authority) return [];
  const serving = authority.servers.filter(({ lame }) => lame === undefined);
  return opinionsIn({ name: authority.name, answers: serving.flatMap(({ answers }) => answers) });
}

/** What a cause says that only an address that leads astray can show. */
export function unlessAstray(standing: Exclude<AddressStanding, { is: 'astray' }>): Finding {
  switch (standing.is) {
    case 'innocent':
      return { says: 'ruledOut', because: standing.because, facts: standing.facts };
    case 'agreed':
      return {
        says: 'ruledOut',
        because: `others give the same address (${standing.resolver})`,
        facts: ['name.direct', 'name.reference'],
      };
    case 'open':
      return { says: 'unknown', missing: standing.missing, because: standing.because };
  }
}

/** Where the name should have led, and that it works there. */
export function placeEvidence({ given, giver, place }: Extract<AddressStanding, { is: 'astray' }>): Evidence[] {
  const how = place.tls
    ? 'there the certificate holds for this name'
    : place.http
      ? `there it answers (HTTP ${place.http.status ?? 0})`
      : 'there the port is open';
  return [
    { fact: 'name.reference', says: `${giver} gives ${given.slice(0, 3).join(', ')} for the name` },
    { fact: 'name.places', says: `${place.address}: ${how}` },
  ];
}

export function isOrdinary(address: string): boolean {
  return !['loopback', 'unspecified'].includes(scopeOf(address));
}
