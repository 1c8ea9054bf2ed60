import { Cannot } from '../../model/cannot.js';
import type { IptablesClamp } from '../../model/rule-operations.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { interfaceName } from '../routes/unicast-route.js';
import { isOfSomeChange, tagOf } from '../tag.js';
import { Arguments } from '../validate.js';
import { iptablesLines, isTagged, savedChain } from './chain.js';

/** Of each chain in question the rules, as iptables-save prints them. */
type Before = readonly (readonly string[])[];

/**
 * Two rules at the top of iptables' mangle table that lower the largest segment (MSS) that either side of a connection asks
 * for, each with the change's mark; they never raise it (net/netfilter/xt_TCPMSS.c). Both come and go in one transaction. Where
 * nothing had used that table, iptables leaves it behind without rules, as it always does.
 */
export const operation: OperationKindOf<IptablesClamp, Before> = {
  kind: 'iptables-clamp',
  check(json) {
    const args = new Arguments('iptables-clamp', json);
    const family = args.whole('family', 4, 6) === 4 ? 4 : 6;
    const checked: IptablesClamp = {
      kind: args.oneOf('kind', ['iptables-clamp']),
      backend: args.oneOf('backend', ['nft', 'legacy']),
      family,
      name: args.matching('name', interfaceName),
      // The least that each must take: 576 and 1280 bytes, less the headers (RFC 9293, 3.7.1).
      size: family === 4 ? args.whole('size', 536, 65_495) : args.whole('size', 1220, 65_475),
    };
    args.end();
    return checked;
  },
  commands: (operation, id) =>
    chains.map(({ chain }) => `${programOf(operation)} -I ${chain} 1 ${ruleOf(operation, chain, id)}`),
  undo: (operation, id) =>
    chains.map(({ chain }) => `${programOf(operation)} -D ${chain} ${ruleOf(operation, chain, id)}`),
  preview: (operation, _before, id) =>
    chains.flatMap(({ chain }) => [
      `  mangle, chain ${chain}, IPv${operation.family}:`,
      `+ -A ${chain} ${ruleOf(operation, chain, id)}`,
    ]),
  async capture(operation, hands) {
    const before = await rulesNow(operation, hands);
    if (before.flat().some((line) => isTagged(line, tagOf(hands.id))))
      throw new Cannot('a rule with the mark of this change is there already');
    return before;
  },
  async apply(operation, _before, hands) {
    const lines = chains.map(({ chain }) => `-I ${chain} 1 ${ruleOf(operation, chain, hands.id)}`);
    await iptablesLines(placeOf(operation), lines, hands);
  },
  async look(operation, before, hands): Promise<Look> {
    const now = await rulesNow(operation, hands);
    const ours = now.map((lines) => lines.filter((line) => isTagged(line, tagOf(hands.id))).length);
    const others = (all: Before): string => all.flat().filter((line) => !isOfSomeChange(line)).join('\n'); // prettier-ignore
    if (others(before) === others(now)) {
      if (ours.every((count) => count === 0)) return { is: 'before' };
      if (ours.every((count) => count === 1)) return { is: 'after' };
    }
    return {
      is: 'other',
      ours: ours.some((count) => count > 0),
      difference: ['  mangle:', ...difference(before.flat(), now.flat())],
    };
  },
  async revert(operation, _before, hands) {
    const ours = (await rulesNow(operation, hands)).flat().filter((line) => isTagged(line, tagOf(hands.id)));
    // By their words, comment and all: a number could be another rule by then.
    const lines = ours.map((line) => line.replace(/^-A /, '-D '));
    if (lines.length > 0) await iptablesLines(placeOf(operation), lines, hands);
  },
};

const chains = [
  { chain: 'POSTROUTING', by: '-o' },
  { chain: 'PREROUTING', by: '-i' },
] as const;

function placeOf({ backend, family }: IptablesClamp): Pick<IptablesClamp, 'backend' | 'family'> & { table: 'mangle' } {
  return { backend, family, table: 'mangle' };
}

/** What begins a connection, and the answer to it. */
function ruleOf({ name, size }: IptablesClamp, chain: (typeof chains)[number]['chain'], id: string): string {
  const by = chains.find((one) => one.chain === chain)?.by ?? '-o';
  return `${by} ${name} -p tcp -m tcp --tcp-flags SYN,RST SYN -m comment --comment "${tagOf(id)}" -j TCPMSS --set-mss ${size}`;
}

function programOf({ family, backend }: IptablesClamp): string {
  return `${family === 4 ? 'iptables' : 'ip6tables'}${backend === 'legacy' ? '-legacy' : ''} -t mangle`;
}

/** A table that nothing has used yet has no rules. */
function rulesNow(operation: IptablesClamp, hands: Pick<Hands, 'run'>): Promise<string[][]> {
  return Promise.all(
    chains.map(async ({ chain }) => (await savedChain({ ...placeOf(operation), chain }, hands)) ?? []),
  );
}
