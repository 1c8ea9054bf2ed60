// Written by `npm run hunt -- --write-accuracy`: do not edit.

/** How often verdicts were right in random worlds of the lab, by how sure they were and by what had failed. */
export interface MeasuredRow {
  readonly certainty: 'possible' | 'likely' | 'confirmed' | 'proven';
  /** `operation/code`, or `none` where nothing failed. */
  readonly symptom: string;
  readonly cases: number;
  readonly right: number;
}

export const measured: {
  readonly cases: number;
  readonly seeds: readonly number[];
  readonly rows: readonly MeasuredRow[];
} = {
  cases: 0,
  seeds: [],
  rows: [],
};
