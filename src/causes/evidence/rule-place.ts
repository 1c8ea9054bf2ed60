import type { Culprit, RuleReference } from '../../model/words.js';

export function ruleCulprit(rule: RuleReference): Culprit {
  return { kind: 'firewall-rule', name: rule.text ?? `${rule.family} ${rule.table}, chain ${rule.chain}`, rule };
}

export function placeOf({ family, table, chain, handle }: RuleReference): string {
  return `${family} ${table}, chain ${chain}${handle === undefined ? '' : `, handle ${handle}`}`;
}
