import { scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { Culprit } from '../../model/words.js';
import {
  notYet,
  type Opinion,
  opinionsFor,
  questionFor,
  referenceWord,
  resolverCulprit,
  sideOfResolver,
  whoseResolver,
} from './answers.js';
import { ageing, isOlder, laterOf, saysStale, span } from './cache-signs.js';
import {
  type AddressStanding,
  authorityOpinions,
  isOrdinary,
  placeEvidence,
  standingOfAddress,
  unlessAstray,
  symptomsOfAddress,
} from './wrong-address.js';
import { policySigns } from './policy-signs.js';
import { redirectNotAsked } from './redirect-name.js';

type Astray = Extract<AddressStanding, { is: 'astray' }>;

/** Somebody who remembers answers gives one that the name's owner no longer publishes. */
export const cause: Cause = {
  id: 'stale-dns-cache',
  side: 'this-device',
  stage: 'name',
  title: 'A cache gives an address that is no longer true',
  symptoms: [...symptoms('exchange', 'nxdomain', 'no-data'), ...symptoms('resolve', 'not-found'), ...symptomsOfAddress],
  needs: ['name.hosts', 'name.direct', 'name.reference', 'name.places', 'name.later', 'name.caches', 'name.authority'],
  remedies: ['flush-name-cache'],
  misleads: true,
  falsifies: true,
  yieldsTo: ['captive-portal', 'dns-answer-forged'],
  judge(attempt, { facts }): Finding {
    if (attempt.stage === 'name') return attempt.hop > 0 ? redirectNotAsked : rememberedNo(attempt, facts);
    const standing = standingOfAddress(attempt, facts);
    if (standing.is !== 'astray') return unlessAstray(standing);
    if (!isOrdinary(standing.address))
      return { says: 'ruledOut', because: 'an address that leads nowhere was never published', facts: ['name.direct'] };
    const published = authorityOpinions(facts).find(({ addresses }) => addresses.includes(standing.address));
    if (published)
      return {
        says: 'ruledOut',
        because: `the zone's own server ${published.resolver} gives this address too`,
        facts: ['name.authority'],
      };
    const [giver] = standing.givers;
    return giver ? rememberedBy(giver, standing, attempt, facts) : rememberedHere(standing, attempt, facts);
  },
};

/** No configured resolver gives the address any more: this computer itself has kept it. */
function rememberedHere(standing: Astray, { host }: FailedAttempt, facts: Facts): Finding {
  const caches = fact(facts, 'name.caches');
  if (!caches)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.caches'),
      because: 'it is not known what this computer keeps',
    };
  const { address } = standing;
  if (!caches.nscd?.addresses.includes(address))
    return { says: 'unknown', missing: [], because: 'it is not known who gave that address' };
  const owners = authorityOpinions(facts).filter(({ word }) => word === 'addresses');
  const common = {
    side: 'this-device',
    stage: 'name',
    culprit: { kind: 'cache', name: 'nscd', location: caches.nscd.socket },
    summary: `This computer remembers an old address of ${host} (${address}): its name cache, nscd, has not noticed that it has moved.`,
    advice: 'sudo nscd --invalidate=hosts',
    evidence: [
      { fact: 'name.caches', says: `nscd gives ${address}, asked for the name` },
      { fact: 'name.direct', says: 'the name servers that this computer is set to ask do not give it any more' },
      ...placeEvidence(standing),
      ...ownerEvidence(owners),
    ],
  } as const;
  // The same name server, asked past the cache, leads to where it works, and the owner publishes nothing else.
  if (owners.length > 0 && !standing.varies && standing.place.connect.failure === undefined)
    return { says: 'proven', ...common };
  return { says: 'fits', weight: standing.varies ? 0.5 : 0.9, missing: notYet(facts, 'name.authority'), ...common };
}

