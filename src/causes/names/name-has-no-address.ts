import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { aliasCircle } from './alias-circle.js';
import { directOpinions, notYet, type Opinion, questionFor, referenceWord } from './answers.js';
import { containerWithoutName } from '../evidence/container-without-name.js';
import { heardPast, referencesAreThemselves } from './forgery-signs.js';
import { deniedKnown } from './other-names.js';
import { policySigns } from './policy-signs.js';
import { asOfTarget } from './redirect-name.js';

/** The name is there (for mail, say, or as a parent of others), and no address belongs to it. */
export const cause: Cause = {
  id: 'name-has-no-address',
  side: 'server',
  stage: 'name',
  title: 'The name exists, but no address belongs to it',
  symptoms: [
    ...symptoms('resolve', 'not-found', 'useless-address', 'temporary-failure'),
    ...symptoms('exchange', 'no-data', 'malformed', 'server-failure'),
  ],
  needs: ['name.direct', 'name.reference', 'name.impostor', 'name.redirect', 'name.authority'],
  yieldsTo: ['containers-not-connected', 'host-down'],
  judge(attempt, scene): Finding {
    const { facts } = scene;
    const unnamed = containerWithoutName(attempt, scene);
    if (unnamed) return unnamed;
    if (attempt.hop > 0) return asOfTarget(attempt, scene, cause.judge);
    if (fact(facts, 'name.system'))
      return { says: 'ruledOut', because: 'this computer finds an address for the name', facts: ['name.system'] };
    const direct = fact(facts, 'name.direct');
    if (!direct) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const circle = aliasCircle(attempt, facts);
    if (circle) return circle;
    const { code } = attempt.outcome;
    if (facts['name.reference'] === undefined && code === 'server-failure')
      return { says: 'unknown', missing: ['name.reference'], because: 'whether others know more is not known' };
    if (code === 'malformed' || code === 'server-failure' || code === 'temporary-failure')
      return { says: 'ruledOut', because: 'no aliases that lead in a circle came', facts: ['name.direct'] };
    const opinions = directOpinions(facts);
    if (opinions.length > 0 && opinions.every(({ word }) => word === 'useless')) return nobodyAtZero(opinions, facts);
    const giving = opinions.find(({ word }) => word === 'addresses' || word === 'useless');
    if (giving) return { says: 'ruledOut', because: `${giving.resolver} gives an address`, facts: ['name.direct'] };
    const empty = opinions.filter(
      (opinion) =>
        opinion.word === 'no-data' &&
        policySigns(opinion, questionFor(attempt.host, facts)).length === 0 &&
        deniedKnown(opinion.resolver, facts).length === 0,
    );
    const reference = referenceWord(facts);
    if (reference?.word === 'addresses') {
      return {
        says: 'ruledOut',
        because: `other resolvers give an address (${reference.opinions[0]?.resolver})`,
        facts: ['name.reference'],
      };
    }
    const past = heardPast(facts);
    if (past)
      return { says: 'ruledOut', because: `it has an address: ${past.evidence.says}`, facts: [past.evidence.fact] };
    const denying = opinions.find(({ word }) => word === 'nxdomain');
    if (empty.length === 0) {
      if (denying)
        return {
          says: 'ruledOut',
          because: `${denying.resolver} says that the name does not exist at all`,
          facts: ['name.direct'],
        };
      return {
        says: 'unknown',
        missing: notYet(facts, 'name.reference'),
        because: 'no resolver says on its own that the name has no address',
      };
    }
    return emptyFor(empty, reference?.word === 'no-data' ? reference.opinions : [], direct.name, facts);
  },
};

/** 0.0.0.0 and :: lead nowhere; where resolvers outside say the same, it is the name's owner who has put them there. */
function nobodyAtZero(opinions: readonly Opinion[], facts: Facts): Finding {
  const reference = referenceWord(facts);
  if (!reference)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.reference'),
      because: 'what other resolvers say is not known',
    };
  if (reference.word !== 'useless') {
    return { says: 'ruledOut', because: 'other resolvers say something else', facts: ['name.reference'] };
  }
  const [own] = opinions;
  const told = [...new Set(own?.addresses ?? [])].join(' and ');
  return {
    says: 'fits',
    weight: 0.7,
    stage: 'name',
    summary: `The name leads nowhere: its owner has published ${told} for it.`,
    advice: 'only the owner of the name can change that',
    evidence: [
      { fact: 'name.direct', says: `${own?.resolver ?? ''} gives ${told}, an address that no computer has` },
      {
        fact: 'name.reference',
        says: `${reference.opinions[0]?.resolver ?? ''}, which has nothing to do with this network, says the same`,
      },
    ],
  };
}

function emptyFor(empty: readonly Opinion[], confirming: readonly Opinion[], name: string, facts: Facts): Finding {
  const types = [...new Set(empty.flatMap(({ answers }) => answers.map(({ type }) => type)))];
  const kind = types.length === 1 ? (types[0] === 'A' ? 'IPv4 address' : 'IPv6 address') : 'address';
  const zone = [...confirming, ...empty].find((opinion) => opinion.zone !== null)?.zone ?? null;
  const evidence: Evidence[] = empty.map(({ resolver }) => ({
    fact: 'name.direct',
    says: `${resolver} says that ${name} exists without an ${kind}`,
  }));
  evidence.push(
    ...confirming.map(({ resolver }): Evidence => ({
      fact: 'name.reference',
      says: `${resolver}, which has nothing to do with this network, says the same`,
    })),
  );
  const common = {
    stage: 'name',
    ...(zone !== null && zone !== '.' && { culprit: { kind: 'zone', name: zone } as const }),
    summary: `The name ${name} exists, but no ${kind} belongs to it.`,
    advice: `check the name: ${name.startsWith('www.') ? name.slice(4) : `www.${name}`} may be meant; else its owner must publish an address`,
    evidence,
  } as const;
  const confirmed = confirming.length > 0 && facts['name.system']?.state === 'failed';
  if (confirmed && referencesAreThemselves(facts, 'no-data')) return { says: 'proven', ...common };
  return { says: 'fits', weight: 0.7, missing: notYet(facts, 'name.reference', 'name.impostor'), ...common };
}
