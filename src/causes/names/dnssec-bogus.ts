import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { UncheckedAnswer } from '../../model/name-facts.js';
import { bogusErrors, notYet, type Opinion, opinionsFor, opinionsIn } from './answers.js';
import { brokenLink, chainHolds } from './chain-evidence.js';
import { redirectNotAsked } from './redirect-name.js';

/** The owner of the name has signed it, and the signatures do not hold: resolvers that check them refuse to give it. */
export const cause: Cause = {
  id: 'dnssec-bogus',
  side: 'server',
  stage: 'name',
  title: 'The signatures that protect the name (DNSSEC) are wrong, so the name is not given out',
  symptoms: [...symptoms('exchange', 'server-failure'), ...symptoms('resolve', 'temporary-failure', 'failed')],
  needs: ['name.direct', 'name.reference', 'name.unchecked', 'name.chain'],
  judge(attempt, { facts }): Finding {
    if (attempt.hop > 0) return redirectNotAsked;
    if (!fact(facts, 'name.direct')) return { says: 'unknown', missing: notYet(facts, 'name.direct') };
    const own = opinionsFor(attempt, facts);
    const giving = opinionsIn(fact(facts, 'name.reference')).find(({ word }) => word === 'addresses');
    if (own.length > 0 && own.every(({ word }) => word === 'unheard'))
      return { says: 'ruledOut', because: 'no resolver answers at all', facts: ['name.direct'] };
    const unchecked = fact(facts, 'name.unchecked');
    const authentic = unchecked?.checked.find((one) => one.authentic);
    if (authentic)
      return {
        says: 'ruledOut',
        because: `${authentic.resolver} has checked the signatures, and they hold`,
        facts: ['name.unchecked'],
      };
    const whole = chainHolds(facts);
    if (whole)
      return {
        says: 'ruledOut',
        because: whole.because,
        facts: ['name.chain'],
      };
    const addresses = own.map(({ resolver }) => resolver);
    const freed =
      unchecked?.answers.filter(
        (one) => !one.answer.failure && one.answer.addresses.length > 0 && !failedForAMoment(one),
      ) ?? [];
    const said = own.flatMap((opinion) => bogusErrors(opinion).map((error) => ({ resolver: opinion.resolver, error })));
    const shown = freed.find(({ resolver }) => addresses.includes(resolver));
    if (said.length === 0 && !shown) {
      const missing = notYet(facts, 'name.reference', 'name.unchecked');
      if (giving && !unchecked)
        return { says: 'unknown', missing, because: 'it is not known whether checking signatures makes it fail' };
      if (giving)
        return {
          says: 'ruledOut',
          because: `nobody complains of signatures, and ${giving.resolver} gives the name`,
          facts: ['name.direct', 'name.reference', 'name.unchecked'],
        };
      const asked = unchecked?.answers.filter(({ resolver }) => addresses.includes(resolver)) ?? [];
      return asked.some(({ answer }) => answer.failure?.code === 'server-failure')
        ? {
            says: 'ruledOut',
            because: 'it fails just so when signatures are left unchecked',
            facts: ['name.direct', 'name.unchecked'],
          }
        : { says: 'unknown', missing, because: 'the resolver does not say why it fails' };
    }
    return bogus(
      { said, shown, outside: freed.filter(({ resolver }) => !addresses.includes(resolver)), own, giving },
      attempt,
      facts,
    );
  },
};

/** It gives the name with checking as well by now. */
export function failedForAMoment({ checked }: UncheckedAnswer): boolean {
  return checked !== undefined && !checked.failure;
}

interface Case {
  readonly said: readonly { readonly resolver: string; readonly error: string }[];
  /** The resolver gives the name once it is told not to check. */
  readonly shown: UncheckedAnswer | undefined;
  /** So do others, that fail on it as well. */
  readonly outside: readonly UncheckedAnswer[];
  readonly own: readonly Opinion[];
  /** One outside that gives the name; it may not check. */
  readonly giving: Opinion | undefined;
}

function bogus({ said, shown, outside, own, giving }: Case, attempt: FailedAttempt, facts: Facts): Finding {
  const elsewhere = opinionsIn(fact(facts, 'name.reference')).flatMap((opinion) =>
    bogusErrors(opinion).map((error) => ({ resolver: opinion.resolver, error })),
  );
  const evidence: Evidence[] = said
    .slice(0, 1)
    .map(({ resolver, error }) => ({ fact: 'name.direct', says: `${resolver} says so: ${error}` }));
  if (shown)
    evidence.push({
      fact: 'name.unchecked',
      says: `${shown.resolver} fails, and gives ${shown.answer.addresses.slice(0, 2).join(', ')} once it is asked not to check signatures`,
    });
  const [other] = outside;
  if (other)
    evidence.push({
      fact: 'name.unchecked',
      says: `so does ${other.resolver}, which has nothing to do with this network`,
    });
  if (elsewhere[0])
    evidence.push({
      fact: 'name.reference',
      says: `${elsewhere[0].resolver}, which has nothing to do with this network, says so too`,
    });
  const broken = brokenLink(facts);
  const dates = broken ? null : datesOf(shown ?? other, facts);
  if (broken) evidence.push(broken.evidence);
  if (dates) evidence.push({ fact: 'name.unchecked', says: dates });
  const signer = (shown ?? other)?.signature?.signer;
  const zone =
    broken?.zone ??
    signer ??
    own.flatMap(({ answers }) => answers).find((answer) => answer.zone !== undefined)?.zone ??
    attempt.host;
  const common = {
    stage: 'name',
    culprit: { kind: 'zone', name: zone },
    summary: `The signatures that protect the name ${attempt.host} (DNSSEC) ${broken?.summary ?? (dates ? 'have run out' : 'are wrong')}, so name servers refuse to give it out.`,
    advice: 'only the owner of the name can mend that; if the clock of your name server is wrong, mend that',
    evidence,
  } as const;
  // Only the checking differs between the two questions, and one outside finds the same wrong.
  const stopped = facts['name.system']?.state === 'failed';
  const unasked = (shown ?? other) ? notYet(facts, 'name.chain') : [];
  if (shown && (other || elsewhere.length > 0) && stopped)
    return { says: 'proven', ...(unasked.length > 0 && { missing: unasked }), ...common };
  const missing = [...notYet(facts, 'name.reference', 'name.unchecked'), ...unasked];
  // One that gives the name may not check; or the checking of this one is broken.
  if (giving) return { says: 'fits', weight: dates || broken ? 0.8 : 0.6, atMost: 'likely', missing, ...common };
  // While nobody outside finds the same wrong, it may be this resolver's own checking.
  const alone = !other && elsewhere.length === 0 && !broken;
  const weight = elsewhere.length > 0 || shown ? 0.9 : 0.6;
  return { says: 'fits', weight, ...(alone && { atMost: 'likely' as const }), missing, ...common };
}

/** The signature's own dates, where they do not hold now. */
function datesOf(answer: UncheckedAnswer | undefined, facts: Facts): string | null {
  const now = fact(facts, 'name.unchecked')?.wallClock;
  const signature = answer?.signature;
  if (!signature || now === undefined) return null;
  const day = (when: string): string => when.slice(0, 10);
  return Date.parse(signature.until) < Date.parse(now)
    ? `the signature of ${signature.signer} ran out on ${day(signature.until)}`
    : null;
}
