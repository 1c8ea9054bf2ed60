import { ruleText } from '../../firewall/parse/nft/text.js';
import type { Json } from '../../firewall/parse/nft/json.js';
import { Cannot } from '../../model/cannot.js';
import type { NftAllow, NftPlace } from '../../model/operation.js';
import { shellWord } from '../../model/shell-word.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { isOfSomeChange, tagOf } from '../tag.js';
import { Arguments, checkMatch, nftName } from '../validate.js';
import { listChain, transact, type ChainName, type ListedRule } from './chain.js';
import { acceptExpression } from './match-expression.js';

interface Before {
  readonly chains: readonly (ChainName & { readonly rules: readonly string[] })[];
}

/** Accepting rules in chains of nftables, marked by their comment. */
export const operation: OperationKindOf<NftAllow, Before> = {
  kind: 'nft-allow',
  check(json) {
    const args = new Arguments('nft-allow', json);
    args.oneOf('kind', ['nft-allow']);
    const rules = args.list('rules', 32, (item) => {
      const rule = new Arguments('a rule', item);
      const checked = {
        family: rule.oneOf('family', ['ip', 'ip6', 'inet', 'netdev']),
        table: rule.matching('table', nftName),
        chain: rule.matching('chain', nftName),
        place: placeOf(rule.take('place')),
        match: checkMatch(rule.take('match')),
      };
      rule.end();
      return checked;
    });
    args.end();
    return { kind: 'nft-allow', rules };
  },
  commands: ({ rules }, id) =>
    rules.map(({ family, table, chain, place, match }) => {
      const verb = place === 'end' ? 'add' : 'insert';
      const where = typeof place === 'object' ? ` handle ${place.above}` : '';
      // As one word: a shell would take the "<" of `meta time < …` for a file.
      return `nft ${shellWord(`${verb} rule ${family} ${table} ${chain}${where} ${textOf(match, id)}`)}`;
    }),
  undo: ({ rules }) =>
    chainsOf(rules).map(
      ({ family, table, chain }) =>
        `nft -a list chain ${family} ${table} ${chain}   # then: nft delete rule ${family} ${table} ${chain} handle …`,
    ),
  async capture({ rules }, hands) {
    const chains = await Promise.all(
      chainsOf(rules).map(async (name) => {
        const listed = await listChain(name, hands);
        for (const { place } of rules.filter((rule) => isIn(rule, name))) fits(place, listed);
        if (listed.some((rule) => rule.comment === tagOf(hands.id)))
          throw new Cannot('a rule with the mark of this change is there already');
        return { ...name, rules: listed.map(({ text }) => text) };
      }),
    );
    return { chains };
  },
  preview: ({ rules }, _before, id) =>
    rules.flatMap(({ family, table, chain, place, match }) => [
      `  ${family} ${table}, chain ${chain}:`,
      `+ ${textOf(match, id)}`,
      ...(typeof place === 'object' ? [`  ${place.text}`] : []),
    ]),
  async apply({ rules }, _before, hands) {
    await transact(
      rules.map(({ family, table, chain, place, match }): Json => {
        const at = typeof place === 'object' ? { handle: place.above } : {};
        const rule = { family, table, chain, ...at, comment: tagOf(hands.id), expr: acceptExpression(match) };
        return place === 'end' ? { add: { rule } } : { insert: { rule } };
      }),
      hands,
    );
  },
  async look({ rules }, before, hands): Promise<Look> {
    const chains = await Promise.all(before.chains.map(async (was) => ({ was, now: await rulesNow(was, hands) })));
    const tag = tagOf(hands.id);
    const ours = chains.flatMap(({ now }) => now ?? []).filter(({ comment }) => comment === tag).length;
    const asBefore = chains.every(({ was, now }) => now !== null && isSame(was.rules, now));
    if (asBefore && ours === 0) return { is: 'before' };
    if (asBefore && ours === rules.length) return { is: 'after' };
    const lines = chains.flatMap(({ was, now }) => [
      `  ${was.family} ${was.table}, chain ${was.chain}:`,
      ...(now === null
        ? ['- the whole chain']
        : difference(
            was.rules,
            now.map(({ text }) => text),
          )),
    ]);
    return { is: 'other', ours: ours > 0, difference: lines };
  },
  async revert(_operation, before, hands) {
    const tag = tagOf(hands.id);
    const found = await Promise.all(
      before.chains.map(async ({ family, table, chain }) =>
        ((await rulesNow({ family, table, chain }, hands)) ?? [])
          .filter(({ comment }) => comment === tag)
          .map(({ handle }): Json => ({ delete: { rule: { family, table, chain, handle } } })),
      ),
    );
    const deletions = found.flat();
    if (deletions.length > 0) await transact(deletions, hands);
  },
};

function placeOf(json: unknown): NftPlace {
  if (json === 'top' || json === 'end') return json;
  const args = new Arguments('the place of a rule', json);
  const place = { above: args.whole('above', 1, Number.MAX_SAFE_INTEGER), text: args.text('text') };
  args.end();
  return place;
}

function fits(place: NftPlace, listed: readonly ListedRule[]): void {
  if (typeof place === 'string') return;
  if (listed.find(({ handle }) => handle === place.above)?.text !== place.text)
    throw new Cannot('the rule that blocks is no longer where it was: somebody changed the firewall meanwhile');
}

/** Null when the chain is gone. */
async function rulesNow(name: ChainName, hands: Hands): Promise<ListedRule[] | null> {
  try {
    return await listChain(name, hands);
  } catch (error) {
    if (error instanceof Cannot && error.message.endsWith('any more')) return null;
    throw error;
  }
}

/** All rules but whoblocked's own. */
function isSame(before: readonly string[], now: readonly ListedRule[]): boolean {
  const was = before.filter((text) => !isOfSomeChange(text));
  const others = now.filter(({ text }) => !isOfSomeChange(text));
  return was.length === others.length && was.every((text, i) => others[i]?.text === text);
}

function textOf(match: NftAllow['rules'][number]['match'], id: string): string {
  return ruleText(acceptExpression(match), tagOf(id));
}

function isIn(rule: ChainName, name: ChainName): boolean {
  return rule.family === name.family && rule.table === name.table && rule.chain === name.chain;
}

function chainsOf(rules: readonly ChainName[]): ChainName[] {
  const names = rules.map(({ family, table, chain }) => ({ family, table, chain }));
  return names.filter((name, i) => names.findIndex((other) => isIn(other, name)) === i);
}
