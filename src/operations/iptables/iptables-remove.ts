import { Cannot } from '../../model/cannot.js';
import type { IptablesRemove } from '../../model/rule-operations.js';
import { difference } from '../difference.js';
import type { Look, OperationKindOf } from '../operation-kind.js';
import { Arguments, nftName } from '../validate.js';
import { iptables, mustBeThere, savedChain } from './chain.js';

interface Before {
  readonly lines: readonly string[];
}

/** Rules are taken out of a chain of iptables, and put back by the words in which iptables-save prints them. */
export const operation: OperationKindOf<IptablesRemove, Before> = {
  kind: 'iptables-remove',
  check(json) {
    const args = new Arguments('iptables-remove', json);
    const checked: IptablesRemove = {
      kind: args.oneOf('kind', ['iptables-remove']),
      backend: args.oneOf('backend', ['nft', 'legacy']),
      family: args.whole('family', 4, 6) === 4 ? 4 : 6,
      table: args.oneOf('table', ['filter', 'raw', 'mangle', 'nat', 'security']),
      chain: args.matching('chain', nftName),
      rules: args.list('rules', 16, (item) => {
        const rule = new Arguments('a rule', item);
        const one = { position: rule.whole('position', 1, 1_000_000), text: rule.text('text') };
        rule.end();
        return one;
      }),
    };
    args.end();
    for (const { text } of checked.rules) wordsOf(text, checked.chain);
    return checked;
  },
  commands: (operation) =>
    fromBelow(operation).map(({ position }) => `${programOf(operation)}-D ${operation.chain} ${position}`),
  undo: (operation) =>
    operation.rules.map(
      ({ position, text }) =>
        `${programOf(operation)}-I ${operation.chain} ${position} ${text.slice(`-A ${operation.chain} `.length)}`,
    ),
  async capture(operation, hands) {
    const lines = mustBeThere(await savedChain(operation, hands), operation);
    for (const { position, text } of operation.rules)
      if (lines[position - 1] !== text)
        throw new Cannot('the rule is no longer where it was: somebody changed the firewall meanwhile');
    return { lines };
  },
  preview: ({ table, chain, rules }) => [`  ${table}, chain ${chain}:`, ...rules.map(({ text }) => `- ${text}`)],
  async apply(operation, _before, hands) {
    // From below, so that the numbers of those above still hold.
    for (const { position } of fromBelow(operation))
      await iptables(operation, ['-D', operation.chain, String(position)], hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await savedChain(operation, hands);
    const left = leftOf(operation, before);
    if (now !== null && isSame(now, before.lines)) return { is: 'before' };
    if (now !== null && isSame(now, left)) return { is: 'after' };
    const where = `  ${operation.table}, chain ${operation.chain}:`;
    if (now === null) return { is: 'other', ours: false, difference: [where, '- the whole chain'] };
    const lines = [where, ...difference(left, now)];
    const lacking = operation.rules.filter(({ text }) => countOf(now, text) < countOf(before.lines, text));
    const others = now.filter((line) => !operation.rules.some(({ text }) => text === line));
    const othersBefore = before.lines.filter((line) => !operation.rules.some(({ text }) => text === line));
    // Some of ours are out and some are not yet: it was cut off between them.
    if (isSame(others, othersBefore)) return { is: 'torn', difference: lines };
    return { is: 'other', ours: lacking.length > 0, difference: lines };
  },
  async revert(operation, before, hands) {
    for (const { position, text } of operation.rules.toSorted((a, b) => a.position - b.position)) {
      const now = await savedChain(operation, hands);
      if (now === null) return;
      if (countOf(now, text) >= countOf(before.lines, text)) continue;
      const at = String(Math.min(position, now.length + 1));
      await iptables(operation, ['-I', operation.chain, at, ...wordsOf(text, operation.chain)], hands);
    }
  },
};

function fromBelow({ rules }: IptablesRemove): IptablesRemove['rules'] {
  return rules.toSorted((a, b) => b.position - a.position);
}

function leftOf({ rules }: IptablesRemove, { lines }: Before): string[] {
  const out = new Set(rules.map(({ position }) => position - 1));
  return lines.filter((_line, index) => !out.has(index));
}

function countOf(lines: readonly string[], text: string): number {
  return lines.filter((line) => line === text).length;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, i) => line === other[i]);
}

function programOf({ family, backend, table }: IptablesRemove): string {
  const name = `${family === 4 ? 'iptables' : 'ip6tables'}${backend === 'legacy' ? '-legacy' : ''}`;
  return `${name} ${table === 'filter' ? '' : `-t ${table} `}`;
}

/** Words of a line of iptables-save, quotes taken off as it puts them on (xtables_save_string). */
export function wordsOf(line: string, chain: string): string[] {
  const start = `-A ${chain} `;
  if (!line.startsWith(start)) throw new Cannot('the rule is none of that chain');
  const rest = line.slice(start.length);
  const words = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1'),
  );
  // A rule has neither a table nor another order in it.
  if (words.length === 0 || words.length > 128 || /^(?:-t|--table|-[ADIRFXPNZ])$/.test(words[0] ?? ''))
    throw new Cannot('the rule has words that no rule has');
  return words;
}
