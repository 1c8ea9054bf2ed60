import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  bogusErrors,
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
import { chainHolds } from './chain-evidence.js';
import { cutAnswer } from './cut-answer.js';
import { deniesAll } from './denies-all.js';
import { failedForAMoment } from './dnssec-bogus.js';
import { lameZone } from './lame-zone.js';
import { policySigns } from './policy-signs.js';
import { failedAtFirst, waitsForOtherFamily } from './slow-look-ups.js';
import { asOfTarget } from './redirect-name.js';

/** The resolver answers, and cannot or will not do its work: SERVFAIL, REFUSED to everybody, answers that are none. */
export const cause: Cause = {
  id: 'resolver-failing',
  side: 'path',
  stage: 'name',
  title: 'The name server that this computer asks is broken',
  symptoms: [
    ...symptoms('exchange', 'server-failure', 'declined', 'malformed', 'mismatched', 'failed', 'timed-out'),
    // Where it says so of every name.
    ...symptoms('exchange', 'nxdomain', 'no-data'),
    ...symptoms('resolve', 'temporary-failure', 'timed-out', 'failed', 'not-found'),
  ],
  needs: [
    'name.direct',
    'name.reference',
    'name.others',
    'name.unchecked',
    'name.chain',
    'name.authority',
    'name.redirect',
  ],
  remedies: ['switch-resolver'],
  yieldsTo: ['name-has-no-address', 'dnssec-bogus', 'dns-answer-forged', 'captive-portal', 'no-route', 'network-down'],
  judge(attempt, scene): Finding {
    const { facts } = scene;
    if (attempt.hop > 0) return asOfTarget(attempt, scene, cause.judge, 'resolver');
    const direct = fact(facts, 'name.direct');
    if (!direct) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const opinions = opinionsFor(attempt, facts);
    const silent = attempt.protocol === 'dns' ? opinions.find((one) => silentAbout(one, facts)) : undefined;
    if (silent) return keepsSilent(silent, attempt.host, facts);
    const none = deniesAll(attempt, opinions, facts);
    if (none) return none;
    const failing = opinions.filter(({ word }) => word === 'fails');
    if (failing.length === 0 && opinions.some(({ word }) => word !== 'unheard')) {
      return {
        says: 'ruledOut',
        because: 'the resolvers that answer do say something about the name',
        facts: ['name.direct'],
      };
    }
    const [first] = failing;
    if (attempt.protocol !== 'dns' || !first)
      return { says: 'unknown', missing: [], because: 'each resolver is judged by itself' };
    return failingResolver(first, attempt.host, facts);
  },
  beside: ({ facts }) => waitsForOtherFamily(facts) ?? failedAtFirst(facts),
};

/** Of two questions about the name at least one stayed silent, asked twice; something else was answered. */
function silentAbout({ resolver, word, answers }: Opinion, facts: Facts): boolean {
  const silent = answers.filter(({ failure, tries }) => failure?.code === 'timed-out' && tries > 1);
  if (silent.length === 0 || (word !== 'unheard' && word !== 'fails')) return false;
  return silent.length < answers.length || controlFor(resolver, facts)?.ok === true;
}

