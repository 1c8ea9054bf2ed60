import { Cannot } from '../../model/cannot.js';
import type { ClamavAllow } from '../../model/operation.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { tagOf } from '../tag.js';
import { isUntold, takeBackAndTell } from '../untold.js';
import { Arguments } from '../validate.js';
import { folderToChange, reloadClamd } from './clamd.js';

const rights = { mode: 0o644, uid: 0, gid: 0 };

interface Before {
  /** Where clamd keeps its signatures. */
  readonly folder: string;
}

/**
 * The narrowest exception that ClamAV knows: a list of its own (.sfp) that names one file by the SHA-256 of its content and
 * its length. Whatever else bears that signature is found as ever, the same file with one byte changed too.
 */
export const operation: OperationKindOf<ClamavAllow, Before> = {
  kind: 'clamav-allow',
  check(json) {
    const args = new Arguments('clamav-allow', json);
    args.oneOf('kind', ['clamav-allow']);
    const sha256 = args.matching('sha256', /^[0-9a-f]{64}$/);
    const size = args.whole('size', 1, 0xffff_ffff);
    args.end();
    return { kind: 'clamav-allow', sha256, size };
  },
  commands: (operation, id) => [
    `write "${lineOf(operation, id)}" into ${nameOf(id)} in the folder of ClamAV's signatures`,
    'clamdscan --reload',
  ],
  undo: (_operation, id) => [`remove ${nameOf(id)} from the folder of ClamAV's signatures`, 'clamdscan --reload'],
  preview: (operation, { folder }, id) => [`  ${folder}/${nameOf(id)}:`, `+ ${lineOf(operation, id)}`],
  async capture(_operation, hands) {
    const folder = await folderToChange(hands);
    if ((await hands.disk.read(fileIn(folder, hands), 4096)) !== null)
      throw new Cannot('such an exception is there already');
    return { folder };
  },
  async apply(operation, { folder }, hands) {
    const file = fileIn(folder, hands);
    const text = new Uint8Array(Buffer.from(`${lineOf(operation, hands.id)}\n`, 'utf8'));
    await hands.disk.create(file, text, rights);
    await hands.disk.sync(file);
    await hands.disk.syncDirectory(folder);
    await reloadClamd(hands);
  },
  async look(operation, { folder }, hands): Promise<Look> {
    const now = await hands.disk.read(fileIn(folder, hands), 4096);
    if (now === null)
      return (await isUntold(hands, 'clamd'))
        ? { is: 'torn', difference: ['  clamd was not told that the exception is gone'] }
        : { is: 'before' };
    const text = Buffer.from(now.bytes).toString('utf8');
    const whole = `${lineOf(operation, hands.id)}\n`;
    if (text === whole) return { is: 'after' };
    const difference = [`  ${fileIn(folder, hands)} holds something else`];
    return whole.startsWith(text) ? { is: 'torn', difference } : { is: 'other', ours: false, difference };
  },
  async revert(operation, before, hands) {
    const look = await this.look(operation, before, hands);
    if (look.is !== 'after' && look.is !== 'torn') return;
    const takeBack = async (): Promise<void> => {
      await hands.disk.remove(fileIn(before.folder, hands));
      await hands.disk.syncDirectory(before.folder);
    };
    await takeBackAndTell(hands, 'clamd', takeBack, () => reloadClamd(hands));
  },
};

function lineOf({ sha256, size }: ClamavAllow, id: string): string {
  return `${sha256}:${size}:${tagOf(id)}`;
}

function nameOf(id: string): string {
  return `whoblocked-${id}.sfp`;
}

function fileIn(folder: string, { id }: Pick<Hands, 'id'>): string {
  return `${folder}/${nameOf(id)}`;
}
