import { Cannot } from '../../model/cannot.js';
import type { FileContent } from '../../model/disk.js';
import type { IptablesChain, PacketMatch, UfwAllow } from '../../model/operation.js';
import { difference } from '../difference.js';
import { draftOf } from '../draft-file.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import { iptables, replaceChain, savedChain } from '../iptables/chain.js';
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
  /** The order with the same words but for what it does, by its index: ufw knows no two of these, and changes that one. */
  readonly replaces: number | null;
  /** Chains of ufw that it fills anew whenever it loads its rules, and the rules in them. */
  readonly limits: readonly (readonly string[])[];
}

interface Now {
  readonly file: FileContent;
  readonly text: string;
  readonly orders: readonly Order[];
  readonly chain: readonly string[];
  /** ufw is switched on, and has started. */
  readonly isLoaded: boolean;
}

const timeoutMs = 20_000;
const mostBytes = 4 * 1024 * 1024;

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
  commands: (order, id, { replaces }) => [
    `ufw ${replaces === null ? 'prepend ' : ''}${wordsOf(order).join(' ')} comment '${tagOf(id)}'`,
  ],
  undo: (order, _id, { replaces }) =>
    replaces === null
      ? [`ufw delete ${wordsOf(order).join(' ')}`]
      : [`put back ${fileOf(order)} as it was`, `put back the rules of ${chainOf(order)}`],
  async capture(order, hands) {
    const { file, chain, orders } = await now(order, hands);
    const status = mustHaveRun('ufw', await hands.run('ufw', ['status'], { timeoutMs }));
    if (!/^Status: active/m.test(status)) throw new Cannot('ufw is not switched on');
    const same = orders.findIndex((one) => wordsOfTuple(one) === wordsOfTuple({ tuple: tupleOf(order) }));
    // ufw would not add it a second time, and undo would take away somebody else's.
    if (orders[same]?.tuple.replace(/ comment=\S*$/, '') === tupleOf(order))
      throw new Cannot('ufw has that very exception already, and something before it decides');
    const { mode, uid, gid } = file;
    const content = Buffer.from(file.bytes).toString('base64');
    return { content, mode, uid, gid, chain, replaces: same < 0 ? null : same, limits: await limitsNow(order, hands) };
  },
  preview: (order, before, id) => [
    `  ${fileOf(order)}:`,
    `+ ${wordsOf(order).join(' ')}   # ${tagOf(id)}`,
    ...ordersIn(textBefore(before))
      .slice(0, 1)
      .map(({ tuple }) => `  ${tuple}`),
  ],
  async apply(order, before, hands) {
    // One of the same words is changed where it stands; else it goes in front of all.
    const args = [...(before.replaces === null ? ['prepend'] : []), ...wordsOf(order), 'comment', tagOf(hands.id)];
    mustHaveRun('ufw', await hands.run('ufw', args, { timeoutMs }));
    await reachDisk(hands);
  },
  async look(order, before, hands): Promise<Look> {
    const { file, text, orders, chain } = await now(order, hands);
    const was = textBefore(before);
    const isRightful = file.mode === before.mode && file.uid === before.uid && file.gid === before.gid;
    const isChainBefore = isEqual(chain, before.chain);
    // Of the limits nobody's packets hang on; each order of ufw may have filled them, and revert empties them again.
    if (isRightful && text === was && isChainBefore) return { is: 'before' };
    const ours = orders.findIndex((one) => isOurs(one, hands.id));
    const isOthersSame = isEqual(othersNow(orders, hands.id), othersBefore(before));
    const isChainAfter = isAfter(chain, before);
    if (ours === (before.replaces ?? 0) && isOthersSame && isChainAfter) return { is: 'after' };
    const lines = [
      `  ${fileOf(order)}:`,
      ...difference(was.split('\n'), text.split('\n')),
      `  chain ${chainOf(order)}:`,
      ...difference(before.chain, chain),
    ];
    // The file without the rule, or the rule without the file: ufw was cut off between the two.
    const isFileOneOfBoth = isOthersSame && (ours >= 0 || text === was);
    if (isFileOneOfBoth && (isChainBefore || isChainAfter)) return { is: 'torn', difference: lines };
    return { is: 'other', ours: ours >= 0, difference: lines };
  },
  async revert(order, before, hands) {
    const found = await now(order, hands);
    const isOthersSame = isEqual(othersNow(found.orders, hands.id), othersBefore(before));
    const wanted = isOthersSame ? textBefore(before) : withoutOurs(found.text, hands.id, replacedOf(before));
    if (found.text !== wanted)
      await putInPlace(
        fileOf(order),
        new Uint8Array(Buffer.from(wanted, 'latin1')),
        isOthersSame ? before : found.file,
        hands,
      );
    const isChainSame = isEqual(found.chain, before.chain);
    // Not by `ufw reload`: that writes all of its files anew without a sync, the other family's too, and a power cut then
    // leaves an empty one. With new orders of others in the file only ufw knows what it makes of them.
    if (isOthersSame && found.isLoaded && !isChainSame) await replaceChain(placeOf(order), before.chain, hands);
    if (!isOthersSame && !(isChainSame && found.text === wanted)) {
      mustHaveRun('ufw', await hands.run('ufw', ['reload'], { timeoutMs }));
      await reachDisk(hands);
    }
    await restoreLimits(order, before, hands);
  },
  async sweep(order, hands) {
    await hands.disk.remove(temporaryName(fileOf(order), hands.id));
    await hands.disk.remove(draftOf(hands));
  },
};

