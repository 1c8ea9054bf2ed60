import { Cannot } from '../../model/cannot.js';
import type { RuleRemove } from '../../model/route-operations.js';
import type { Hands, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { areRuleWords, readPolicyRule } from './policy-rule.js';

const bounds = { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 };

/** A rule of the routing policy is taken out, and put back by its own words at its own priority. */
export const operation: OperationKindOf<RuleRemove, null> = {
  kind: 'rule-remove',
  check(json) {
    const args = new Arguments('rule-remove', json);
    const checked: RuleRemove = {
      kind: args.oneOf('kind', ['rule-remove']),
      family: args.whole('family', 4, 6) === 4 ? 4 : 6,
      // 0 is the kernel's own (local); 32766 and 32767 are the tables of everybody.
      priority: args.whole('priority', 1, 32_765),
      words: args.list('words', 24, (word) => {
        if (typeof word !== 'string') throw args.wrong('a word is no text');
        return word;
      }),
    };
    args.end();
    if (!areRuleWords(checked.words)) throw args.wrong('words are none of a rule');
    return checked;
  },
  commands: (operation) => [`ip ${words('del', operation).join(' ')}`],
  undo: (operation) => [`ip ${words('add', operation).join(' ')}`],
  async capture(operation, hands) {
    const found = await counted(operation, hands);
    if (found === 0) throw new Cannot('that rule is no longer there: somebody changed the rules meanwhile');
    if (found > 1) throw new Cannot('that rule is there more than once');
    return null;
  },
  preview: (operation) => ['  rules of routing:', `- ${operation.priority}: ${operation.words.join(' ')}`],
  async apply(operation, _before, hands) {
    mustHaveRun('ip', await hands.run('ip', words('del', operation), bounds));
  },
  look: async (operation, _before, hands) => ({ is: (await counted(operation, hands)) === 0 ? 'after' : 'before' }),
  async revert(operation, _before, hands) {
    if ((await counted(operation, hands)) === 0)
      mustHaveRun('ip', await hands.run('ip', words('add', operation), bounds));
  },
};

function words(verb: 'add' | 'del', { family, priority, words: rule }: RuleRemove): string[] {
  return [`-${family}`, 'rule', verb, 'priority', String(priority), ...rule];
}

async function counted(operation: RuleRemove, { run }: Pick<Hands, 'run'>): Promise<number> {
  const printed = mustHaveRun('ip', await run('ip', [`-${operation.family}`, 'rule', 'show'], bounds));
  const wanted = operation.words.join(' ');
  return printed
    .split('\n')
    .flatMap((line) => readPolicyRule(line) ?? [])
    .filter((rule) => rule.priority === operation.priority && rule.words.join(' ') === wanted).length;
}
