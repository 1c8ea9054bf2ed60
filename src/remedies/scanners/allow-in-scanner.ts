import { clamSettings } from '../../inspectors/clamav/settings.js';
import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { RunResult, System } from '../../model/system.js';

interface Content {
  readonly sha256: string;
  readonly size: number;
}

type Looks = Content | { readonly whyNot: string };

const bounds = { timeoutMs: 30_000 };

/** ClamAV is told that files of exactly this content are harmless. A file with one byte changed is held back as ever. */
export const remedy: Remedy<Looks> = {
  id: 'allow-in-scanner',
  risk: 'high',
  needs: 'root',
  platforms: ['linux'],
  title: 'makes an exception in ClamAV for exactly this file',
  offers: (ailment) => heldBack(ailment) !== null,
  async look(ailment, { system }) {
    const held = heldBack(ailment);
    if (held === null) return { whyNot: 'ClamAV has written down no file that it found something in' };
    return contentOf(held.file, system);
  },
  plan(ailment, looks): Plan | { readonly whyNot: string } {
    const held = heldBack(ailment);
    if (held === null) return { whyNot: 'it is not ClamAV that holds the file back' };
    if ('whyNot' in looks) return looks;
    return {
      title: `has ClamAV let ${held.file} be opened, by its content`,
      operations: [{ kind: 'clamav-allow', ...looks }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'a file of exactly this content is let through wherever it lies; the same file with one byte changed is not',
      ],
      blockLooksRight: `ClamAV finds ${held.signature} in it, and no other scanner has called it clean: whoblocked quarantine and the makers of the program can say more`,
    };
  },
};

function heldBack({ verdict, facts }: Ailment): { readonly file: string; readonly signature: string } | null {
  const found = fact(facts, 'device.programGuards')?.found ?? null;
  if (verdict.culprit?.kind !== 'signature' || found?.product !== 'ClamAV') return null;
  return { file: found.file, signature: found.signature };
}

/**
 * Root itself is held back when it opens the file. The scanner's own account is not (OnAccessExcludeUname): as that one it
 * is read, and never run.
 */
async function contentOf(file: string, system: System): Promise<Looks> {
  if (!/^\/[^\n\0\\]{1,1000}$/.test(file)) return { whyNot: 'its name holds what no command can be given' };
  const settings = await clamSettings(system.files);
  const accounts = (settings?.trusts ?? []).filter((name) => /^[a-z_][\w-]{0,31}$/.test(name)).slice(0, 4);
  for (const as of [[], ...accounts.map((name) => ['setpriv', `--reuid=${name}`, '--clear-groups', '--'])]) {
    const [program, ...args] = [...as, 'sha256sum', '--', file];
    const hashed = await system.run(program, args, bounds);
    const sha256 = /^([0-9a-f]{64}) /.exec(hashed.stdout)?.[1];
    if (hashed.exit !== 0 || sha256 === undefined) continue;
    const size = sizeIn(await system.run('stat', ['-L', '-c', '%s', '--', file], bounds));
    if (size !== null) return { sha256, size };
  }
  return { whyNot: 'it cannot be read, not even with the account that the scanner trusts (OnAccessExcludeUname)' };
}

function sizeIn({ exit, stdout }: RunResult): number | null {
  const size = Number(stdout.trim());
  return exit === 0 && Number.isInteger(size) && size > 0 && size <= 0xffff_ffff ? size : null;
}
