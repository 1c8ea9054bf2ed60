import { familyOf } from '../../model/address.js';
import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { RuleRemove } from '../../model/route-operations.js';
import { refusedBy } from './refusing-choice.js';
import { readPolicyRule } from '../../operations/routes/policy-rule.js';

/** A rule of the routing policy that says "no" for the target is taken out. */
export const remedy: Remedy<null> = {
  id: 'remove-refusing-rule',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'takes out the rule of routing that says "no" for this address',
  offers: (ailment) => operationFor(ailment) !== null,
  concerns: (ailment) => refusedBy(ailment) === 'rule',
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const operation = operationFor(ailment);
    if (operation === null) return { whyNot: 'no rule of routing says "no" that could be put back by the same words' };
    const rule = operation.words.join(' ');
    const isOfTarget = operation.words[operation.words.indexOf('to') + 1] === ailment.verdict.culprit?.address;
    return {
      title: `takes out the rule "${operation.priority}: ${rule}"`,
      operations: [operation],
      opens: isOfTarget ? [] : [`whatever else the rule "${rule}" refuses`],
      wider: !isOfTarget,
      mayCutOff: false,
      notes: ['it holds until the computer restarts, or until what made the rule makes it again'],
      blockLooksRight: operation.words.includes('fwmark')
        ? 'a rule that refuses whatever bears no mark is how a VPN keeps packets from going past it'
        : `"${rule}" is what an administrator writes to forbid addresses`,
    };
  },
};

function operationFor({ verdict: { culprit }, facts }: Ailment): RuleRemove | null {
  const choice = fact(facts, 'device.routes')?.choices.find(({ address }) => address === culprit?.address);
  const rule = culprit?.kind !== 'route' || choice?.line == null ? null : readPolicyRule(choice.line);
  const family = familyOf(choice?.address ?? '');
  const refuses = rule?.words.some((word) => /^(?:prohibit|unreachable|blackhole)$/.test(word)) === true;
  if (rule === null || family === 0 || !refuses || rule.priority < 1 || rule.priority > 32_765) return null;
  return { kind: 'rule-remove', family, priority: rule.priority, words: rule.words };
}