/** ufw writes without a sync, ufw.conf at each reload too: a power cut could leave it an empty file that it does not start with. */
async function reachDisk({ disk }: Hands): Promise<void> {
  for (const name of ['ufw.conf', 'user.rules', 'user6.rules'])
    if ((await disk.read(`/etc/ufw/${name}`, mostBytes)) !== null) await disk.sync(`/etc/ufw/${name}`);
  await disk.syncDirectory('/etc/ufw');
}

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
  const file = await hands.disk.read(fileOf(order), mostBytes);
  if (file === null) throw new Cannot(`there is no ${fileOf(order)}: this ufw keeps its rules elsewhere`);
  const text = Buffer.from(file.bytes).toString('latin1');
  const chain = await savedChain(placeOf(order), hands);
  return { file, text, orders: ordersIn(text), chain: chain ?? [], isLoaded: chain !== null };
}

function placeOf(order: UfwAllow): IptablesChain {
  const { backend, match } = order;
  return { backend, family: match.family, table: 'filter', chain: chainOf(order) };
}

/** What it asks, whatever it does: `deny tcp 443 …` and `allow tcp 443 …` are the same to ufw. */
function wordsOfTuple({ tuple }: Pick<Order, 'tuple'>): string {
  return tuple.replace(/ comment=\S*$/, '').replace(/^(### tuple ### )\S+ /, '$1');
}

function othersNow(orders: readonly Order[], id: string): string[] {
  return linesOf(orders.filter((one) => !isOurs(one, id)));
}

function othersBefore(before: Before): string[] {
  return linesOf(ordersIn(textBefore(before)).filter((_, i) => i !== before.replaces));
}

function replacedOf(before: Before): readonly string[] {
  const order = before.replaces === null ? undefined : ordersIn(textBefore(before))[before.replaces];
  return order === undefined ? [] : linesOf([order]);
}

/** The chain with the rule in front, or with one rule in the place of another. */
function isAfter(chain: readonly string[], before: Before): boolean {
  if (before.replaces === null) return isEqual(chain.slice(1), before.chain);
  const at = ordersIn(textBefore(before))
    .slice(0, before.replaces)
    .reduce((sum, { rules }) => sum + rules.length, 0);
  const isElsewhereSame = chain.every((line, i) => i === at || line === before.chain[i]);
  return chain.length === before.chain.length && isElsewhereSame && chain[at] !== before.chain[at];
}

/** Our order's lines, and the empty one behind them, out of the file; or the lines that stood in their place into it again. */
function withoutOurs(text: string, id: string, replaced: readonly string[]): string {
  const lines = text.split('\n');
  const at = lines.findIndex(
    (tuple) => tuple.startsWith('### tuple ###') && isOurs({ tuple: tuple.trimEnd(), rules: [] }, id),
  );
  if (at < 0) return text;
  let end = at + 1;
  while (lines[end]?.startsWith('-A ') === true) end++;
  if (replaced.length === 0 && lines[end] === '') end++;
  lines.splice(at, end - at, ...replaced);
  return lines.join('\n');
}

const limitChains = ['limit', 'limit-accept'] as const;

function limitPlaces({ backend }: UfwAllow): IptablesChain[] {
  return ([4, 6] as const).flatMap((family) =>
    limitChains.map((name) => {
      const chain = `${family === 4 ? 'ufw' : 'ufw6'}-user-${name}`;
      return { backend, family, table: 'filter' as const, chain };
    }),
  );
}

function limitsNow(order: UfwAllow, hands: Hands): Promise<string[][]> {
  return Promise.all(limitPlaces(order).map(async (at) => (await savedChain(at, hands)) ?? []));
}

/** ufw leaves some of them out when it is switched on and brings them with the next load (0.36.2, measured). */
async function restoreLimits(order: UfwAllow, { limits }: Before, hands: Hands): Promise<void> {
  const places = limitPlaces(order);
  for (const [i, lines] of (await limitsNow(order, hands)).entries()) {
    const [before, at] = [limits[i] ?? [], places[i]];
    const extra: number[] = [];
    let same = 0;
    for (const [number, line] of lines.entries()) {
      if (line === before[same]) same++;
      else extra.push(number + 1);
    }
    if (at === undefined || same !== before.length) continue;
    for (const number of extra.toReversed()) await iptables(at, ['-D', at.chain, String(number)], hands);
  }
}

function textBefore({ content }: Before): string {
  return Buffer.from(content, 'base64').toString('latin1');
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, i) => line === other[i]);
}
