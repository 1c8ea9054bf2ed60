import type { Report } from '../model/report.js';

/** Whether the cause can be told: the exit code, the mark of the text and the sure end of the way depend on it. */
export function isNamed({ verdict }: Pick<Report, 'verdict'>): boolean {
  return verdict.cause !== 'undetermined' && verdict.certainty !== 'possible';
}
