// Holds one report against what was broken. Gives what differs, in words; nothing when it is right.
import { certainties, type Certainty, type Culprit } from '../../src/model/words.js';
import type { Report, Verdict } from '../../src/model/report.js';
import type { CulpritExpectation, Expectation, Expectations } from '../scenario.js';
import type { RulePlace } from '../world/handles.js';

export interface Comparison {
  differences: string[];
  /** A wrong cause or culprit given with confirmed or proven: the worst that can happen. */
  wrongAndSure: boolean;
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
const rank = (certainty: Certainty): number => certainties.indexOf(certainty);
const sure = (verdict: Verdict): boolean => rank(verdict.certainty) >= rank('confirmed');

function oneOf(what: string, got: string | undefined, wanted: string | readonly string[] | undefined): string[] {
  if (wanted === undefined || list(wanted).includes(got ?? '')) return [];
  return [`${what} ${got ?? 'missing'} instead of ${list(wanted).join(' or ')}`];
}

function matching(what: string, got: string | undefined, wanted: string | RegExp | undefined): string[] {
  if (!(wanted instanceof RegExp)) return oneOf(what, got, wanted);
  return wanted.test(got ?? '') ? [] : [`${what} ${got ?? 'missing'} does not match ${wanted}`];
}

function compareRule(
  got: Culprit['rule'],
  wanted: NonNullable<CulpritExpectation['rule']>,
  rules: ReadonlyMap<string, RulePlace>,
): string[] {
  if (got === undefined) return ['culprit without a rule'];
  const differences: string[] = [];
  for (const key of ['backend', 'family', 'table', 'chain'] as const)
    differences.push(...oneOf(`rule's ${key}`, got[key], wanted[key]));
  if (wanted.number !== undefined && got.number !== undefined && got.number !== wanted.number) {
    differences.push(`rule number ${got.number} instead of ${wanted.number}`);
  }
  if (wanted.text !== undefined && !wanted.text.test(got.text ?? ''))
    differences.push(`rule text "${got.text ?? ''}" does not match ${wanted.text}`);
  if (wanted.handleOf !== undefined) {
    const place = rules.get(wanted.handleOf);
    if (place === undefined) differences.push(`the scenario has no rule labelled ${wanted.handleOf}`);
    else if (got.handle !== place.handle || got.table !== place.table || got.chain !== place.chain) {
      differences.push(
        `rule ${got.table}/${got.chain}#${got.handle ?? '?'} instead of ${place.table}/${place.chain}#${place.handle}`,
      );
    }
  }
  return differences;
}

function compareCulprit(
  got: Culprit | undefined,
  wanted: CulpritExpectation,
  rules: ReadonlyMap<string, RulePlace>,
): string[] {
  if (got === undefined) return ['no culprit'];
  const differences = oneOf("culprit's kind", got.kind, wanted.kind);
  for (const key of ['name', 'address', 'owner', 'location'] as const)
    differences.push(...matching(`culprit's ${key}`, got[key], wanted[key]));
  if (wanted.rule !== undefined) differences.push(...compareRule(got.rule, wanted.rule, rules));
  return differences;
}

function compareBlame(report: Report, expectation: Expectation): string[] {
  const differences: string[] = [];
  const blamed = [report.verdict, ...report.also.filter(sure)];
  for (const cause of expectation.innocent ?? []) {
    if (blamed.some((verdict) => verdict.cause === cause)) differences.push(`${cause} is blamed`);
  }
  const culprits = JSON.stringify(
    [report.verdict, ...report.also, ...report.candidates].map((verdict) => verdict.culprit ?? null),
  );
  for (const cause of expectation.also ?? []) {
    if (!report.also.some((verdict) => verdict.cause === cause)) differences.push(`${cause} is not told beside it`);
  }
  const { evidence } = expectation;
  if (evidence !== undefined && !report.evidence.some(({ says }) => evidence.test(says)))
    differences.push(`no evidence says ${evidence}`);
  for (const text of expectation.innocentText ?? []) {
    if (culprits.includes(text)) differences.push(`a culprit holds "${text}"`);
  }
  return differences;
}

function compareOne(report: Report, expectation: Expectation, rules: ReadonlyMap<string, RulePlace>): Comparison {
  const { verdict } = report;
  const wrongCause = oneOf('cause', verdict.cause, expectation.cause);
  const culprit = expectation.culprit === undefined ? [] : compareCulprit(verdict.culprit, expectation.culprit, rules);
  const differences = [
    ...wrongCause,
    ...oneOf('outcome', verdict.outcome, expectation.outcome),
    ...oneOf('side', verdict.side, expectation.side),
    ...oneOf('stage', verdict.stage, expectation.stage),
  ];
  if (wrongCause.length === 0) {
    differences.push(...culprit);
    const { atLeast, atMost } = expectation.certainty ?? {};
    if (atLeast !== undefined && rank(verdict.certainty) < rank(atLeast))
      differences.push(`only ${verdict.certainty}, evidence allows ${atLeast}`);
    if (atMost !== undefined && rank(verdict.certainty) > rank(atMost))
      differences.push(`${verdict.certainty}, evidence allows no more than ${atMost}`);
    if (verdict.cause === 'undetermined') {
      const offered = report.candidates.map((candidate) => candidate.cause);
      for (const cause of expectation.candidates ?? []) {
        if (!offered.includes(cause)) differences.push(`candidates ${offered.join(', ') || 'none'} lack ${cause}`);
      }
    }
  }
  const blame = compareBlame(report, expectation);
  const named = verdict.cause !== 'undetermined';
  const overclaimed =
    named &&
    sure(verdict) &&
    (wrongCause.length > 0 || (verdict.certainty === 'proven' && culprit.some((said) => said.startsWith('rule '))));
  return { differences: [...differences, ...blame], wrongAndSure: overclaimed };
}

/** The best of the expectations that are allowed. */
export function compare(report: Report, expectations: Expectations, rules: ReadonlyMap<string, RulePlace>): Comparison {
  const options = 'anyOf' in expectations ? expectations.anyOf : [expectations];
  const compared = options.map((option) => compareOne(report, option, rules));
  const best = compared.toSorted((a, b) => a.differences.length - b.differences.length)[0];
  if (best === undefined) throw new Error('a scenario without an expectation');
  return { differences: best.differences, wrongAndSure: compared.every((one) => one.wrongAndSure) };
}

/** Exit code that a verdict must have (contract). */
export function exitFor(verdict: Verdict): number {
  if (verdict.outcome !== 'failed') return 0;
  return verdict.cause !== 'undetermined' && rank(verdict.certainty) >= rank('likely') ? 1 : 3;
}
