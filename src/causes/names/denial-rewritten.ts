/**
 * A resolver that gives an address of its own in place of "no such name", for every name that does not exist: a page with
 * advertisements, a search, a login. What is met there tells nothing of the name.
 */
import { canonical } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { isPublicName } from '../../model/public-name.js';
import {
  directOpinions,
  notYet,
  type Opinion,
  referenceWord,
  resolverCulprit,
  sideOfResolver,
  whoseResolver,
} from './answers.js';
import { admitsNobody, givenToAll, givenToNobody } from './other-names.js';

/** What it says of the target's name; null where no resolver led to that address, or something else shows that it is right. */
export function ledInsteadOfNo(attempt: FailedAttempt, facts: Facts): Finding | null {
  const { target } = facts;
  if (attempt.hop > 0 || target.literal !== 0 || attempt.host !== target.host || attempt.throughProxy) return null;
  if (attempt.address === null || attempt.address.startsWith('/') || !isPublicName(target.host)) return null;
  const address = canonical(attempt.address);
  if ((fact(facts, 'tls') ?? []).some((one) => !one.failure && canonical(one.address) === address)) return null;
  const hosts = fact(facts, 'name.hosts');
  if (!hosts) return { says: 'unknown', missing: notYet(facts, 'name.hosts') };
  if (hosts.some((line) => canonical(line.address) === address)) return null;
  if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
  const giver = directOpinions(facts).find(({ addresses }) => addresses.includes(address));
  if (!giver) return null;
  const reference = referenceWord(facts);
  if (!reference && facts['name.reference'] === undefined) return { says: 'unknown', missing: ['name.reference'] };
  if (reference && reference.word !== 'nxdomain')
    return reference.word === 'fails'
      ? { says: 'unknown', missing: [], because: 'others do not say whether there is such a name' }
      : {
          says: 'ruledOut',
          because: `other resolvers know the name (${reference.opinions[0]?.resolver})`,
          facts: ['name.reference'],
        };
  if (!fact(facts, 'name.others'))
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.others'),
      because: 'it is not known whether its resolver gives an address for what does not exist',
    };
  return byOthers(giver, address, target.host, reference?.opinions ?? [], facts);
}

function byOthers(giver: Opinion, address: string, host: string, denying: readonly Opinion[], facts: Facts): Finding {
  const { resolver } = giver;
  const made = givenToNobody(resolver, address, facts);
  if (made.length === 0) {
    if (denying.length === 0 && admitsNobody(resolver, facts))
      return {
        says: 'ruledOut',
        because: `${resolver} says no to names that nobody has, and gives an address for this one`,
        facts: ['name.direct', 'name.others'],
      };
    return { says: 'unknown', missing: [], because: 'its resolver alone gives an address for the name' };
  }
  // Whoever has this one address for everything says nothing of any name.
  if (denying.length === 0 && givenToAll(resolver, address, facts))
    return { says: 'unknown', missing: [], because: `${resolver} gives the same address for every name` };
  const zone = denying.find((opinion) => opinion.zone !== null)?.zone ?? null;
  const evidence: Evidence[] = [
    ...denying.map(({ resolver: other }): Evidence => ({
      fact: 'name.reference',
      says: `${other}, which has nothing to do with this network, says that ${host} does not exist (NXDOMAIN)`,
    })),
    rewriting(resolver, address, made),
  ];
  return {
    says: 'fits',
    // With nobody outside to ask, the name may be one of whoever runs that resolver, or one that it filters.
    weight: denying.length > 0 ? 0.85 : 0.6,
    // A network may have names of its own behind an address that it gives for all the rest.
    atMost: 'likely',
    stage: 'name',
    ...(zone !== null && zone !== '.' && { culprit: { kind: 'zone', name: zone } as const }),
    summary: `There is no such name as ${host}: the ${whoseResolver(resolver, facts)} (${resolver}) leads this computer to ${address} in place of saying so.`,
    advice: 'check the spelling; if it is right, its owner has removed the name or let it expire',
    evidence,
    missing: notYet(facts, 'name.reference'),
  };
}

function rewriting(resolver: string, address: string, made: readonly string[]): Evidence {
  const where = made.map((domain) => `.${domain}`).join(' and ');
  return {
    fact: 'name.others',
    says: `${resolver} gives ${address} for names too that were made up this moment (${where}), and that nobody has`,
  };
}

/** Told beside it: that resolver does so with every name. */
export function rewritesDenials(facts: Facts): (Finding & { readonly says: 'fits' }) | null {
  if (referenceWord(facts)?.word !== 'nxdomain') return null;
  for (const { resolver, addresses } of directOpinions(facts)) {
    const address = addresses.find((one) => givenToNobody(resolver, one, facts).length > 0);
    if (address === undefined) continue;
    return {
      says: 'fits',
      side: sideOfResolver(resolver, facts),
      stage: 'name',
      culprit: resolverCulprit(resolver, facts, `address ${address}`),
      summary: `The ${whoseResolver(resolver, facts)} (${resolver}) gives ${address} for names that do not exist, on purpose.`,
      advice: 'set another name server, or ask whoever runs this one to leave that out',
      evidence: [rewriting(resolver, address, givenToNobody(resolver, address, facts))],
    };
  }
  return null;
}
