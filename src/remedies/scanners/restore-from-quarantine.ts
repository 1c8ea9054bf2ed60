import { inspect } from '../../inspectors/quarantine/inspect.js';
import { listQuarantine } from '../../inspectors/quarantine/list.js';
import { type Said, saidBy, scan } from '../../inspectors/quarantine/scan.js';
import { fact } from '../../model/facts.js';
import type { Inspected } from '../../model/quarantine.js';
import type { Ailment, Plan, Remedy } from '../../model/remedy.js';
import { puttingBack } from './putting-back.js';

type Looks = { readonly file: Inspected; readonly said: Said; readonly words: string } | { readonly whyNot: string };

/** A program that a scanner has moved away is put back, when every scanner that is asked again calls it clean. */
export const remedy: Remedy<Looks> = {
  id: 'restore-from-quarantine',
  risk: 'high',
  needs: 'root',
  platforms: ['linux'],
  title: 'puts the program back where it was, if no scanner finds anything in it any more',
  offers: (ailment) => movedAway(ailment) !== null,
  async look(ailment, { system, signal }) {
    const id = movedAway(ailment);
    // Looked for anew: what a diagnosis says of paths is not trusted with a file of root's.
    const known = id === null ? undefined : (await listQuarantine(system)).files.find((one) => one.id === id);
    if (known === undefined) return { whyNot: 'it lies in no quarantine any more' };
    const [file, asked] = [await inspect(known, system), await scan(known, null, system, signal)];
    const words = asked.opinions.map(({ scanner, says, words: text }) => `${scanner} ${says === 'found' ? `finds ${text}` : `says: ${text}`}`); // prettier-ignore
    return { file, said: saidBy(asked), words: words.join('; ') || 'no scanner could be asked for a second opinion' };
  },
  plan(_ailment, looks): Plan | { readonly whyNot: string } {
    if ('whyNot' in looks) return looks;
    const operations = puttingBack(looks.file, looks.said);
    if (typeof operations === 'string') return { whyNot: operations };
    const isExcepted = operations.length > 1;
    return {
      title: `puts ${looks.file.original ?? 'it'} back, with its owner, rights and time`,
      operations,
      opens: [],
      wider: false,
      mayCutOff: false,
      notes: [
        'what lies in the quarantine stays there, so nothing can be lost',
        ...(isExcepted ? ['ClamAV no longer finds anything in files of exactly this content'] : []),
      ],
      ...(looks.said !== 'clean' && { blockLooksRight: looks.words }),
    };
  },
};

function movedAway({ facts }: Ailment): string | null {
  return fact(facts, 'device.programGuards')?.quarantined?.id ?? null;
}
