import { untriedMark } from '../model/untried.js';
import type {
  BlockedPageFact,
  Guard,
  GuardHold,
  GuardLogFact,
  GuardsFact,
  ProgramGuardsFact,
} from '../model/guard-facts.js';

/** Guards in a line each, the youngest signatures of scanners, and roots that were added. */
export function guardLines({ guards, roots, otherRoots, scanners, modules, closed }: GuardsFact): string[] {
  return [
    ...guards.map(guardText),
    ...scanners.map(({ product, engine, signatures }) => {
      const built = signatures
        .flatMap((one) => one.built ?? [])
        .toSorted()
        .at(-1);
      return `${engine ?? product}: ${built === undefined ? 'signatures of its own only' : `signatures of ${built.slice(0, 10)}`}`;
    }),
    ...roots.map(({ subject, store }) => `a root that was added: ${subject} (${store})`),
    ...(otherRoots > 0 ? [`${otherRoots} other roots were added to this computer`] : []),
    ...(modules ? [`security modules: ${modules.join(', ')}`] : []),
    ...closed.map((what) => `not seen: ${what}`),
  ];
}

function guardText({ process, pid, product, holds }: Guard): string {
  const name = product ? `, ${product.name}${untriedMark(product)}` : '';
  const held = holds.length === 0 ? 'holds nothing that is seen' : holds.map(holdText).join('; ');
  return `${process} (process ${pid}${name}): ${held}`;
}

function holdText(hold: GuardHold): string {
  if (hold.what === 'packets') return `takes packets from queue ${hold.queue}`;
  if (hold.what === 'kernel-programs') return `programs in the kernel: ${hold.types.join(', ')}`;
  return `${hold.decides ? 'decides whether files may be opened' : 'is told of files'} (${hold.marks} marks${hold.widest === null ? '' : `, the widest of a ${hold.widest}`})`;
}

export function guardLogLines({ entries, looked, closed }: GuardLogFact): string[] {
  return [
    ...entries.map(({ product, location, found, trouble }) =>
      found ? `${product} found ${found.signature} at ${found.url} (${location})` : `${product}: ${trouble ?? ''}`,
    ),
    ...(entries.length === 0 ? looked.map((location) => `${location}: nothing at that time`) : []),
    ...closed.map((what) => `not read: ${what}`),
  ];
}

export function programGuardLines({ asked, quarantined, found, closed }: ProgramGuardsFact): string[] {
  return [
    ...asked.map(
      ({ process, pid, file, by }) =>
        `${process} (process ${pid}) is asked before ${file} is opened, by a mark on its ${by}`,
    ),
    ...(asked.length === 0 && closed.length === 0 ? ['nobody is asked before it is opened'] : []),
    ...(quarantined ? [`in a quarantine: ${quarantined.file} (${quarantined.signature ?? 'reason unknown'})`] : []),
    ...(found ? [`${found.product} found ${found.signature} in ${found.file} (${found.at ?? 'no time'})`] : []),
    ...closed.map((what) => `not seen: ${what}`),
  ];
}

export function pastShieldLines({ as, status, bytes, whole, opinions }: BlockedPageFact): string[] {
  return [
    `the page itself, by account ${as}, kept in memory alone: ${bytes} bytes${whole ? '' : ' of more'}${status === null ? '' : `, status ${status}`}`,
    ...opinions.map(
      ({ scanner, says, words, knows }) => `${scanner}: ${says} (${[words, knows].filter(Boolean).join('; ')})`,
    ),
  ];
}
