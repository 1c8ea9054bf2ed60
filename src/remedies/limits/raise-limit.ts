import { fact } from '../../model/facts.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import type { SysctlSet } from '../../model/service-operations.js';

/** Whether there is a folder for settings that are read at boot. */
type Looks = { readonly canKeep: boolean };

/** Twice as much of what is used up: connections that the firewall remembers, files that all programs have open. */
export const remedy: Remedy<Looks> = {
  id: 'raise-limit',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: "raises this computer's limit that is reached",
  offers: (ailment) => raised(ailment) !== null,
  concerns: ({ verdict: { cause, culprit } }) =>
    cause !== 'too-many-open-files' || culprit?.name?.startsWith(allFiles) === true,
  look: async (_ailment, { system }) => ({ canKeep: await system.files.exists('/etc/sysctl.d') }),
  plan(ailment, { canKeep }): Plan | { readonly whyNot: string } {
    const change = raised(ailment);
    if (change === null) return { whyNot: 'no limit of this computer is known to be reached that it may raise' };
    const { name, value, what } = change;
    return {
      title: `raises ${name} to ${value} (${what})`,
      operations: [{ kind: 'sysctl-set', name, value: [value], ...(canKeep && { kept: true }) }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        canKeep ? 'it holds after a restart too' : 'it holds until the computer restarts',
        'it helps for a while where a program, or somebody who attacks, opens more and more: find out who does',
      ],
    };
  },
};

/** All programs of the computer together. */
const allFiles = 'fs.file-max';
/** The kernel's own bound for a table that fits into memory: an entry takes about 320 bytes (nf_conntrack). */
const mostEntries = 2_097_152;

function raised({
  verdict: { cause, culprit },
  facts,
}: Ailment): { readonly name: SysctlSet['name']; readonly value: number; readonly what: string } | null {
  const limits = fact(facts, 'device.limits');
  if (culprit?.kind !== 'limit' || !limits) return null;
  if (cause === 'conntrack-table-full' && limits.conntrack && limits.conntrack.limit < mostEntries) {
    const value = Math.min(limits.conntrack.limit * 2, mostEntries);
    return { name: 'net.netfilter.nf_conntrack_max', value, what: `about ${Math.ceil((value * 320) / 1_048_576)} MB of memory when it is full` }; // prettier-ignore
  }
  const files = limits.files.device;
  const isReached = cause === 'too-many-open-files' && culprit.name?.startsWith(allFiles) === true;
  if (!isReached || !files || files.limit > Number.MAX_SAFE_INTEGER / 2) return null;
  return { name: allFiles, value: Math.max(files.limit * 2, 65_536), what: `${files.used} files are open` };
}
