import { unitsOf } from '../../inspectors/policies/unit-settings.js';
import { cgroupOf } from '../../inspectors/program/read-process.js';
import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { System } from '../../model/system.js';

/** systemd's and Debian's usual limit for a service that asks for many (systemd.exec(5), DefaultLimitNOFILE=). */
const usual = 1024;
const most = 524_288;

/** The unit that started it, where systemd runs; null elsewhere. */
type Looks = { readonly unit: string | null };

/** The service of this computer that has as many files open as it may gets more: now, and each time its unit starts it. */
export const remedy: Remedy<Looks> = {
  id: 'raise-file-limit',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets the service have more files open, without a restart of it',
  offers: (ailment) => fullOf(ailment) !== null,
  concerns: (ailment) => processIn(ailment) !== null,
  async look(ailment, { system }) {
    const full = fullOf(ailment);
    return { unit: full === null ? null : await unitOf(full.pid, system) };
  },
  plan(ailment, { unit }): Plan | { readonly whyNot: string } {
    const full = fullOf(ailment);
    if (full === null) return { whyNot: 'no service of this computer is known to have as many files open as it may' };
    const files = Math.min(most, Math.max(full.limit * 2, usual));
    if (files <= full.limit) return { whyNot: `${full.process} may have ${full.limit} files open already` };
    return {
      title: `lets ${full.process} (process ${full.pid}) have ${files} files open instead of ${full.limit}`,
      operations: [
        { kind: 'process-limit', pid: full.pid, process: full.process, files },
        ...(unit === null ? [] : [{ kind: 'own-file' as const, what: { is: 'unit-files' as const, unit, files } }]),
      ],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        unit === null
          ? 'it holds until that program is started again: LimitNOFILE= in its unit lasts (systemctl edit)'
          : `it holds when ${unit} is started again too (LimitNOFILE= in a file of ours beside its unit)`,
        'it helps for a while where the program does not close what it opens',
      ],
    };
  },
};

interface Full {
  readonly pid: number;
  readonly process: string;
  readonly limit: number;
}

function fullOf(ailment: Ailment): Full | null {
  const blamed = processIn(ailment);
  return fact(ailment.facts, 'device.limits')?.listeners.find(({ pid }) => pid === blamed) ?? null;
}

/** Whose limit is reached: the number of a process, or null where it is the whole computer's, or this very program's. */
function processIn({ verdict: { culprit } }: Ailment): number | null {
  const name = culprit?.kind === 'limit' ? (culprit.name ?? '') : '';
  const pid = /^open files of .{1,64} \(process (\d{1,8})\):/.exec(name)?.[1];
  return pid === undefined ? null : Number(pid);
}

/** A limit that a unit sets counts for the programs of that unit alone: that of a login's scope is set elsewhere. */
async function unitOf(pid: number, { files }: Pick<System, 'files'>): Promise<string | null> {
  const [read, isSystemd] = await Promise.all([
    files.read(`/proc/${pid}/cgroup`, 64 * 1024),
    files.exists('/run/systemd/system'),
  ]);
  const group = read.ok && isSystemd ? cgroupOf(Buffer.from(read.bytes).toString('latin1')) : null;
  const units = unitsOf(group ?? '');
  const [innermost = ''] = units;
  // Below user@1000.service are units of that user's own systemd, which reads other folders.
  return innermost.endsWith('.service') && !units.some((unit) => unit.startsWith('user@')) ? innermost : null;
}
