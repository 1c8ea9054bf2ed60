import { isObject, type Json, type JsonObject, listOf, numberOf, stringOf } from '../../firewall/parse/nft/json.js';
import { ruleText } from '../../firewall/parse/nft/text.js';
import { Cannot } from '../../model/cannot.js';
import type { NftRemove } from '../../model/rule-operations.js';
import { shellWord } from '../../model/shell-word.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments, nftName } from '../validate.js';
import { transact } from './chain.js';

interface Whole {
  readonly handle: number;
  readonly text: string;
  readonly expr: readonly Json[];
  readonly comment: string | null;
}

interface Before {
  /** Every rule of the chain as text, in order. */
  readonly rules: readonly string[];
  /** Those that go, whole, with their place from 0. */
  readonly gone: readonly (Omit<Whole, 'handle'> & { readonly index: number })[];
}

const bounds = { timeoutMs: 5_000, maxBytes: 64 * 1024 * 1024 };

/** Rules are taken out of a chain of nftables, and put back as the kernel had them, each in its place. */
export const operation: OperationKindOf<NftRemove, Before> = {
  kind: 'nft-remove',
  check(json) {
    const args = new Arguments('nft-remove', json);
    const checked: NftRemove = {
      kind: args.oneOf('kind', ['nft-remove']),
      family: args.oneOf('family', ['ip', 'ip6', 'inet', 'netdev']),
      table: args.matching('table', nftName),
      chain: args.matching('chain', nftName),
      rules: args.list('rules', 16, (item) => {
        const rule = new Arguments('a rule', item);
        const one = { handle: rule.whole('handle', 1, Number.MAX_SAFE_INTEGER), text: rule.text('text') };
        rule.end();
        return one;
      }),
    };
    args.end();
    return checked;
  },
  commands: (operation) =>
    operation.rules.map(({ handle }) => `nft delete rule ${placeOf(operation)} handle ${handle}`),
  undo: (operation, _id, { gone }) =>
    gone.map(
      ({ index, text }) =>
        `nft ${shellWord(`insert rule ${placeOf(operation)} index ${index} ${text}`)}   # or add, at the end`,
    ),
  async capture(operation, hands) {
    const now = await wholeRules(operation, hands);
    if (now === null) throw new Cannot(`there is no chain ${operation.chain} any more`);
    const gone = operation.rules.map(({ handle, text }) => {
      const index = now.findIndex((one) => one.handle === handle && one.text === text);
      const rule = now[index];
      if (rule === undefined) throw new Cannot('the rule is no longer what it was: somebody changed the firewall meanwhile'); // prettier-ignore
      return { index, text, expr: rule.expr, comment: rule.comment };
    });
    // What nft could not read again could not be put back.
    if (gone.some(({ expr }) => JSON.stringify(expr).includes('"xt"')))
      throw new Cannot('the rule has parts that only iptables could put back');
    const again = gone.map((rule): Json => ({ add: { rule: ruleOf(operation, rule) } }));
    mustHaveRun('nft', await hands.run('nft', ['-c', '-j', JSON.stringify({ nftables: again })], bounds));
    return { rules: now.map(({ text }) => text), gone: gone.toSorted((a, b) => a.index - b.index) };
  },
  preview: (operation, { gone }) => [
    `  ${operation.family} ${operation.table}, chain ${operation.chain}:`,
    ...gone.map(({ text }) => `- ${text}`),
  ],
  async apply({ family, table, chain, rules }, _before, hands) {
    await transact(
      rules.map(({ handle }): Json => ({ delete: { rule: { family, table, chain, handle } } })),
      hands,
    );
  },
  async look(operation, before, hands): Promise<Look> {
    const now = (await wholeRules(operation, hands))?.map(({ text }) => text) ?? null;
    const left = leftOf(before);
    if (now !== null && isSame(now, before.rules)) return { is: 'before' };
    if (now !== null && isSame(now, left)) return { is: 'after' };
    const where = `  ${operation.family} ${operation.table}, chain ${operation.chain}:`;
    if (now === null) return { is: 'other', ours: false, difference: [where, '- the whole chain'] };
    // What was taken out is still out: it can be put back, wherever others stand by now.
    const ours = before.gone.some(({ text }) => countOf(now, text) < countOf(before.rules, text));
    return { is: 'other', ours, difference: [where, ...difference(left, now)] };
  },
  async revert(operation, before, hands) {
    const now = await wholeRules(operation, hands);
    if (now === null) return;
    const texts = now.map(({ text }) => text);
    const lacking = before.gone.filter(({ text }) => countOf(texts, text) < countOf(before.rules, text));
    let length = now.length;
    const commands = lacking.map((rule): Json => {
      const whole = ruleOf(operation, rule);
      const at = rule.index < length ? { insert: { rule: { ...whole, index: rule.index } } } : { add: { rule: whole } };
      length++;
      return at;
    });
    if (commands.length > 0) await transact(commands, hands);
  },
};

function ruleOf({ family, table, chain }: NftRemove, { expr, comment }: Pick<Whole, 'expr' | 'comment'>): JsonObject {
  return { family, table, chain, ...(comment !== null && { comment }), expr };
}

function placeOf({ family, table, chain }: NftRemove): string {
  return `${family} ${table} ${chain}`;
}

function leftOf({ rules, gone }: Before): string[] {
  const out = new Set(gone.map(({ index }) => index));
  return rules.filter((_text, index) => !out.has(index));
}

function countOf(texts: readonly string[], text: string): number {
  return texts.filter((one) => one === text).length;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, i) => text === other[i]);
}

/** Null when there is no such chain. */
async function wholeRules({ family, table, chain }: NftRemove, { run }: Pick<Hands, 'run'>): Promise<Whole[] | null> {
  const listed = await run('nft', ['-j', '-a', 'list', 'chain', family, table, chain], bounds);
  if (/No such file or directory/.test(listed.stderr)) return null;
  const json = JSON.parse(mustHaveRun('nft', listed)) as Json;
  return (isObject(json) ? listOf(json.nftables) : []).flatMap((object) => {
    const rule = isObject(object) && isObject(object.rule) ? object.rule : null;
    if (rule === null) return [];
    const comment = stringOf(rule.comment);
    const expr = listOf(rule.expr);
    return [{ handle: numberOf(rule.handle) ?? 0, text: ruleText(expr, comment), expr, comment: comment ?? null }];
  });
}
