import { canonical } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type FactKey, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { Culprit } from '../../model/words.js';
import { directOpinions, notYet, type Opinion, opinionsFor, questionFor, referenceWord } from './answers.js';
import {
  contradict,
  type ForgerySign,
  forgerySigns,
  impostorAnswers,
  nobodyAnswersForOthers,
  sameByEveryWay,
  saysItItself,
  sideOfForger,
} from './forgery-signs.js';
import { policySigns } from './policy-signs.js';
import {
  type AddressStanding,
  comparePlaces,
  placeEvidence,
  standingOfAddress,
  symptomsOfAddress,
  unlessAstray,
} from './wrong-address.js';
import { redirectNotAsked } from './redirect-name.js';

/** Somebody else than the resolver that was asked answers in its name. */
export const cause: Cause = {
  id: 'dns-answer-forged',
  side: 'path',
  stage: 'name',
  title: 'Somebody else answers for the name server',
  symptoms: [
    ...symptoms('exchange', 'nxdomain', 'no-data', 'declined', 'mismatched', 'malformed'),
    ...symptoms('resolve'),
    ...symptomsOfAddress,
  ],
  needs: [
    'name.hosts',
    'name.direct',
    'name.reference',
    'name.impostor',
    'name.again',
    'name.places',
    'references',
    'connect.ports',
  ],
  misleads: true,
  falsifies: true,
  yieldsTo: ['captive-portal'],
  judge(attempt, { facts }): Finding {
    if (attempt.hop > 0) return redirectNotAsked;
    if (portalCaught(facts))
      return { says: 'unknown', missing: [], because: 'this network catches everything until somebody logs in' };
    return attempt.stage === 'name' ? ofAnswer(attempt, facts) : ofAddress(attempt, facts);
  },
};

/** A login page answers for everything, names too: that is another matter. */
function portalCaught(facts: Facts): boolean {
  const checks = (fact(facts, 'references') ?? []).filter(({ kind }) => kind === 'portal');
  return checks.some(({ ok, failure, status }) => !ok && !failure && status !== undefined && status < 500);
}

function ofAnswer(attempt: FailedAttempt, facts: Facts): Finding {
  if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
  const own = opinionsFor(attempt, facts).filter(({ word }) => word !== 'unheard');
  const [first] = own;
  if (!first) return { says: 'ruledOut', because: 'no answer came at all', facts: ['name.direct'] };
  const signs = signsOn(own, facts);
  const truth = truthFor(own, signs, facts);
  if (signs.length > 0 && truth.length > 0) {
    const evidence: Evidence[] = [...signs.map((sign) => sign.evidence), ...truthEvidence(truth, facts)];
    const common = words(attempt, first, signs, evidence, facts);
    const stopped = facts['name.system']?.state === 'failed';
    // The same question to the same resolver: only who can answer first, or at all, differs.
    const experiment = signs.some(({ kind }) => kind !== 'silent-host');
    // Where whoever it is stands changes nothing about that, and is worth knowing.
    const missing = notYet(facts, 'name.impostor');
    return experiment && stopped
      ? { says: 'proven', missing, ...common }
      : { says: 'fits', weight: 0.85, missing, ...common };
  }
  const missing = notYet(facts, 'name.reference', 'name.impostor', 'name.again');
  if (signs.length > 0) return unverified(attempt, first, signs, missing, facts);
  return missing.length === 0 && isClean(own, facts)
    ? {
        says: 'ruledOut',
        because: 'each resolver says the same however it is asked, and nobody answers for others',
        facts: ['name.again', 'name.impostor'],
      }
    : { says: 'unknown', missing, because: 'it is not known whether somebody answers for others' };
}

/**
 * Somebody answers for others; whether what he says is true is not known. What no ordinary zone answers is his. A "no",
 * or an address where nobody is, may be the owner's word that he passes on, or his own.
 */
function unverified(
  attempt: FailedAttempt,
  first: Opinion,
  signs: readonly ForgerySign[],
  missing: readonly FactKey[],
  facts: Facts,
): Finding {
  const odd = policySigns(first, questionFor(attempt.host, facts)).length > 0 || withoutZone(first);
  const evidence = signs.map((sign) => sign.evidence);
  if (!odd) {
    const inVain = attempt.stage === 'name' || leadsToNobody(attempt, facts);
    if (!inVain)
      return {
        says: 'unknown',
        missing: isRefused(attempt) ? [...missing, ...notYet(facts, 'connect.ports')] : missing,
        because: 'somebody answers for the name servers here; whether what he says is wrong cannot be told',
      };
    const { summary: _, ...said } = words(attempt, first, signs, evidence, facts);
    const who = said.culprit?.address ?? 'somebody on the way';
    return {
      says: 'fits',
      weight: attempt.stage === 'name' ? 0.72 : 0.6,
      atMost: 'likely',
      missing,
      ...said,
      summary: `${who} answers in place of every name server that was asked, and what it says of ${attempt.host} may be false.`,
    };
  }
  evidence.push({ fact: 'name.direct', says: `the answer${whatItSays(first)} bears no mark of the owner's zone` });
  const said = words(attempt, first, signs, evidence, facts);
  const summary = said.summary?.replace(
    /gives a false answer for (.*)\.$/,
    "what it says of $1 does not look like its owner's word.",
  );
  return { says: 'fits', weight: 0.75, atMost: 'likely', missing, ...said, summary: summary ?? cause.title };
}

