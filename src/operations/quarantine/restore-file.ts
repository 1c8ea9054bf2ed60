import { Cannot } from '../../model/cannot.js';
import type { FileContent } from '../../model/disk.js';
import type { RestoreFile } from '../../model/operation.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { Arguments } from '../validate.js';

const mostBytes = 256 * 1024 * 1024;

/**
 * A copy of a quarantined file at the place where it was, with its owner, rights and time. What lies in the quarantine stays
 * there, so that nothing can be lost; nothing that is at that place is ever overwritten, and no link is followed.
 */
export const operation: OperationKindOf<RestoreFile, null> = {
  kind: 'restore-file',
  check(json) {
    const args = new Arguments('restore-file', json);
    args.oneOf('kind', ['restore-file']);
    const path = (name: string): string => {
      const value = args.text(name);
      const parts = value.split('/').slice(1);
      if (!value.startsWith('/') || parts.some((part) => part === '' || part === '.' || part === '..'))
        throw args.wrong(`${name} is no whole path`);
      return value;
    };
    const checked: RestoreFile = {
      kind: 'restore-file',
      from: path('from'),
      to: path('to'),
      sha256: args.matching('sha256', /^[0-9a-f]{64}$/),
      mode: args.whole('mode', 0, 0o7777),
      uid: args.whole('uid', 0, 0xffff_fffe),
      gid: args.whole('gid', 0, 0xffff_fffe),
      modified: args.whole('modified', 0, 32_503_680_000),
    };
    args.end();
    return checked;
  },
  commands: ({ from, to, mode, uid, gid, modified }) => [
    `copy ${from} to ${to}, where nothing may be yet`,
    `give it back its owner (${uid}:${gid}), its rights (${mode.toString(8).padStart(4, '0')}) and its time (${new Date(modified * 1000).toISOString()})`,
  ],
  undo: ({ to }) => [`remove ${to}, if it is still the same file`],
  preview: ({ from, to }) => [`+ ${to}`, `  ${from} stays where it is`],
  async capture(operation, hands) {
    await quarantined(operation, hands);
    if ((await hands.disk.read(operation.to, mostBytes)) !== null)
      throw new Cannot(`there is a file at ${operation.to} already`);
    return null;
  },
  async apply(operation, _before, { disk, ...hands }) {
    const { to, mode, uid, gid, modified } = operation;
    const { bytes } = await quarantined(operation, { disk, ...hands });
    await disk.place(to, bytes, { mode, uid, gid }, modified);
    await disk.sync(to);
    await disk.syncDirectory(to.slice(0, to.lastIndexOf('/')) || '/');
  },
  async look(operation, _before, { disk }): Promise<Look> {
    const { to, sha256 } = operation;
    const now = await disk.read(to, mostBytes);
    if (now === null) return { is: 'before' };
    if (hashOf(now.bytes) === sha256) {
      const same = now.mode === operation.mode && now.uid === operation.uid && now.gid === operation.gid;
      return same
        ? { is: 'after' }
        : { is: 'other', ours: true, difference: [`  ${to} has another owner or other rights`] };
    }
    const was = await quarantined(operation, { disk }).catch(() => null);
    const torn = was !== null && Buffer.compare(was.bytes.subarray(0, now.bytes.length), now.bytes) === 0;
    const difference = [`  ${to} is another file by now`];
    return torn ? { is: 'torn', difference } : { is: 'other', ours: false, difference };
  },
  async revert(operation, before, hands) {
    const look = await this.look(operation, before, hands);
    if (look.is === 'after' || look.is === 'torn' || (look.is === 'other' && look.ours))
      await hands.disk.unplace(operation.to);
  },
};

/** The very bytes that were looked at: what was put in their place meanwhile is not restored. */
async function quarantined({ from, sha256 }: RestoreFile, { disk }: Pick<Hands, 'disk'>): Promise<FileContent> {
  const file = await disk.read(from, mostBytes);
  if (file === null) throw new Cannot(`${from} is not there any more`);
  if (hashOf(file.bytes) !== sha256) throw new Cannot(`${from} is not the file any more that was looked at`);
  return file;
}

function hashOf(bytes: Uint8Array): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex');
}
