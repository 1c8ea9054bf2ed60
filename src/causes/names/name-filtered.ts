import { scopeOf } from '../../model/address.js';
import type { Attempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  controlFor,
  notYet,
  type Opinion,
  opinionsFor,
  questionFor,
  referenceWord,
  resolverCulprit,
  sideOfResolver,
  whoseResolver,
} from './answers.js';
import { rewritesDenials } from './denial-rewritten.js';
import { ledToAddress } from './filter-address.js';
import { ledInside } from './led-inside.js';
import { adviceOnSite, siteSuspicion } from '../evidence/site-block-right.js';
import { deniedKnown } from './other-names.js';
import { policySigns } from './policy-signs.js';
import { isOrdinary } from './wrong-address.js';
import { asOfTarget } from './redirect-name.js';

/**
 * The resolver gives another answer than the owner of the name, because somebody wants it so: a filter for children,
 * malware, advertising, or by law.
 */
export const cause: Cause = {
  id: 'name-filtered',
  side: 'path',
  stage: 'name',
  title: 'The name server refuses this name on purpose',
  symptoms: [
    ...symptoms('resolve', 'not-found', 'temporary-failure', 'failed', 'useless-address'),
    ...symptoms('exchange', 'nxdomain', 'no-data', 'declined', 'server-failure'),
    ...symptoms('connect', 'refused', 'timed-out', 'reset', 'host-unreachable', 'network-unreachable', 'prohibited'),
    ...symptoms('tls'),
    ...symptoms('http'),
  ],
  needs: [
    'name.direct',
    'name.reference',
    'name.hosts',
    'name.places',
    'name.ahead',
    'name.later',
    'name.others',
    'name.redirect',
  ],
  misleads: true,
  falsifies: true,
  yieldsTo: ['captive-portal', 'dns-answer-forged', 'stale-dns-cache'],
  judge(attempt, scene): Finding {
    const { facts } = scene;
    if (attempt.stage !== 'name') {
      const { address } = attempt;
      if (address === null || isOrdinary(address)) return ledInside(attempt, facts) ?? ledToAddress(attempt, facts);
      const innocent = notOfResolver(attempt, facts);
      if (innocent) return innocent;
    }
    if (attempt.hop > 0) return asOfTarget(attempt, scene, cause.judge);
    if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const opinions = opinionsFor(attempt, facts).filter(
      ({ addresses }) => attempt.stage === 'name' || (attempt.address !== null && addresses.includes(attempt.address)),
    );
    const suspects = opinions.map((opinion) => ({ opinion, verdict: suspicion(opinion, attempt.host, facts) }));
    const guilty =
      suspects.find(({ verdict }) => verdict === 'stated') ?? suspects.find(({ verdict }) => verdict === 'differs');
    if (guilty) return filteredBy(guilty.opinion, attempt, facts);
    if (suspects.length > 0 && suspects.every(({ verdict }) => verdict === 'honest')) {
      return {
        says: 'ruledOut',
        because: 'what the resolvers say is what others say too',
        facts: ['name.direct', 'name.reference'],
      };
    }
    if (
      suspects.length > 0 &&
      suspects.every(({ verdict }) => verdict === 'honest' || verdict === 'useful' || verdict === 'broken')
    ) {
      return {
        says: 'ruledOut',
        because: 'no resolver denies the name: they give an ordinary address, or fail on every question',
        facts: ['name.direct'],
      };
    }
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.reference'),
      because: 'what other resolvers say is not known',
    };
  },
  beside: ({ facts }) => rewritesDenials(facts),
  alsoWhenFailed: true,
};

/** An address of this very device, which a filter gives, or one of the ordinary causes of such an address. */
function notOfResolver(attempt: Attempt, facts: Facts): Finding | null {
  if (facts.target.literal !== 0 && attempt.hop === 0)
    return { says: 'ruledOut', because: 'an address was typed, no name', facts: [] };
  if (!attempt.host.includes('.') || /(?:^|\.)localhost$/i.test(attempt.host))
    return { says: 'ruledOut', because: 'the name is one of this computer or its network', facts: [] };
  const hosts = fact(facts, 'name.hosts');
  if (!hosts) return { says: 'unknown', missing: notYet(facts, 'name.hosts') };
  return hosts.length > 0
    ? { says: 'ruledOut', because: `${hosts[0]?.location} gives the name, no resolver`, facts: ['name.hosts'] }
    : null;
}

