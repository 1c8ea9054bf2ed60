import { describe, expect, it } from 'vitest';
import type { MeasuredRow } from '../data/confidence.js';
import { measured } from '../data/confidence.js';
import { symptoms } from '../model/failure.js';
import { operations, type Operation } from '../model/failure.js';
import { certainties } from '../model/words.js';
import { confidenceOf, wilsonLower } from './confidence.js';

const rows: readonly MeasuredRow[] = [
  { certainty: 'likely', symptom: 'connect/refused', cases: 100, right: 97 },
  { certainty: 'proven', symptom: 'connect/refused', cases: 19, right: 19 },
];
const verdict = { outcome: 'failed', cause: 'nothing-listening', certainty: 'likely' } as const;

describe('confidence', () => {
  it("is the lower end of Wilson's interval", () => {
    // Values of the published formula, to three places.
    expect(wilsonLower(97, 100)).toBeCloseTo(0.915, 3);
    expect(wilsonLower(20, 20)).toBeCloseTo(0.839, 3);
    expect(wilsonLower(0, 20)).toBeCloseTo(0, 3);
    expect(wilsonLower(0, 0)).toBe(0);
  });

  it('is given with what it was measured on', () => {
    expect(confidenceOf(verdict, 'connect/refused', rows)).toEqual({
      confidence: 0.91,
      confidenceBasis: { measured: 'lab', right: 97, cases: 100 },
    });
  });

  it('is not given where too few were measured, and for nothing that is not named', () => {
    expect(confidenceOf({ ...verdict, certainty: 'proven' }, 'connect/refused', rows)).toBeNull();
    expect(confidenceOf(verdict, 'connect/timed-out', rows)).toBeNull();
    expect(confidenceOf({ ...verdict, cause: 'undetermined' }, 'connect/refused', rows)).toBeNull();
    expect(confidenceOf({ ...verdict, outcome: 'reachable' }, 'connect/refused', rows)).toBeNull();
  });

  it('rests on a table that counts right', () => {
    const known = (Object.keys(operations) as Operation[]).flatMap((operation) => symptoms(operation));
    for (const { certainty, symptom, cases, right } of measured.rows) {
      expect(certainties).toContain(certainty);
      expect([...known, 'none']).toContain(symptom);
      expect(right).toBeLessThanOrEqual(cases);
      expect(right).toBeGreaterThanOrEqual(0);
    }
    const all = measured.rows.reduce((sum, { cases }) => sum + cases, 0);
    expect(all).toBeLessThanOrEqual(measured.cases);
    expect(measured.seeds.length > 0).toBe(measured.cases > 0);
  });
});