/** It may look for it in vain, filter it so, or somebody on the way drops the question: who, is not told from here. */
function keepsSilent({ resolver, answers }: Opinion, host: string, facts: Facts): Finding {
  const silent = answers.filter(({ failure }) => failure?.code === 'timed-out');
  const [one] = silent;
  const half = silent.length < answers.length;
  const what = half ? `the ${one?.type === 'AAAA' ? 'IPv6' : 'IPv4'} address of ${host}` : host;
  const reference = referenceWord(facts);
  return {
    says: 'fits',
    weight: reference?.word === 'addresses' ? 0.8 : 0.5,
    atMost: 'likely',
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: resolverCulprit(resolver, facts),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) answers other questions, and gives no answer about ${what}: it cannot find it out, or somebody keeps the question from it.`,
    advice: 'set another name server, or ask whoever runs this one',
    evidence: [
      {
        fact: 'name.direct',
        says: `${resolver} keeps silent about ${what}, asked directly and twice; ${half ? 'about the other kind of address' : 'to another question'} it answers`,
      },
      ...(reference?.word === 'addresses'
        ? [
            {
              fact: 'name.reference' as const,
              says: `${reference.opinions[0]?.resolver} does answer the same question`,
            },
          ]
        : []),
    ],
    missing: notYet(facts, 'name.reference'),
  };
}

function failingResolver(opinion: Opinion, host: string, facts: Facts): Finding {
  const { resolver, answers } = opinion;
  const [answer] = answers.filter(({ failure }) => failure !== undefined);
  const failure = answer?.failure;
  const unchecked = fact(facts, 'name.unchecked');
  const authentic = unchecked?.checked.find((one) => one.authentic)?.resolver;
  const whole = chainHolds(facts);
  if (bogusErrors(opinion).length > 0 && !unchecked)
    return {
      says: 'unknown',
      missing: notYet(facts, 'name.unchecked'),
      because: 'it is not known whether the signatures hold for others',
    };
  if (bogusErrors(opinion).length > 0 && authentic === undefined && !whole) {
    if (facts['name.chain'] === undefined)
      return { says: 'unknown', missing: ['name.chain'], because: 'it is not known whether the signatures hold' };
    return {
      says: 'ruledOut',
      because: `${resolver} says that the zone's signatures do not hold`,
      facts: ['name.direct'],
    };
  }
  if (policySigns(opinion, questionFor(host, facts)).some(({ strength }) => strength === 'stated')) {
    return { says: 'ruledOut', because: `${resolver} says that it does this on purpose`, facts: ['name.direct'] };
  }
  const route = fact(facts, 'device.routes')?.choices.find(({ address }) => address === resolver);
  if (route && route.error !== null)
    return {
      says: 'ruledOut',
      because: `this computer has no route to ${resolver}: nothing was asked`,
      facts: ['device.routes'],
    };
  const control = controlFor(resolver, facts);
  if (control?.ok && failure?.code === 'declined') {
    return {
      says: 'ruledOut',
      because: `${resolver} answers other questions and declines this one only`,
      facts: ['name.direct'],
    };
  }
  const cut = answer && cutAnswer(answer, facts);
  if (cut) return cut;
  const reference = referenceWord(facts);
  if (reference?.word === 'fails') return lameZone(reference.opinions, host, facts);
  const evidence: Evidence[] = [
    {
      fact: 'name.direct',
      says: `${resolver} ${failure?.code === 'mismatched' ? 'sends an' : 'answers'} ${failure?.raw ?? 'nothing that can be used'}, asked directly`,
    },
  ];
  if (control && !control.ok)
    evidence.push({
      fact: 'name.direct',
      says: `it fails on another question too (${control.failure?.raw ?? control.rcode ?? 'no answer'})`,
    });
  const tried = unchecked?.answers.find((one) => one.resolver === resolver && !one.answer.failure);
  const passed = tried !== undefined && failedForAMoment(tried);
  if (passed)
    evidence.push({ fact: 'name.unchecked', says: `asked once more, a moment later, ${resolver} gives the name` });
  const freed = passed ? undefined : tried;
  if (freed && authentic !== undefined)
    evidence.push({
      fact: 'name.unchecked',
      says: `it gives the name once it is asked not to check signatures; ${authentic} has checked them, and they hold: its own checking is broken (its clock, or the key that it trusts)`,
    });
  else if (freed && whole)
    evidence.push({
      fact: 'name.chain',
      says: `it gives the name once it is asked not to check signatures, and ${whole.because}: its own checking is broken (its clock, or the key that it trusts)`,
    });
  if (reference)
    evidence.push({ fact: 'name.reference', says: `${reference.opinions[0]?.resolver} does answer the same question` });
  return {
    says: 'fits',
    weight: reference ? 0.8 : 0.5,
    // Without anybody outside who was asked, the zone itself may be what is broken; and for a moment whoever it asks in turn.
    ...((passed || fact(facts, 'name.reference') === undefined) && { atMost: 'likely' as const }),
    side: sideOfResolver(resolver, facts),
    stage: 'name',
    culprit: resolverCulprit(resolver, facts),
    summary: `The ${whoseResolver(resolver, facts)} (${resolver}) ${passed ? 'failed on the name for a moment, and gives it by now' : 'answers, but cannot look the name up'}.`,
    advice: passed
      ? 'try again; if it comes back, set another name server'
      : 'set another name server, or ask whoever runs this one',
    evidence,
    missing: notYet(
      facts,
      'name.reference',
      ...(failure?.code === 'server-failure' ? (['name.unchecked'] as const) : []),
    ),
  };
}