/**
 * - `stated`: the resolver says itself that it filters. `differs`: others know the name, or it gives an address that
 *   leads nowhere where others give a real one.
 * - `honest`: others say the same. `useful`: it gives an ordinary address. `broken`: it fails on everything.
 */
type Suspicion = 'stated' | 'differs' | 'honest' | 'useful' | 'broken' | 'open';

function suspicion(opinion: Opinion, host: string, facts: Facts): Suspicion {
  const signs = policySigns(opinion, questionFor(host, facts));
  if (signs.some(({ strength }) => strength === 'stated')) return 'stated';
  const sinks =
    opinion.addresses.length > 0 &&
    opinion.addresses.every((address) => ['unspecified', 'loopback'].includes(scopeOf(address)));
  if (opinion.word === 'addresses' && !sinks) return 'useful';
  const reference = referenceWord(facts);
  if (opinion.word === 'unheard') return 'open';
  if (opinion.word === 'fails') return failing(opinion, reference?.word === 'addresses', facts);
  // No ordinary zone has such an answer; where others can be asked, their word decides.
  if (!reference) return signs.some(({ strength }) => strength === 'strong') ? 'differs' : 'open';
  // One that has no address for anything does not single this name out.
  if (signs.length === 0 && deniedKnown(opinion.resolver, facts).length > 0) return 'broken';
  if (reference.word === 'addresses') {
    const same = sinks && reference.addresses.some((address) => opinion.addresses.includes(address));
    return same ? 'honest' : 'differs';
  }
  return reference.word === opinion.word ? 'honest' : 'open';
}

/** A plain refusal is a filter's only when the same resolver answers other questions; SERVFAIL is no refusal. */
function failing(opinion: Opinion, knownElsewhere: boolean, facts: Facts): Suspicion {
  const declined = opinion.answers.some(({ failure }) => failure?.code === 'declined');
  const control = controlFor(opinion.resolver, facts);
  if (control && !control.ok) return 'broken';
  if (!declined) return 'broken';
  return control?.ok && knownElsewhere ? 'differs' : 'open';
}

function filteredBy(opinion: Opinion, { host, stage }: Attempt, facts: Facts): Finding {
  const { resolver } = opinion;
  const signs = policySigns(opinion, questionFor(host, facts)).filter(({ strength }) => strength !== 'client');
  const reference = referenceWord(facts);
  const knownElsewhere = reference?.word === 'addresses';
  const evidence: Evidence[] = signs.slice(0, 2).map(({ says }) => ({ fact: 'name.direct', says }));
  if (evidence.length === 0) evidence.push({ fact: 'name.direct', says: `${resolver} ${denial(opinion)}` });
  if (knownElsewhere)
    evidence.push({
      fact: 'name.reference',
      says: `${reference.opinions[0]?.resolver} gives ${reference.addresses.slice(0, 2).join(', ')} for the same name`,
    });
  const stated = signs.find(({ strength }) => strength === 'stated')?.label ?? null;
  const right = siteSuspicion(host, stated, facts);
  evidence.push(...right.evidence);
  const common = {
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: resolverCulprit(resolver, facts, signs[0]?.label),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) refuses the name ${host} on purpose.`,
    advice: adviceOnSite(right),
    evidence,
  } as const;
  // Only the resolver differs between the two questions, and what this one does no owner of a name does.
  const stopped = stage !== 'name' || facts['name.system']?.state === 'failed';
  if (knownElsewhere && signs.length > 0 && stopped) return { says: 'proven', ...common };
  if (signs.length > 0) return { says: 'fits', weight: 0.9, missing: notYet(facts, 'name.reference'), ...common };
  // A name that was made or moved a moment ago looks the same for as long as a "no" may be kept (RFC 2308).
  const missing = notYet(facts, 'name.reference', 'name.others');
  return { says: 'fits', weight: 0.7, atMost: 'likely', missing, ...common };
}

function denial({ word, answers }: Opinion): string {
  if (word === 'nxdomain') return 'says that the name does not exist';
  if (word === 'no-data') return 'says that the name has no address';
  if (word === 'useless' || word === 'addresses') return 'gives an address that leads nowhere';
  return `declines this question (${answers.find(({ failure }) => failure)?.failure?.raw ?? 'no reason'}) and answers others`;
}
