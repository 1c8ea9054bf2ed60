// Holds a report against what was true.
import { causes } from '../../../src/causes/all.js';
import type { Report, Verdict } from '../../../src/model/report.js';
import { certainties, type Certainty } from '../../../src/model/words.js';
import type { Truth } from '../truth/truth.js';

/**
 * - right: the cause that is named is true, and so is its culprit as far as it is named.
 * - open: undetermined, where nobody at that position can tell, and the true one is offered.
 * - alike: a cause is called likely that sends the very same packets as the true one.
 * - undecided: undetermined, though it could be told.
 * - wrong: anything else.
 */
export type Score = 'right' | 'open' | 'alike' | 'undecided' | 'wrong' | 'no report';

export interface Scored {
  readonly score: Score;
  readonly sure: boolean;
  /** The cause named first: the verdict's, or the first candidate's. */
  readonly first: string;
  readonly why: string;
}

const built: ReadonlySet<string> = new Set(causes.map(({ id }) => id));

export const isSure = (certainty: Certainty): boolean =>
  certainties.indexOf(certainty) >= certainties.indexOf('confirmed');

function culpritWrong(verdict: Verdict, truth: Truth): string | null {
  const checks = truth.right.filter(({ cause }) => cause === verdict.cause);
  if (checks.length === 0) return null;
  const said = checks.map(({ culprit }) => culprit?.(verdict.culprit) ?? null);
  return said.includes(null) ? null : (said[0] ?? null);
}

export function scoreOf(report: Report | null, truth: Truth): Scored {
  if (report === null) return { score: 'no report', sure: false, first: '-', why: 'no report' };
  const { verdict, candidates } = report;
  const rights = truth.right.map(({ cause }) => cause);
  const sure = isSure(verdict.certainty);
  if (verdict.cause === 'undetermined') {
    const offered = candidates.map(({ cause }) => cause);
    const first = offered[0] ?? '-';
    // What nobody has built yet cannot be offered.
    if (built.has(truth.primary) && !offered.some((cause) => rights.includes(cause)))
      return {
        score: 'wrong',
        sure: false,
        first,
        why: `${offered.join(', ') || 'no candidates'} lack ${rights.join(' or ')}`,
      };
    const can = truth.alike.length > 0 || !built.has(truth.primary);
    return {
      score: can ? 'open' : 'undecided',
      sure: false,
      first,
      why: can ? '' : `undetermined (${offered.join(', ')})`,
    };
  }
  const first = verdict.cause;
  if (rights.includes(first)) {
    const wrong = culpritWrong(verdict, truth);
    if (wrong !== null) return { score: 'wrong', sure, first, why: wrong };
    if (!(truth.outcomes as readonly string[]).includes(verdict.outcome))
      return { score: 'wrong', sure, first, why: `${verdict.outcome} instead of ${truth.outcomes.join(' or ')}` };
    return { score: 'right', sure, first, why: '' };
  }
  if (truth.alike.includes(first) && !sure) return { score: 'alike', sure, first, why: '' };
  return { score: 'wrong', sure, first, why: `${first} instead of ${[...new Set(rights)].join(' or ')}` };
}
