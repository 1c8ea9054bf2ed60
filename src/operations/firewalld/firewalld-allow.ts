import { dirname } from 'node:path';
import { Cannot } from '../../model/cannot.js';
import type { FirewalldAllow } from '../../model/operation.js';
import { difference } from '../difference.js';
import { putInPlace, temporaryName } from '../files/put-in-place.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { Arguments, checkMatch } from '../validate.js';
import { changeRichRule, richRules, wordOf } from './rich-rules.js';

interface SavedFile {
  readonly path: string;
  /** Base64; null where there was none. */
  readonly content: string | null;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

interface Before {
  readonly runtime: readonly string[];
  /** Null where the place is there until the next reload only. */
  readonly permanent: readonly string[] | null;
  /** The file of the place, and the copy of it that firewalld itself keeps. */
  readonly files: readonly SavedFile[];
}

const mostBytes = 4 * 1024 * 1024;
const placeName = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/;

/** A rich rule that accepts, before all others of a zone or policy of firewalld, at once and in its settings. */
export const operation: OperationKindOf<FirewalldAllow, Before> = {
  kind: 'firewalld-allow',
  check(json) {
    const args = new Arguments('firewalld-allow', json);
    const checked: FirewalldAllow = {
      kind: args.oneOf('kind', ['firewalld-allow']),
      place: args.oneOf('place', ['policy', 'zone']),
      name: args.matching('name', placeName),
      match: checkMatch(args.take('match')),
    };
    args.end();
    if (checked.match.established || checked.match.sport !== undefined || checked.match.dport === undefined)
      throw args.wrong('firewalld is asked for a port that is connected to');
    return checked;
  },
  commands: (order) => [
    `firewall-cmd ${wordOf(order)} --add-rich-rule='${ruleOf(order)}'`,
    `firewall-cmd --permanent ${wordOf(order)} --add-rich-rule='${ruleOf(order)}'`,
  ],
  undo: (order) => [
    `firewall-cmd ${wordOf(order)} --remove-rich-rule='${ruleOf(order)}'`,
    `firewall-cmd --permanent ${wordOf(order)} --remove-rich-rule='${ruleOf(order)}'`,
  ],
  async capture(order, hands) {
    const [runtime, permanent] = await bothRules(order, hands);
    if (runtime === null) throw new Cannot(`firewalld has no ${order.place} ${order.name} any more`);
    if ([...runtime, ...(permanent ?? [])].includes(ruleOf(order)))
      throw new Cannot('firewalld has that very exception already, and something before it decides');
    const files = await Promise.all(filesOf(order).map((path) => savedFile(path, hands)));
    return { runtime, permanent, files };
  },
  preview: (order, before) => [
    `  ${order.place} ${order.name}${before.permanent === null ? ' (until firewalld loads its settings again)' : ', and its settings'}:`,
    `+ ${ruleOf(order)}`,
    ...before.runtime.slice(0, 3).map((rule) => `  ${rule}`),
  ],
  async apply(order, before, hands) {
    if (before.permanent !== null) {
      await changeRichRule('add', order, true, ruleOf(order), hands);
      await reachDisk(order, hands);
    }
    await changeRichRule('add', order, false, ruleOf(order), hands);
  },
  async look(order, before, hands): Promise<Look> {
    const rule = ruleOf(order);
    const answer = await bothRules(order, hands).catch(asCannot);
    if (answer instanceof Cannot) return lookAtFiles(before, answer, hands);
    const [now, settings] = answer;
    const runtime = now ?? [];
    const permanent = before.permanent === null ? null : (settings ?? []);
    const isIn = [runtime.includes(rule), permanent?.includes(rule) ?? runtime.includes(rule)];
    const without = (rules: readonly string[]): string[] => rules.filter((one) => one !== rule).sort();
    const isSame =
      isEqual(without(runtime), before.runtime) && isEqual(without(permanent ?? []), before.permanent ?? []);
    const lines = [
      `  ${order.place} ${order.name}:`,
      ...difference(before.runtime.toSorted(), runtime.toSorted()),
      ...difference((before.permanent ?? []).toSorted(), (permanent ?? []).toSorted()).map(
        (line) => `${line}   (settings)`,
      ),
    ];
    if (isSame && isIn.every(Boolean)) return { is: 'after' };
    if (isSame && !isIn.some(Boolean)) {
      const files = await Promise.all(before.files.map((file) => savedFile(file.path, hands)));
      if (files.every((file, i) => isSameFile(file, before.files[i]))) return { is: 'before' };
      return { is: 'torn', difference: [...lines, '  its files are written otherwise'] };
    }
    if (isSame) return { is: 'torn', difference: lines };
    return { is: 'other', ours: isIn.some(Boolean), difference: lines };
  },
  async revert(order, before, hands) {
    const rule = ruleOf(order);
    const answer = await bothRules(order, hands).catch(asCannot);
    if (answer instanceof Cannot) return mend(before, answer, hands);
    for (const isPermanent of before.permanent === null ? [false] : [true, false]) {
      const rules = await richRules(order, isPermanent, hands);
      if (rules?.includes(rule) === true) await changeRichRule('remove', order, isPermanent, rule, hands);
    }
    if (before.permanent === null) return;
    const now = (await richRules(order, true, hands)) ?? [];
    await reachDisk(order, hands);
    // Others' settings stay; firewalld's own layout is put back byte for byte.
    if (!isEqual(now.toSorted(), before.permanent)) return;
    for (const file of before.files) await putBack(file, hands);
  },
  async sweep(order, hands) {
    for (const path of filesOf(order)) await hands.disk.remove(temporaryName(path, hands.id));
  },
};

/** In the spelling in which `firewall-cmd --list-rich-rules` gives it back. */
export function ruleOf({ match }: FirewalldAllow): string {
  const { family, source, destination, protocol, dport } = match;
  const side = (name: string, address: string | undefined): string =>
    address === undefined ? '' : ` ${name} address="${address}"`;
  return `rule priority="-32768" family="ipv${family}"${side('source', source)}${side('destination', destination)} port port="${dport ?? 0}" protocol="${protocol}" accept`;
}

/** At once and in its settings, asked for together. */
function bothRules(order: FirewalldAllow, hands: Hands): Promise<[string[] | null, string[] | null]> {
  return Promise.all([richRules(order, false, hands), richRules(order, true, hands)]);
}

function asCannot(error: unknown): Cannot {
  if (error instanceof Cannot) return error;
  throw error;
}

/** firewalld writes over its file without a sync (1.3.3): a power cut then leaves an empty one, with which it does not start. */
async function reachDisk(order: FirewalldAllow, { disk }: Hands): Promise<void> {
  for (const path of filesOf(order))
    if ((await disk.read(path, mostBytes)) !== null) {
      await disk.sync(path);
      await disk.syncDirectory(dirname(path));
    }
}

/** Of a firewalld that gives no answer only the files can be looked at. */
async function lookAtFiles(before: Before, why: Cannot, hands: Hands): Promise<Look> {
  const now = await Promise.all(before.files.map(({ path }) => savedFile(path, hands)));
  if (now.every((file, i) => isSameFile(file, before.files[i]))) return { is: 'before' };
  const broken = now.filter(isBroken);
  if (broken.length === 0) throw why;
  return { is: 'torn', difference: broken.map(({ path }) => `  ${path} is cut off: firewalld cannot start with it`) };
}

/** One that was cut off keeps firewalld from starting: what stood there is put back; a whole one waits for firewalld. */
async function mend(before: Before, why: Cannot, hands: Hands): Promise<void> {
  const now = await Promise.all(before.files.map(({ path }) => savedFile(path, hands)));
  if (!now.some(isBroken)) throw why;
  for (const file of before.files) await putBack(file, hands);
}

function isBroken({ content }: SavedFile): boolean {
  return content !== null && !/<\/(?:zone|policy)>\s*$/.test(Buffer.from(content, 'base64').toString('utf8'));
}

function filesOf({ place, name }: FirewalldAllow): string[] {
  const file = `/etc/firewalld/${place === 'policy' ? 'policies' : 'zones'}/${name}.xml`;
  return [file, `${file}.old`];
}

async function savedFile(path: string, { disk }: Hands): Promise<SavedFile> {
  const file = await disk.read(path, mostBytes);
  if (file === null) return { path, content: null, mode: 0, uid: 0, gid: 0 };
  const { mode, uid, gid } = file;
  return { path, content: Buffer.from(file.bytes).toString('base64'), mode, uid, gid };
}

async function putBack(file: SavedFile, hands: Hands): Promise<void> {
  if (isSameFile(await savedFile(file.path, hands), file)) return;
  if (file.content === null) return hands.disk.remove(file.path);
  return putInPlace(file.path, new Uint8Array(Buffer.from(file.content, 'base64')), file, hands);
}

function isSameFile(one: SavedFile, other: SavedFile | undefined): boolean {
  return one.content === other?.content && one.mode === other.mode && one.uid === other.uid && one.gid === other.gid;
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, i) => line === other[i]);
}
