import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';

/** systemd's and Debian's usual limit for a service that asks for many (systemd.exec(5), DefaultLimitNOFILE=). */
const usual = 1024;
const most = 524_288;

/** The service of this computer that has as many files open as it may gets more, while it runs. */
export const remedy: Remedy<null> = {
  id: 'raise-file-limit',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'lets the service have more files open, without a restart of it',
  offers: (ailment) => fullOf(ailment) !== null,
  look: () => Promise.resolve(null),
  plan(ailment): Plan | { readonly whyNot: string } {
    const full = fullOf(ailment);
    if (full === null) return { whyNot: 'no service of this computer is known to have as many files open as it may' };
    const files = Math.min(most, Math.max(full.limit * 2, usual));
    if (files <= full.limit) return { whyNot: `${full.process} may have ${full.limit} files open already` };
    return {
      title: `lets ${full.process} (process ${full.pid}) have ${files} files open instead of ${full.limit}`,
      operations: [{ kind: 'process-limit', pid: full.pid, process: full.process, files }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'it holds until that program is started again: LimitNOFILE= in its unit lasts (systemctl edit)',
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

function fullOf({ verdict: { culprit }, facts }: Ailment): Full | null {
  const name = culprit?.kind === 'limit' ? (culprit.name ?? '') : '';
  const pid = Number(/^open files of .{1,64} \(process (\d{1,8})\):/.exec(name)?.[1] ?? Number.NaN);
  return fact(facts, 'device.limits')?.listeners.find((one) => one.pid === pid) ?? null;
}
