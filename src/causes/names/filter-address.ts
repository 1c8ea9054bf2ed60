/** A filter that gives an address of its own, where a page says so, or nobody at all is. */
import { canonical, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { InterferenceFact } from '../../model/interference.js';
import {
  directOpinions,
  notYet,
  type Opinion,
  questionFor,
  referenceWord,
  resolverCulprit,
  sideOfResolver,
  whoseResolver,
} from './answers.js';
import { ageing, laterOf } from './cache-signs.js';
import {
  answeredBefore,
  dependsOn,
  elsewhere,
  livesWithoutResets,
  swallowedBefore,
} from '../evidence/interference-evidence.js';
import { unlessDangerous } from '../evidence/site-block-right.js';
import { policySigns } from './policy-signs.js';
import {
  type AddressStanding,
  authorityOpinions,
  placeEvidence,
  standingOfAddress,
  unlessAstray,
} from './wrong-address.js';

type Astray = Extract<AddressStanding, { is: 'astray' }>;

export function ledToAddress(attempt: FailedAttempt, facts: Facts): Finding {
  const standing = standingOfAddress(attempt, facts);
  if (standing.is !== 'astray') return unproven(attempt, standing, facts) ?? unlessAstray(standing);
  const { address, givers } = standing;
  const published = authorityOpinions(facts).find(({ addresses }) => addresses.includes(address));
  if (published)
    return {
      says: 'ruledOut',
      because: `the zone's own server ${published.resolver} gives this address too`,
      facts: ['name.authority'],
    };
  const [giver] = givers;
  if (!giver) return { says: 'ruledOut', because: 'no resolver gives that address now', facts: ['name.direct'] };
  const stated = policySigns(giver, questionFor(attempt.host, facts)).find(({ strength }) => strength === 'stated');
  if (stated) {
    const evidence: Evidence[] = [{ fact: 'name.direct', says: stated.says }, ...placeEvidence(standing)];
    // It says itself that it gives another answer, and with the true one the target works.
    return { says: 'proven', ...words(giver, stated.label, attempt, evidence, facts) };
  }
  return bySigns(giver, { ...standing, there: placeEvidence(standing), stopped: false }, attempt, facts);
}

/**
 * The target works at no address that others give: that the name leads astray cannot be tried. It is likely where the
 * resolver says itself that it gives another answer; possible where it is somebody on the way who stops it there.
 */
function unproven(attempt: FailedAttempt, standing: AddressStanding, facts: Facts): Finding | null {
  const reference = referenceWord(facts);
  if (standing.is !== 'open' || standing.missing.length > 0 || !fact(facts, 'name.places')) return null;
  const address = canonical(attempt.address ?? '');
  if (reference?.word !== 'addresses' || reference.addresses.includes(address)) return null;
  const giver = directOpinions(facts).find(({ addresses }) => addresses.includes(address));
  if (!giver || authorityOpinions(facts).some(({ addresses }) => addresses.includes(address))) return null;
  const given = reference.addresses;
  const there: Evidence[] = [
    {
      fact: 'name.reference',
      says: `${reference.opinions[0]?.resolver ?? 'another one'} gives ${given.slice(0, 3).join(', ')} for the name`,
    },
  ];
  const stated = policySigns(giver, questionFor(attempt.host, facts)).find(({ strength }) => strength === 'stated');
  if (stated) {
    const evidence: Evidence[] = [{ fact: 'name.direct', says: stated.says }, ...there];
    return { says: 'fits', weight: 0.85, atMost: 'likely', ...words(giver, stated.label, attempt, evidence, facts) };
  }
  const ahead = fact(facts, 'name.ahead');
  if (!ahead?.interference || !isStoppedOnTheWay(ahead.interference)) return null;
  there.push({ fact: 'name.ahead', says: `${ahead.address}: somebody on the way stops what asks for this name there` });
  return bySigns(giver, { address, given, varies: false, there, stopped: true }, attempt, facts);
}

function isStoppedOnTheWay(found: InterferenceFact): boolean {
  return (
    (answeredBefore(found) ?? swallowedBefore(found)) !== null ||
    livesWithoutResets(found) ||
    (dependsOn(found) === 'name' && elsewhere(found) === 'alike')
  );
}

interface Compared extends Pick<Astray, 'address' | 'given' | 'varies'> {
  readonly there: readonly Evidence[];
  /** Somebody on the way stops it at the address that others give, so that it was not seen to work there. */
  readonly stopped: boolean;
}

/** Nothing that the resolver says: only how its answer and the place that it leads to look. */
function bySigns(giver: Opinion, standing: Compared, attempt: FailedAttempt, facts: Facts): Finding {
  const later = laterOf(giver.resolver, facts);
  if (!later)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.later'),
      because: 'it is not known whether the answer is a remembered one',
    };
  const age = ageing(later);
  if (age === 'runs')
    return { says: 'unknown', missing: [], because: 'the answer is a remembered one: whose it was is not known' };
  const { address } = standing;
  const evidence: Evidence[] = [];
  if (age === 'fixed')
    evidence.push({
      fact: 'name.later',
      says: `${giver.resolver} makes its answer anew each time (it may be kept for ${later.first.ttl ?? 0} s each time)`,
    });
  if (giver.answers.some(({ authoritative, recursive }) => authoritative === true && recursive === true))
    evidence.push({
      fact: 'name.direct',
      says: `${giver.resolver} gives it out of its own settings (it claims authority)`,
    });
  if (isInside(address) && standing.given.every((other) => !isInside(other)))
    evidence.push({
      fact: 'name.direct',
      says: `${address} is an address inside a network, those that others give are not`,
    });
  const other = certificateOf(address, facts);
  if (other !== null) evidence.push({ fact: 'tls', says: other });
  // CDNs give different true answers: one of them may just be down. Where nothing but the difference shows, nobody is blamed.
  if (standing.stopped && evidence.length === 0)
    return { says: 'unknown', missing: [], because: 'nothing but the difference shows that the name leads astray' };
  const sure = standing.stopped ? 0.55 : 0.7;
  const weight = standing.varies ? 0.4 : evidence.length > 0 ? sure : 0.5;
  evidence.unshift({ fact: 'name.direct', says: `${giver.resolver} gives ${address} for the name` });
  evidence.push(...standing.there);
  return { says: 'fits', weight, atMost: 'likely', ...words(giver, undefined, attempt, evidence, facts) };
}