function whatItSays({ word, addresses }: Opinion): string {
  if (word === 'nxdomain') return ', that there is no such name,';
  if (word === 'no-data') return ', that the name has no address,';
  return addresses.length === 0 ? '' : `, ${addresses.slice(0, 3).join(', ')},`;
}

/**
 * Nothing at all was met at the address, or a machine that serves nobody: one that serves something would speak for the
 * answer.
 */
function leadsToNobody(attempt: FailedAttempt, facts: Facts): boolean {
  const { stage, outcome } = attempt;
  if (stage !== 'connect') return false;
  if (outcome.code === 'timed-out' || outcome.code === 'host-unreachable') return true;
  const ports = fact(facts, 'connect.ports')?.filter(({ address }) => address === attempt.address) ?? [];
  const tried = ports.flatMap((one) => one.ports);
  return isRefused(attempt) && tried.length > 0 && tried.every(({ failure }) => failure !== undefined);
}

function isRefused({ stage, outcome }: FailedAttempt): boolean {
  return stage === 'connect' && outcome.code === 'refused';
}

/** A "no" without the zone that says so (RFC 2308 3), or out of the answerer's own settings. */
function withoutZone({ word, answers }: Opinion): boolean {
  if (word !== 'nxdomain' && word !== 'no-data') return answers.some(({ authoritative }) => authoritative === true);
  return answers.every(({ zone }) => zone === undefined) || answers.some(({ authoritative }) => authoritative === true);
}

function ofAddress(attempt: FailedAttempt, facts: Facts): Finding {
  const standing = standingOfAddress(attempt, facts);
  if (standing.is === 'innocent') return unlessAstray(standing);
  const address = canonical(attempt.address ?? '');
  const givers = directOpinions(facts).filter(({ addresses }) => addresses.includes(address));
  const signs = signsOn(givers, facts);
  // Where somebody answers for everybody, that others say the same says nothing.
  if (standing.is === 'agreed' && signs.length === 0) {
    const itself = nobodyAnswersForOthers(facts) && saysItItself(standing.resolver, facts);
    if (itself) return unlessAstray(standing);
    // Without small hop limits only other ways of asking tell whether the one who agrees has answered itself.
    const missing = notYet(
      facts,
      ...(fact(facts, 'name.impostor') ? (['name.again'] as const) : (['name.impostor'] as const)),
    );
    return { says: 'unknown', missing, because: 'it is not known whether somebody answers for others' };
  }
  if (standing.is === 'open' && signs.length === 0) {
    // The target works nowhere: only a second answer still tells which one is false.
    const unheard = fact(facts, 'name.places') ? notYet(facts, 'name.again') : [];
    return unlessAstray({ ...standing, missing: [...standing.missing, ...unheard] });
  }
  if (standing.is === 'open' && standing.missing.length > 0) return unlessAstray(standing);
  if (givers.length === 0)
    return { says: 'ruledOut', because: 'no resolver gives that address now', facts: ['name.direct'] };
  const missing = notYet(facts, 'name.impostor', 'name.again');
  if (missing.length > 0 && signs.every(({ truth }) => truth.length === 0))
    return { says: 'unknown', missing, because: 'it is not known whether somebody answers for others' };
  return misled(attempt, address, givers, signs, facts);
}

function misled(
  attempt: FailedAttempt,
  address: string,
  givers: readonly Opinion[],
  signs: readonly ForgerySign[],
  facts: Facts,
): Finding {
  const [first] = givers;
  if (signs.length === 0 || !first)
    return isClean(givers, facts)
      ? {
          says: 'ruledOut',
          because: 'each resolver says the same however it is asked, and nobody answers for others',
          facts: ['name.again', 'name.impostor'],
        }
      : { says: 'unknown', missing: [], because: 'nothing shows that somebody answers for others' };
  const truth = truthFor(givers, signs, facts).filter((one) => one !== address);
  if (truth.length === 0) {
    return unverified(attempt, first, signs, notYet(facts, 'name.again'), facts);
  }
  const compared = comparePlaces(address, truth, facts);
  if (compared.is !== 'astray') return contradicted(attempt, first, signs, compared, facts) ?? unlessAstray(compared);
  const evidence: Evidence[] = [...signs.map((sign) => sign.evidence), ...placeEvidence(compared).slice(1)];
  const common = words(attempt, first, signs, evidence, facts);
  // That one resolver says one thing over UDP and another over TCP may be one that takes turns among several addresses.
  const sure = signs.some(({ kind }) => kind === 'double' || kind === 'near');
  const missing = notYet(facts, 'name.impostor');
  return sure ? { says: 'proven', missing, ...common } : { says: 'fits', weight: 0.85, missing, ...common };
}

