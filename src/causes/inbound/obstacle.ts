import type { Evidence } from '../../model/cause.js';
import type { Verdict } from '../../model/report.js';

/** Something on this device that keeps others from a port of it. `cause` is an id of the catalogue. */
export type Obstacle = Omit<Verdict, 'outcome'> & { readonly evidence: readonly Evidence[] };

/** "203.0.113.9", "others" */
export function whom(from: string | null): string {
  return from ?? 'others';
}