function isInside(address: string): boolean {
  return scopeOf(address) !== 'public';
}

/** What is wrong with the certificate that is shown there, where the place is. */
function certificateOf(address: string, facts: Facts): string | null {
  const shown = (fact(facts, 'tls') ?? []).find((one) => one.address === address);
  const leaf = shown?.chain[0];
  if (!shown || !leaf) return null;
  if (shown.failure?.code === 'name-mismatch')
    return `who answers at ${address} shows the certificate of somebody else (${leaf.subject})`;
  return shown.failure?.code === 'self-signed' || shown.failure?.code === 'untrusted-root'
    ? `who answers at ${address} shows a certificate for which nobody vouches (issued by ${leaf.issuer})`
    : null;
}

function words(
  { resolver, addresses }: Opinion,
  label: string | undefined,
  { host, address }: FailedAttempt,
  evidence: readonly Evidence[],
  facts: Facts,
) {
  return {
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: resolverCulprit(resolver, facts, label ?? `address ${address ?? addresses[0] ?? ''}`),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) leads ${host} to ${address ?? 'another place'}, where it is not.`,
    advice: unlessDangerous(
      host,
      label ?? null,
      facts,
      'ask whoever runs that name server to let the name through, if it should be; or set another one',
    ),
    evidence,
  } as const;
}
