import { clamSettings } from '../../inspectors/clamav/settings.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';

/** Days since the newest file of signatures was written; null where there is none. */
interface Looks {
  readonly days: number | null;
}

const dayMs = 86_400_000;
/** New ones come every day (freshclam(1)). */
const oldDays = 7;

/**
 * A scanner that finds something by old signatures asks its makers for new ones first: a false alarm is often mended within
 * days. Kept only where the target works with them.
 */
export const remedy: Remedy<Looks> = {
  id: 'update-signatures',
  risk: 'low',
  needs: 'root',
  platforms: ['linux'],
  title: 'fetches new signatures for ClamAV, by which it may be no alarm any more',
  // Whether they are old `fix` looks for itself.
  offers: () => false,
  concerns: isClamAv,
  async look(_ailment, { system }) {
    const folder = (await clamSettings(system.files))?.databases;
    if (folder === undefined) return { days: null };
    const words = [folder, '-maxdepth', '1', '-type', 'f', '-regex', String.raw`.*\.\(c[lv]d\|[a-z]db\|[hm]sb\|mdu\|ldu\|ndu\)`, '-printf', String.raw`%T@\n`]; // prettier-ignore
    const found = await system.run('find', words, { timeoutMs: 10_000 });
    const times = found.stdout.split('\n').map(Number).filter((time) => time > 0); // prettier-ignore
    const newest = Math.max(...times);
    return { days: times.length === 0 ? null : Math.floor((system.clock.wall().getTime() - newest * 1000) / dayMs) };
  },
  plan(ailment, { days }): Plan | { readonly whyNot: string } {
    if (!isClamAv(ailment)) return { whyNot: 'it is not ClamAV that found something' };
    if (days === null) return { whyNot: 'where ClamAV keeps its signatures is not known' };
    if (days < oldDays)
      return { whyNot: `its signatures are ${days} days old: new ones are not likely to say otherwise` };
    return {
      title: `fetches new signatures for ClamAV: the ones it has are ${days} days old`,
      operations: [{ kind: 'clamav-update' }],
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'on a slow line that takes longer than a minute: --keep-for 10m',
        'an old engine may need new ones too; that is the package manager’s: sudo apt install --only-upgrade clamav clamav-daemon',
      ],
    };
  },
};

function isClamAv({ verdict: { culprit } }: Ailment): boolean {
  return culprit?.kind === 'signature' && /^(?:ClamAV|c-icap)$/.test(culprit.owner ?? '');
}
