import { Cannot } from '../../model/cannot.js';
import type { IptablesAllow } from '../../model/operation.js';
import { difference } from '../difference.js';
import type { Look, OperationKindOf } from '../operation-kind.js';
import { isOfSomeChange, tagOf } from '../tag.js';
import { Arguments, checkMatch, nftName } from '../validate.js';
import { acceptWords, iptables, isTagged, mustBeThere, savedChain } from './chain.js';

interface Before {
  readonly lines: readonly string[];
}

/** An accepting rule in a chain of iptables, of either backend, marked by its comment. */
export const operation: OperationKindOf<IptablesAllow, Before> = {
  kind: 'iptables-allow',
  check(json) {
    const args = new Arguments('iptables-allow', json);
    const checked: IptablesAllow = {
      kind: args.oneOf('kind', ['iptables-allow']),
      backend: args.oneOf('backend', ['nft', 'legacy']),
      family: args.whole('family', 4, 6) === 4 ? 4 : 6,
      table: args.oneOf('table', ['filter', 'raw', 'mangle', 'nat', 'security']),
      chain: args.matching('chain', nftName),
      position: args.whole('position', 1, 1_000_000),
      next: args.textOrNull('next'),
      match: checkMatch(args.take('match')),
    };
    args.end();
    if (checked.match.family !== checked.family) throw args.wrong('the exception is of the other family');
    return checked;
  },
  commands: (operation, id) => [`${programOf(operation)}${insertion(operation, id).map(quoted).join(' ')}`],
  undo: (operation, id) => [
    `${programOf(operation)}-D ${operation.chain} ${acceptWords(operation.match, tagOf(id)).map(quoted).join(' ')}`,
  ],
  async capture(operation, hands) {
    const lines = mustBeThere(await savedChain(operation, hands), operation);
    const { position, next } = operation;
    if (next === null ? lines.length !== position - 1 : lines[position - 1] !== next)
      throw new Cannot('the rule that blocks is no longer where it was: somebody changed the firewall meanwhile');
    if (lines.some((line) => isTagged(line, tagOf(hands.id))))
      throw new Cannot('a rule with the mark of this change is there already');
    return { lines };
  },
  preview: (operation, _before, id) => [
    `  ${operation.table}, chain ${operation.chain}:`,
    `+ -A ${operation.chain} ${acceptWords(operation.match, tagOf(id)).map(quoted).join(' ')}`,
    ...(operation.next === null ? [] : [`  ${operation.next}`]),
  ],
  async apply(operation, _before, hands) {
    await iptables(operation, insertion(operation, hands.id), hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await savedChain(operation, hands);
    const ours = (now ?? []).filter((line) => isTagged(line, tagOf(hands.id))).length;
    const [was, others] = [before.lines, now ?? []].map((lines) => lines.filter((line) => !isOfSomeChange(line)));
    const isSame = was?.join('\n') === others?.join('\n');
    if (isSame && now !== null && ours <= 1) return { is: ours === 0 ? 'before' : 'after' };
    const lines = now === null ? ['- the whole chain'] : difference(before.lines, now);
    return { is: 'other', ours: ours > 0, difference: [`  ${operation.table}, chain ${operation.chain}:`, ...lines] };
  },
  async revert(operation, _before, hands) {
    const tag = tagOf(hands.id);
    // By its words, comment and all: a number could be another rule by then.
    for (let tries = 0; tries < 4; tries++) {
      const now = (await savedChain(operation, hands)) ?? [];
      const at = now.findLastIndex((line) => isTagged(line, tag));
      if (at < 0) return;
      await iptables(operation, ['-D', operation.chain, ...acceptWords(operation.match, tag)], hands);
    }
  },
};

function insertion({ chain, position, match }: IptablesAllow, id: string): string[] {
  return ['-I', chain, String(position), ...acceptWords(match, tagOf(id))];
}

function programOf({ family, backend, table }: IptablesAllow): string {
  const name = `${family === 4 ? 'iptables' : 'ip6tables'}${backend === 'legacy' ? '-legacy' : ''}`;
  return `${name} ${table === 'filter' ? '' : `-t ${table} `}`;
}

function quoted(word: string): string {
  return word.includes(' ') ? `"${word}"` : word;
}
