import { fact } from '../../model/facts.js';
import { refusingTypes } from '../../model/operation.js';
import type { Ailment } from '../../model/remedy.js';

/** What says "no" for this address: a rule of the routing policy (`32765: from all prohibit`), or a route. Null: nothing does. */
export function refusedBy({ verdict: { culprit }, facts }: Ailment): 'rule' | 'route' | null {
  if (culprit?.kind !== 'route') return null;
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  const own = choices.find(({ address, error }) => address === culprit.address && error !== null);
  if (own === undefined) return null;
  if (/^\s*\d+:/.test(own.line ?? '')) return 'rule';
  return own.line !== null || refusingTypes.some((type) => type === own.type) ? 'route' : null;
}