/**
 * The target works at no address at all, so that trying them does not tell which answer is the false one. Of two to one
 * question it is the one that nobody outside gives.
 */
function contradicted(
  attempt: FailedAttempt,
  first: Opinion,
  signs: readonly ForgerySign[],
  compared: Exclude<AddressStanding, { is: 'astray' }>,
  facts: Facts,
): Finding | null {
  if (compared.is !== 'open' || compared.missing.length > 0) return null;
  const doubles = signs.filter(({ kind, resolver }) => kind === 'double' && resolver === first.resolver);
  const outside = referenceWord(facts)?.addresses ?? [];
  const upheld = doubles.filter(({ truth }) => truth.some((one) => outside.includes(canonical(one))));
  if (upheld.length === 0 || first.addresses.some((one) => outside.includes(one))) return null;
  const evidence: Evidence[] = [
    ...upheld.map((sign) => sign.evidence),
    ...truthEvidence(outside, facts),
    { fact: 'name.places', says: 'the target does not work there either, which tells nothing of the name' },
  ];
  const missing = notYet(facts, 'name.impostor');
  return { says: 'fits', weight: 0.75, atMost: 'likely', missing, ...words(attempt, first, upheld, evidence, facts) };
}

/** Signs on the answers of these resolvers: their own, and those of whoever answers for anybody and says the same as they. */
function signsOn(own: readonly Opinion[], facts: Facts): ForgerySign[] {
  const reference = fact(facts, 'name.reference')?.answers ?? [];
  return forgerySigns(facts).filter(({ kind, resolver }) => {
    if (resolver !== null && own.some((opinion) => opinion.resolver === resolver)) return true;
    if (kind === 'silent-host')
      return impostorAnswers(facts).some((answer) => own.some((opinion) => saysSame(opinion, [answer])));
    // A reference is answered for as well: it matters where the same comes from it.
    const other = reference.filter((answer) => answer.resolver === resolver);
    return other.length > 0 && own.some((opinion) => saysSame(opinion, other));
  });
}

function saysSame(
  { word, addresses }: Opinion,
  answers: readonly { failure?: { code: string }; addresses: readonly string[] }[],
): boolean {
  const no = word === 'nxdomain' || word === 'no-data' ? word : null;
  return answers.some(({ failure, addresses: given }) => {
    const code = failure?.code;
    if (failure && code !== 'nxdomain' && code !== 'no-data') return false;
    const other = { no: code === 'nxdomain' || code === 'no-data' ? code : null, addresses: given } as const;
    return !contradict({ no, addresses }, other);
  });
}

/** What the true ones say: past the forger, or by a reference that nobody answers for. */
function truthFor(own: readonly Opinion[], signs: readonly ForgerySign[], facts: Facts): string[] {
  const heard = signs.flatMap(({ truth }) => truth).map(canonical);
  const reference = referenceWord(facts);
  const told = reference?.word === 'addresses' ? reference.addresses : [];
  const claimed = new Set(own.flatMap(({ addresses }) => addresses));
  const authority = (fact(facts, 'name.authority')?.servers ?? [])
    .flatMap(({ answers }) => answers)
    .filter(({ authoritative, failure }) => authoritative === true && !failure)
    .flatMap(({ addresses }) => addresses.map(canonical));
  return [...new Set([...heard, ...told, ...authority])].filter((address) => !claimed.has(address));
}

function truthEvidence(truth: readonly string[], facts: Facts): Evidence[] {
  const reference = referenceWord(facts);
  const shared = reference?.addresses.filter((address) => truth.includes(address)) ?? [];
  return shared.length === 0
    ? []
    : [
        {
          fact: 'name.reference',
          says: `${reference?.opinions[0]?.resolver ?? ''} gives ${shared.slice(0, 3).join(', ')} for the name`,
        },
      ];
}

function isClean(own: readonly Opinion[], facts: Facts): boolean {
  return nobodyAnswersForOthers(facts) && own.length > 0 && own.every((opinion) => sameByEveryWay(opinion, facts));
}

type Words = Pick<Finding & { says: 'proven' }, 'side' | 'stage' | 'culprit' | 'summary' | 'advice' | 'evidence'>;

function words(
  { host }: FailedAttempt,
  { resolver }: Opinion,
  signs: readonly ForgerySign[],
  evidence: readonly Evidence[],
  facts: Facts,
): Words {
  const who = signs.find((sign) => sign.who !== null)?.who ?? null;
  const culprit: Culprit =
    who === null
      ? { kind: 'hop', name: `somebody on the way to ${resolver}` }
      : { kind: 'hop', name: `answers for ${resolver}`, address: who };
  const subject = who === null ? 'Somebody on the way' : `${who}, on the way there,`;
  return {
    side: sideOfForger(signs, resolver, facts),
    stage: 'name',
    culprit,
    summary: `${subject} answers in place of the name server ${resolver}, and gives a false answer for ${host}.`,
    advice: 'use a name server by an encrypted way (DNS over TLS or HTTPS), where nobody can answer for it',
    evidence: [...new Map(evidence.map((one) => [one.says, one])).values()].slice(0, 6),
  };
}
