import type { Scene } from '../../model/cause.js';
import type { FactKey } from '../../model/facts.js';

/** Of these facts those that were not asked for: whether they can be had is not known yet. */
export function notYetAsked({ facts }: Pick<Scene, 'facts'>, ...keys: FactKey[]): FactKey[] {
  return keys.filter((key) => facts[key] === undefined);
}
