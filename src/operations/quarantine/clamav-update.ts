import { Cannot } from '../../model/cannot.js';
import type { ClamavUpdate } from '../../model/operation.js';
import { difference } from '../difference.js';
import type { Hands, Look, OperationKindOf } from '../operation-kind.js';
import { mustHaveRun } from '../said.js';
import { Arguments } from '../validate.js';
import { folderToChange, reloadClamd, signatureFolder } from './clamd.js';

interface Before {
  readonly folder: string;
  /** A line a file: name, size, time, rights, owner. */
  readonly files: readonly string[];
}

const bounds = { timeoutMs: 60_000 };
/** A slow line takes minutes; whoever has one says `--keep-for`. */
const fetchMs = 600_000;
const plainName = /^[\w][\w.+-]{0,120}$/;

/** All files of the folder are kept beside the journal meanwhile, so that the very same ones come back. */
export const operation: OperationKindOf<ClamavUpdate, Before> = {
  kind: 'clamav-update',
  check(json) {
    const args = new Arguments('clamav-update', json);
    const kind = args.oneOf('kind', ['clamav-update']);
    args.end();
    return { kind };
  },
  commands: () => ['freshclam --stdout', 'clamdscan --reload'],
  undo: (_operation, id, { folder }) => [
    `put back all files of ${folder} as they were (kept in kept-${id} beside the journal)`,
    'clamdscan --reload',
  ],
  preview: (_operation, { folder, files }) => [
    `  ${folder}:`,
    ...files.slice(0, 16).map((line) => `- ${nameIn(line)}`),
    '+ what freshclam fetches',
  ],
  async capture(_operation, hands) {
    mustHaveRun('freshclam', await hands.run('freshclam', ['--version'], bounds));
    const folder = await folderToChange(hands);
    return { folder, files: await filesIn(folder, hands) };
  },
  async apply(_operation, { folder, files }, hands) {
    mustHaveRun('cp', await hands.run('cp', ['-a', '--', folder, keptIn(hands)], bounds));
    mustHaveRun('sync', await hands.run('sync', ['-f', '--', keptIn(hands)], bounds));
    mustHaveRun('freshclam', await hands.run('freshclam', ['--stdout'], { timeoutMs: fetchMs }));
    if (isSame(signaturesOf(await filesIn(folder, hands)), signaturesOf(files)))
      throw new Cannot('freshclam found nothing newer');
    await reloadClamd(hands);
  },
  settled: async (_operation, hands) => filesIn(await signatureFolder(hands), hands),
  async look(_operation, { folder, files }, hands, after): Promise<Look> {
    const now = await filesIn(folder, hands);
    if (isSame(now, files)) {
      if (!(await isKept(hands))) return { is: 'before' };
      return { is: 'torn', difference: ['  clamd was not told, or the copies lie about still'] };
    }
    const left = Array.isArray(after) ? after.map(String) : null;
    if (left !== null && isSame(now, left)) return { is: 'after' };
    const lines = [`  ${folder}:`, ...difference([...(left ?? files)], [...now])];
    return left === null ? { is: 'torn', difference: lines } : { is: 'other', ours: true, difference: lines };
  },
  async revert(_operation, { folder, files }, hands) {
    if (!(await isKept(hands))) return;
    const now = await filesIn(folder, hands);
    for (const line of now.filter((one) => !files.some((was) => nameIn(was) === nameIn(one))))
      await hands.disk.remove(`${folder}/${nameIn(line)}`);
    for (const name of files.filter((line) => !now.includes(line)).map(nameIn)) {
      // `-T`: the folder is clamav's own, who may have put a link to another folder in the place of a file.
      const words = ['-a', '-T', '--remove-destination', '--', `${keptIn(hands)}/${name}`, `${folder}/${name}`];
      mustHaveRun('cp', await hands.run('cp', words, bounds));
    }
    await hands.disk.syncDirectory(folder);
    await reloadClamd(hands);
    mustHaveRun('rm', await hands.run('rm', ['-rf', '--', keptIn(hands)], bounds));
  },
};

function keptIn({ journal, id }: Pick<Hands, 'journal' | 'id'>): string {
  return `${journal}/kept-${id}`;
}

async function isKept(hands: Hands): Promise<boolean> {
  return (await hands.disk.list(hands.journal)).includes(`kept-${hands.id}`);
}

/** Sorted by name. Names that no program gives such a file stop the plan. */
async function filesIn(folder: string, { run }: Pick<Hands, 'run'>): Promise<string[]> {
  const words = [folder, '-maxdepth', '1', '-type', 'f', '-printf', String.raw`%f\t%s\t%T@\t%m\t%U:%G\n`];
  const lines = mustHaveRun('find', await run('find', words, bounds)).split('\n').filter((line) => line !== ''); // prettier-ignore
  if (lines.length > 200 || lines.some((line) => !plainName.test(nameIn(line))))
    throw new Cannot(`${folder} holds files that are no signatures`);
  return lines.toSorted();
}

function nameIn(line: string): string {
  return line.split('\t', 1)[0] ?? '';
}

/** Without what freshclam notes for itself each time. */
function signaturesOf(files: readonly string[]): string[] {
  return files.filter((line) => !/^(?:freshclam|mirrors)\.dat$/.test(nameIn(line)));
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, i) => line === other[i]);
}
