/** A resolver that has an address for no name at all: by an empty answer to everything, or by a "no". */
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { isPublicName } from '../../model/public-name.js';
import {
  notYet,
  type Opinion,
  questionFor,
  referenceWord,
  resolverCulprit,
  sideOfResolver,
  whoseResolver,
} from './answers.js';
import { deniedKnown } from './other-names.js';
import { policySigns } from './policy-signs.js';

/** Null: it has no "no" that would need an explanation, or it has one for this name alone. */
export function deniesAll(attempt: FailedAttempt, opinions: readonly Opinion[], facts: Facts): Finding | null {
  const { host } = attempt;
  const denying = opinions.find(
    (opinion) =>
      (opinion.word === 'nxdomain' || opinion.word === 'no-data') &&
      policySigns(opinion, questionFor(host, facts)).length === 0,
  );
  if (!denying || !isPublicName(host)) return null;
  const reference = referenceWord(facts);
  if (reference && reference.word !== 'addresses') return null;
  if (attempt.protocol !== 'dns') {
    const both = opinions.every(({ resolver }) => deniedKnown(resolver, facts).length > 0);
    return both ? { says: 'unknown', missing: [], because: 'each resolver is judged by itself' } : null;
  }
  if (!fact(facts, 'name.others'))
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.others'),
      because: 'it is not known whether it has addresses for other names',
    };
  const { resolver, word } = denying;
  const known = deniedKnown(resolver, facts);
  if (known.length === 0) return null;
  const no = word === 'nxdomain' ? 'that there is no such name' : 'that the name has no address';
  const evidence: Evidence[] = [
    { fact: 'name.direct', says: `${resolver} says ${no}, asked directly` },
    { fact: 'name.others', says: `it has no address for ${known.join(' and ')} either, which surely have some` },
  ];
  if (reference)
    evidence.push({
      fact: 'name.reference',
      says: `${reference.opinions[0]?.resolver} gives ${reference.addresses.slice(0, 2).join(', ')} for ${host}`,
    });
  return {
    says: 'fits',
    weight: reference ? 0.8 : 0.6,
    // One that lets through a list of names alone looks the same.
    atMost: 'likely',
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: resolverCulprit(resolver, facts),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) answers, but has no address for any name, ${host} among them.`,
    advice: 'set another name server, or ask whoever runs this one',
    evidence,
    missing: notYet(facts, 'name.reference'),
  };
}
