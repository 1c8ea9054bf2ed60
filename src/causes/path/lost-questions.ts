import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type Facts, type LossCount } from '../../model/facts.js';
import { perResolver, type QuestionCount, questionCounts } from '../evidence/question-counts.js';

/** A resolver that limits how often it answers one asker looks the same: never more than likely. */
export function fromQuestions(attempt: FailedAttempt, { facts }: Scene): Finding {
  const all = fact(facts, 'name.series');
  if (!all)
    return {
      says: 'unknown',
      missing: facts['name.series'] === undefined ? ['name.series'] : [],
      because: 'how many questions get lost was not measured',
    };
  const own = all.filter(
    ({ address, sent }) => (attempt.protocol !== 'dns' || address === attempt.address) && sent >= 4,
  );
  const lossy = own.find(({ answered, sent }) => answered > 0 && answered < sent);
  const mixed =
    !lossy && own.length > 0 && own.every(({ answered }) => answered === 0) ? mixedIn(own, facts) : undefined;
  if (mixed) return nowAndThen(mixed);
  if (!lossy)
    return {
      says: 'unknown',
      missing: [],
      because: own.some(({ answered }) => answered > 0)
        ? 'a moment later each question was answered'
        : 'whether it is loss or silence cannot be told',
    };
  const { address, sent, answered } = lossy;
  const to = address ?? 'the name server';
  return {
    says: 'fits',
    weight: 0.9,
    atMost: 'likely',
    stage: 'name',
    culprit: { kind: 'hop', name: `on the way to ${to}`, ...(address !== null && { address }) },
    missing: facts.references === undefined ? (['references'] as FactKey[]) : [],
    summary: `Packets get lost on the way: ${sent - answered} of ${sent} questions to the name server ${to} got no answer, so names are found late or not at all.`,
    advice: 'go nearer to the Wi-Fi router or use a cable; if it stays, tell your provider',
    evidence: [
      {
        fact: 'name.series',
        says: `${answered} of ${sent} questions in a row to ${to} were answered, the others got no answer in time`,
      },
    ],
  };
}

/** None of a row was answered, and one before or after it was: so heavy a loss is that, or two faults at once. */
function nowAndThen({ address, sent, answered }: QuestionCount): Finding {
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    stage: 'name',
    culprit: { kind: 'hop', name: `on the way to ${address}`, address },
    summary: `So many packets may get lost on the way that names are hardly found: ${sent - answered} of ${sent} questions to ${address} got no answer.`,
    advice: 'go nearer to the Wi-Fi router or use a cable; if it stays, tell your provider',
    evidence: [
      {
        fact: 'name.direct',
        says: `of ${sent} questions to ${address} all in all, ${answered} ${answered === 1 ? 'was' : 'were'} answered`,
      },
    ],
  };
}

/**
 * One that answers some and not others. Of a resolver of this device the same question: one for another type may be let by
 * where this one is swallowed. One outside has nothing to do with that resolver.
 */
function mixedIn(own: readonly LossCount[], facts: Facts): QuestionCount | undefined {
  const counts = questionCounts(facts);
  const isMixed = ({ sent, answered }: QuestionCount): boolean => answered > 0 && sent - answered >= 2;
  const outside = new Set((fact(facts, 'name.reference')?.answers ?? []).map(({ resolver }) => resolver));
  return (
    counts.find((one) => own.some(({ address }) => address === one.address) && isMixed(one)) ??
    perResolver(counts).find((one) => outside.has(one.address) && isMixed(one))
  );
}
