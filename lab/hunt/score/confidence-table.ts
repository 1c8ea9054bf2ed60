// The table of confidence, as the file src/data/confidence.ts has it.
import { certainties } from '../../../src/model/words.js';
import type { MeasuredRow } from '../../../src/data/confidence.js';
import { good, type CaseRecord } from './figures.js';

export function rowsOf(records: readonly CaseRecord[]): MeasuredRow[] {
  const rows = new Map<string, MeasuredRow>();
  for (const record of records) {
    if (record.cause === 'undetermined' || record.cause === '-') continue;
    const { certainty, symptom } = record;
    const key = `${certainties.length - certainties.indexOf(certainty)} ${symptom}`;
    const row = rows.get(key) ?? { certainty, symptom, cases: 0, right: 0 };
    rows.set(key, { ...row, cases: row.cases + 1, right: row.right + (good(record) ? 1 : 0) });
  }
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** As oxfmt writes it. */
export function confidenceFile(records: readonly CaseRecord[], seeds: readonly number[]): string {
  const rows = rowsOf(records).map(
    ({ certainty, symptom, cases, right }) =>
      `    { certainty: '${certainty}', symptom: '${symptom}', cases: ${cases}, right: ${right} },\n`,
  );
  return `// Written by \`npm run hunt -- --write-confidence\`: do not edit.

/** How often verdicts were right in random worlds of the lab, by how sure they were and by what had failed. */
export interface MeasuredRow {
  readonly certainty: 'possible' | 'likely' | 'confirmed' | 'proven';
  /** \`operation/code\`, or \`none\` where nothing failed. */
  readonly symptom: string;
  readonly cases: number;
  readonly right: number;
}

interface Measured {
  readonly cases: number;
  /** Of \`npm run hunt\`: what anybody can run again. */
  readonly seeds: readonly number[];
  readonly rows: readonly MeasuredRow[];
}

export const measured: Measured = {
  cases: ${records.length},
  seeds: [${seeds.join(', ')}],
  rows: [${rows.length === 0 ? '' : `\n${rows.join('')}  `}],
};
`;
}
