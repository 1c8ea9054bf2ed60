import { ruleText } from '../../firewall/parse/nft/text.js';
import { isObject, type Json, type JsonObject, listOf, stringOf } from '../../firewall/parse/nft/json.js';
import { Cannot } from '../../model/cannot.js';
import type { NftClamp } from '../../model/rule-operations.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { interfaceName } from '../routes/unicast-route.js';
import { mustHaveRun } from '../said.js';
import { tagOf } from '../tag.js';
import { Arguments } from '../validate.js';
import { transact } from './chain.js';

const bounds = { timeoutMs: 5_000, maxBytes: 1024 * 1024 };

/**
 * A table of nftables of the change's own that lowers the largest segment (MSS) that either side of a connection asks for; never
 * raises it (the kernel leaves a smaller one alone: net/netfilter/nft_exthdr.c). Nobody else's rule is touched.
 */
export const operation: OperationKindOf<NftClamp, null> = {
  kind: 'nft-clamp',
  check(json) {
    const args = new Arguments('nft-clamp', json);
    const checked: NftClamp = {
      kind: args.oneOf('kind', ['nft-clamp']),
      name: args.matching('name', interfaceName),
      // The least that each must take: 576 and 1280 bytes, less the headers (RFC 9293, 3.7.1).
      four: args.whole('four', 536, 65_495),
      six: args.whole('six', 1220, 65_475),
    };
    args.end();
    return checked;
  },
  commands: (operation, id) => [
    `nft add table inet ${tableOf(id)}`,
    ...chains.flatMap(({ chain, hook }) => [
      `nft add chain inet ${tableOf(id)} ${chain} '{ type filter hook ${hook} priority mangle; }'`,
      ...expressionsOf(operation, chain).map(
        (expr) => `nft 'add rule inet ${tableOf(id)} ${chain} ${ruleText(expr, tagOf(id))}'`,
      ),
    ]),
  ],
  undo: (_operation, id) => [`nft delete table inet ${tableOf(id)}`],
  preview: (operation, _before, id) =>
    chains.flatMap(({ chain, hook }) => [
      `  inet ${tableOf(id)}, chain ${chain} (${hook}):`,
      ...expressionsOf(operation, chain).map((expr) => `+ ${ruleText(expr, tagOf(id))}`),
    ]),
  async capture(_operation, hands) {
    if ((await rulesNow(hands)) !== null) throw new Cannot(`the table ${tableOf(hands.id)} is there already`);
    return null;
  },
  async apply(operation, _before, hands) {
    const table = tableOf(hands.id);
    await transact(
      [
        { add: { table: { family: 'inet', name: table } } },
        ...chains.flatMap(({ chain, hook }): Json[] => [
          {
            add: {
              chain: { family: 'inet', table, name: chain, type: 'filter', hook, prio: mangle, policy: 'accept' },
            },
          },
          ...expressionsOf(operation, chain).map((expr): Json => ({ add: { rule: { family: 'inet', table, chain, comment: tagOf(hands.id), expr } } })), // prettier-ignore
        ]),
      ],
      hands,
    );
  },
  // Versions of nft print one rule in several ways: what it printed once it was made is what it must print later.
  settled: (_operation, hands) => rulesNow(hands),
  async look(_operation, _before, hands, after): Promise<Look> {
    const now = await rulesNow(hands);
    if (now === null) return { is: 'before' };
    // Noted by `settled`, in a journal whose checksum held.
    const left = (after ?? now) as readonly string[];
    if (now.join('\n') === left.join('\n')) return { is: 'after' };
    return { is: 'other', ours: true, difference: difference(left, now) };
  },
  async revert(_operation, _before, hands) {
    if ((await rulesNow(hands)) !== null)
      await transact([{ delete: { table: { family: 'inet', name: tableOf(hands.id) } } }], hands);
  },
};

/** Between connection tracking and address translation, where others put the like. */
const mangle = -150;
const chains = [
  { chain: 'way_out', hook: 'postrouting', key: 'oifname' },
  { chain: 'way_in', hook: 'prerouting', key: 'iifname' },
] as const;

/** Its name is the change's own: no table of that name is anybody else's. */
function tableOf(id: string): string {
  return `whoblocked_mss_${id}`;
}

/** What begins a connection, and the answer to it, both ways. */
function expressionsOf({ name, four, six }: NftClamp, chain: (typeof chains)[number]['chain']): JsonObject[][] {
  const match = (left: Json, right: Json): JsonObject => ({ match: { op: '==', left, right } });
  const key = chains.find((one) => one.chain === chain)?.key ?? 'oifname';
  return ([['ipv4', four], ['ipv6', six]] as const).map(([family, size]) => [
    match({ meta: { key: 'nfproto' } }, family),
    match({ meta: { key } }, name),
    match({ '&': [{ payload: { protocol: 'tcp', field: 'flags' } }, ['syn', 'rst']] }, 'syn'),
    { mangle: { key: { 'tcp option': { name: 'maxseg', field: 'size' } }, value: size } },
  ]); // prettier-ignore
}

/** The table's rules, each behind its chain's name; null where there is no such table. */
async function rulesNow({ id, run }: Pick<Hands, 'id' | 'run'>): Promise<string[] | null> {
  const listed = await run('nft', ['-j', 'list', 'table', 'inet', tableOf(id)], bounds);
  if (/No such file or directory/.test(listed.stderr)) return null;
  const json = JSON.parse(mustHaveRun('nft', listed)) as Json;
  return (isObject(json) ? listOf(json.nftables) : []).flatMap((object) => {
    const rule = isObject(object) && isObject(object.rule) ? object.rule : null;
    return rule === null
      ? []
      : [`${stringOf(rule.chain) ?? ''}: ${ruleText(listOf(rule.expr), stringOf(rule.comment))}`];
  });
}
