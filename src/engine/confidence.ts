import { measured, type MeasuredRow } from '../data/confidence.js';
import type { Judgement, Verdict } from '../model/report.js';
import type { Symptom } from '../model/failure.js';

/** Fewer cases than these tell nothing: with 20 of 20 the bound is 0.84 already. */
const fewest = 20;
/** Of the normal distribution, for 95 % on both sides. */
const z = 1.96;

/**
 * The lower end of Wilson's interval for a share that was seen `right` times of `cases` (E. B. Wilson, 1927): a few
 * cases, all of them right, do not make it certain.
 */
export function wilsonLower(right: number, cases: number): number {
  if (cases === 0) return 0;
  const share = right / cases;
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * cases)) / cases);
  return (share + (z * z) / (2 * cases) - spread) / (1 + (z * z) / cases);
}

/** How often verdicts as sure as this one, of the same kind of failure, were right; null where too few were measured. */
export function confidenceOf(
  verdict: Pick<Verdict, 'outcome' | 'cause' | 'certainty'>,
  /** `operation/code`, null where nothing failed. */
  symptom: string | null,
  rows: readonly MeasuredRow[] = measured.rows,
): Pick<Verdict, 'confidence' | 'confidenceBasis'> | null {
  // A target that works needs no number, and an undetermined cause names nothing that could be right.
  if (verdict.outcome === 'reachable' || verdict.cause === 'undetermined') return null;
  const row = rows.find((one) => one.certainty === verdict.certainty && one.symptom === (symptom ?? 'none'));
  if (!row || row.cases < fewest) return null;
  const confidence = Math.floor(wilsonLower(row.right, row.cases) * 100) / 100;
  return { confidence, confidenceBasis: { measured: 'lab', right: row.right, cases: row.cases } };
}

export function withConfidence(judgement: Judgement, symptom: Symptom | null): Judgement {
  return { ...judgement, verdict: { ...judgement.verdict, ...confidenceOf(judgement.verdict, symptom) } };
}
