import type { Plan } from '../model/remedy.js';
import { clean } from '../report/clean.js';

export interface Allowed {
  readonly allowWider: boolean;
  readonly acceptRisk: boolean;
}

/** What must be allowed in so many words, or null. */
export function objectionTo(plan: Plan, { allowWider, acceptRisk }: Allowed): string | null {
  if (plan.wider && !allowWider)
    return `It would let more through than this target (${clean(plan.opens.join('; '), 300)}): --allow-wider allows that.`;
  if (plan.blockLooksRight !== undefined && !acceptRisk)
    return `The block looks right (${clean(plan.blockLooksRight, 300)}): --i-accept-the-risk lifts it all the same.`;
  return null;
}