function rememberedBy(giver: Opinion, standing: Astray, { host }: FailedAttempt, facts: Facts): Finding {
  const { resolver } = giver;
  const { address } = standing;
  const said = saysStale(giver);
  if (said === null && policySigns(giver, questionFor(host, facts)).some(({ strength }) => strength === 'stated'))
    return {
      says: 'ruledOut',
      because: `${resolver} says itself that it gives an answer of its own on purpose`,
      facts: ['name.direct'],
    };
  const later = laterOf(resolver, facts);
  if (said === null && !later)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.later'),
      because: 'it is not known whether the answer is a remembered one',
    };
  const age = later ? ageing(later) : 'unclear';
  if (said === null && age !== 'runs') {
    const because =
      age === 'fixed'
        ? `the answer of ${resolver} may be kept for as long each time: it is made anew`
        : 'nothing shows that the answer is a remembered one';
    return { says: 'unknown', missing: [], because };
  }
  const owners = authorityOpinions(facts).filter(({ word }) => word === 'addresses');
  const left = age === 'runs' ? later?.second.ttl : undefined;
  const evidence: Evidence[] = [];
  if (said !== null)
    evidence.push({ fact: 'name.direct', says: `${resolver} says itself that its answer is old: ${said}` });
  if (age === 'runs' && later)
    evidence.push({
      fact: 'name.later',
      says: `${resolver} gives ${address} out of its memory: the time for which it may be kept ran from ${later.first.ttl} to ${later.second.ttl} s`,
    });
  evidence.push(...placeEvidence(standing), ...ownerEvidence(owners));
  const common = {
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: cacheCulprit(resolver, facts, later?.software),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) still gives an old address of ${host} (${address}).${left === undefined ? '' : ` It forgets it in about ${span(left)}.`}`,
    advice: flushing(resolver, later?.software, left),
    evidence,
  } as const;
  const missing = notYet(facts, 'name.authority', ...(said === null ? [] : (['name.later'] as const)));
  // A name with several true answers may be given any of them from memory.
  if (standing.varies) return { says: 'fits', weight: 0.4, atMost: 'likely', ...common };
  const atHome = sideOfResolver(resolver, facts) !== 'path';
  // Whoever asks from another place may be given another answer by the same owner.
  if (said !== null || (owners.length > 0 && atHome)) return { says: 'fits', weight: 0.9, missing, ...common };
  return { says: 'fits', weight: owners.length > 0 ? 0.85 : 0.75, atMost: 'likely', missing, ...common };
}

/** "No such name", from before there was one. */
function rememberedNo(attempt: FailedAttempt, facts: Facts): Finding {
  if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
  const own = opinionsFor(attempt, facts);
  const denying = own.filter(({ word }) => word === 'nxdomain' || word === 'no-data');
  if (denying.length === 0) {
    if (own.some(({ word }) => word === 'addresses')) return rememberedNoHere(facts);
    return { says: 'ruledOut', because: 'no resolver denies the name', facts: ['name.direct'] };
  }
  const reference = referenceWord(facts);
  if (!reference)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.reference'),
      because: 'what other resolvers say is not known',
    };
  if (reference.word !== 'addresses')
    return denying.every(({ word }) => word === reference.word)
      ? { says: 'ruledOut', because: 'other resolvers say the same', facts: ['name.direct', 'name.reference'] }
      : { says: 'unknown', missing: [], because: 'other resolvers give no address either' };
  const stated = denying.find((opinion) => saysStale(opinion) !== null);
  const serials = (fact(facts, 'name.authority')?.servers ?? []).flatMap(({ serial }) => serial ?? []);
  const old = denying.flatMap((opinion) =>
    opinion.answers.flatMap(({ serial }) =>
      serial !== undefined && serials.length > 0 && serials.every((now) => isOlder(serial, now))
        ? [{ opinion, serial }]
        : [],
    ),
  )[0];
  if (!stated && !old)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.authority'),
      because: 'nothing shows that the "no" is from before there was such a name',
    };
  const opinion = stated ?? old?.opinion;
  if (!opinion) return redirectNotAsked;
  return oldNo(opinion, old?.serial, serials[0], attempt.host, reference.addresses, facts);
}

function oldNo(
  opinion: Opinion,
  serial: number | undefined,
  now: number | undefined,
  host: string,
  given: readonly string[],
  facts: Facts,
): Finding {
  const { resolver, answers } = opinion;
  const said = saysStale(opinion);
  const left = answers.find(({ failure, ttl }) => failure !== undefined && ttl !== undefined)?.ttl;
  return {
    says: 'fits',
    weight: 0.85,
    // A secondary server of the owner's may lag behind just so.
    ...(said === null && { atMost: 'likely' as const }),
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: cacheCulprit(resolver, facts, laterOf(resolver, facts)?.software),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) still says that there is no ${host}: it remembers that from before there was one.${left === undefined ? '' : ` It asks again in at most ${span(left)}.`}`,
    advice: flushing(resolver, undefined, left),
    evidence: [
      ...(said === null
        ? []
        : [{ fact: 'name.direct', says: `${resolver} says itself that its answer is old: ${said}` } as const]),
      ...(serial === undefined
        ? []
        : [
            {
              fact: 'name.authority',
              says: `its "no" comes from version ${serial} of the zone; the owner publishes version ${now ?? '?'} by now`,
            } as const,
          ]),
      { fact: 'name.reference', says: `others give ${given.slice(0, 3).join(', ')} for the name` },
    ],
  };
}

/** The resolvers give addresses, and this computer finds none. */
function rememberedNoHere(facts: Facts): Finding {
  const caches = fact(facts, 'name.caches');
  if (!caches) return { says: 'unknown', missing: notYet(facts, 'name.caches') };
  if (!caches.nscd || caches.nscd.addresses.length > 0)
    return {
      says: 'ruledOut',
      because: 'no program of this computer remembers that there is none',
      facts: ['name.caches'],
    };
  return {
    says: 'fits',
    weight: 0.8,
    side: 'this-device',
    stage: 'name',
    culprit: { kind: 'cache', name: 'nscd', location: caches.nscd.socket },
    summary:
      'This computer remembers that there is no such name: its name cache, nscd, has not noticed that there is one now.',
    advice: 'sudo nscd --invalidate=hosts',
    evidence: [
      { fact: 'name.caches', says: 'nscd, asked for the name, knows no address' },
      { fact: 'name.direct', says: 'the name servers that this computer is set to ask do give one' },
    ],
  };
}

function ownerEvidence(owners: readonly Opinion[]): Evidence[] {
  const [owner] = owners;
  return owner
    ? [
        {
          fact: 'name.authority',
          says: `the zone's own server ${owner.resolver} gives ${owner.addresses.slice(0, 3).join(', ')}`,
        },
      ]
    : [];
}

function cacheCulprit(resolver: string, facts: Facts, software: string | undefined): Culprit {
  return { ...resolverCulprit(resolver, facts, software), kind: 'cache' };
}

/** Commands only for what runs on this very computer. */
function flushing(resolver: string, software: string | undefined, left: number | undefined): string {
  const wait = left === undefined ? 'wait until it asks again' : `wait ${span(left)}`;
  if (resolver === '127.0.0.53') return `resolvectl flush-caches; or ${wait}`;
  if (scopeOf(resolver) !== 'loopback') {
    return `restart it where that is yours to do, or set another name server; or ${wait}`;
  }
  if (/^dnsmasq/i.test(software ?? '')) return `sudo pkill -HUP dnsmasq; or ${wait}`;
  if (/^unbound/i.test(software ?? '')) return `restart it, or use unbound-control flush; or ${wait}`;
  return `restart it; or ${wait}`;
}
