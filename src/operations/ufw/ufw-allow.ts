import { Cannot } from '../../model/cannot.js';
import type { FileContent } from '../../model/disk.js';
import type { PacketMatch, UfwAllow } from '../../model/operation.js';
import { difference } from '../difference.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import { savedChain } from '../iptables/chain.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { tagOf } from '../tag.js';
import { Arguments, checkMatch } from '../validate.js';
import { isOurs, linesOf, ordersIn, type Order } from './user-rules.js';

interface Before {
  /** The whole user.rules or user6.rules, base64. */
  readonly content: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** The rules of the chain that ufw makes of it, as iptables-save prints them. */
  readonly chain: readonly string[];
}

interface Now {
  readonly file: FileContent;
  readonly text: string;
  readonly orders: readonly Order[];
  readonly chain: readonly string[];
}

const timeoutMs = 20_000;

/** An exception ordered of ufw, in front of all of its rules; ufw keeps it in its own files. */
export const operation: OperationKindOf<UfwAllow, Before> = {
  kind: 'ufw-allow',
  check(json) {
    const args = new Arguments('ufw-allow', json);
    const checked: UfwAllow = {
      kind: args.oneOf('kind', ['ufw-allow']),
      direction: args.oneOf('direction', ['out', 'in']),
      backend: args.oneOf('backend', ['nft', 'legacy']),
      match: checkMatch(args.take('match')),
    };
    args.end();
    if (checked.match.established || checked.match.sport !== undefined || checked.match.dport === undefined)
      throw args.wrong('ufw is asked for a port that is connected to');
    return checked;
  },
  commands: (order, id) => [`ufw prepend ${wordsOf(order).join(' ')} comment '${tagOf(id)}'`],
  undo: (order) => [`ufw delete ${wordsOf(order).join(' ')}`],
  async capture(order, hands) {
    const { file, chain, orders } = await now(order, hands);
    const status = mustHaveRun('ufw', await hands.run('ufw', ['status'], { timeoutMs }));
    if (!/^Status: active/m.test(status)) throw new Cannot('ufw is not switched on');
    // ufw would not add it a second time, and undo would take away somebody else's.
    const tuple = tupleOf(order);
    if (orders.some((one) => one.tuple.replace(/ comment=\S*$/, '') === tuple))
      throw new Cannot('ufw has that very exception already, and something before it decides');
    const { mode, uid, gid } = file;
    return { content: Buffer.from(file.bytes).toString('base64'), mode, uid, gid, chain };
  },
  preview: (order, before, id) => [
    `  ${fileOf(order)}:`,
    `+ ${wordsOf(order).join(' ')}   # ${tagOf(id)}`,
    ...ordersIn(textBefore(before))
      .slice(0, 1)
      .map(({ tuple }) => `  ${tuple}`),
  ],
  async apply(order, _before, hands) {
    const args = ['prepend', ...wordsOf(order), 'comment', tagOf(hands.id)];
    mustHaveRun('ufw', await hands.run('ufw', args, { timeoutMs }));
  },
  async look(order, before, hands): Promise<Look> {
    const { file, text, orders, chain } = await now(order, hands);
    const was = textBefore(before);
    const sameRights = file.mode === before.mode && file.uid === before.uid && file.gid === before.gid;
    if (sameRights && text === was && isEqual(chain, before.chain)) return { is: 'before' };
    const [first] = orders;
    const isFirst = first !== undefined && isOurs(first, hands.id);
    const othersSame = isEqual(linesOf(orders.filter((one) => !isOurs(one, hands.id))), linesOf(ordersIn(was)));
    if (isFirst && othersSame && isEqual(chain.slice(1), before.chain)) return { is: 'after' };
    const lines = [
      `  ${fileOf(order)}:`,
      ...difference(was.split('\n'), text.split('\n')),
      `  chain ${chainOf(order)}:`,
      ...difference(before.chain, chain),
    ];
    // The file without the rule, or the rule without the file: ufw was cut off between the two.
    const isHalf = othersSame && (isEqual(chain, before.chain) || isEqual(chain.slice(1), before.chain));
    if (isHalf) return { is: 'torn', difference: lines };
    return { is: 'other', ours: orders.some((one) => isOurs(one, hands.id)), difference: lines };
  },
  async revert(order, before, hands) {
    const found = await now(order, hands);
    const isKernelOurs = !isEqual(found.chain, before.chain) && isEqual(found.chain.slice(1), before.chain);
    if (found.orders.some((one) => isOurs(one, hands.id)))
      mustHaveRun('ufw', await hands.run('ufw', ['delete', ...wordsOf(order)], { timeoutMs }));
    else if (isKernelOurs) mustHaveRun('ufw', await hands.run('ufw', ['reload'], { timeoutMs }));
    const then = await now(order, hands);
    const was = textBefore(before);
    // Where only the layout differs, ufw's own writing is put back byte for byte.
    if (then.text !== was && isEqual(linesOf(then.orders), linesOf(ordersIn(was))))
      await putInPlace(fileOf(order), new Uint8Array(Buffer.from(before.content, 'base64')), before, hands);
    if (!isEqual(then.chain, before.chain) && isEqual(linesOf(then.orders), linesOf(ordersIn(was))))
      mustHaveRun('ufw', await hands.run('ufw', ['reload'], { timeoutMs }));
  },
  async sweep(order, hands) {
    await hands.disk.remove(temporaryName(fileOf(order), hands.id));
  },
};

/** `allow out proto tcp to 198.51.100.10 port 443` */
function wordsOf({ direction, match }: UfwAllow): string[] {
  const { source, destination, protocol, dport } = match;
  const from = source === undefined ? [] : ['from', source];
  return ['allow', direction, 'proto', protocol, ...from, 'to', destination ?? 'any', 'port', String(dport)];
}

/** As ufw writes it into its file, without a comment. */
function tupleOf({ direction, match }: UfwAllow): string {
  const any = match.family === 4 ? '0.0.0.0/0' : '::/0';
  const { protocol, dport, destination = any, source = any } = match;
  return `### tuple ### allow ${protocol} ${dport} ${destination} any ${source} ${direction}`;
}

function fileOf({ match }: { readonly match: PacketMatch }): string {
  return match.family === 4 ? '/etc/ufw/user.rules' : '/etc/ufw/user6.rules';
}

export function chainOf({ direction, match }: Pick<UfwAllow, 'direction' | 'match'>): string {
  return `${match.family === 4 ? 'ufw' : 'ufw6'}-user-${direction}put`;
}

async function now(order: UfwAllow, hands: Hands): Promise<Now> {
  const file = await hands.disk.read(fileOf(order), 4 * 1024 * 1024);
  if (file === null) throw new Cannot(`there is no ${fileOf(order)}: this ufw keeps its rules elsewhere`);
  const text = Buffer.from(file.bytes).toString('latin1');
  const { backend, match } = order;
  const at = { backend, family: match.family, table: 'filter', chain: chainOf(order) } as const;
  return { file, text, orders: ordersIn(text), chain: (await savedChain(at, hands)) ?? [] };
}

function textBefore({ content }: Before): string {
  return Buffer.from(content, 'base64').toString('latin1');
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, i) => line === other[i]);
}
