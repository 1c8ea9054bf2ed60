import type { Evidence, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { ProgramGuardsFact } from '../../model/guard-facts.js';
import { untriedWords } from '../../model/untried.js';
import { suspicionOf } from './block-right.js';

type Asked = ProgramGuardsFact['asked'][number];

/** Guards that decide about the file, one a process. */
export function deciders({ facts }: Scene): readonly Asked[] {
  const asked = fact(facts, 'device.programGuards')?.asked ?? [];
  return asked.filter((one, i) => asked.findIndex((other) => other.pid === one.pid) === i);
}

export function guardName({ process, product, pid }: Pick<Asked, 'process' | 'product' | 'pid'>): string {
  return product ? `${product.name} (${process}, process ${pid})` : `${process} (process ${pid})`;
}

export function askedEvidence(one: Asked): Evidence {
  const what = { file: 'that very file', folder: 'its folder', mount: 'its mount', 'file-system': 'its file system' }[
    one.by
  ];
  const untried = one.product && !one.product.tried ? `; ${untriedWords}` : '';
  return {
    fact: 'device.programGuards',
    says: `${guardName(one)} is asked before anything on ${what} is opened (fanotify)${untried}`,
  };
}

export function foundEvidence(found: ProgramGuardsFact['found']): Evidence[] {
  if (!found) return [];
  const when = found.now ? 'just now' : found.at === null ? 'at some time' : `at ${found.at}`;
  return [
    {
      fact: 'device.programGuards',
      says: `${found.product} wrote down ${when} that it found ${found.signature} in ${found.file} (${found.location})`,
    },
  ];
}

/** What to do about a program that a scanner holds back: a second opinion before anything else. */
export function programAdvice(signature: string | null): string {
  if (signature === null)
    return 'look into the log of that program; do not switch it off for a file that you do not know';
  const { looks, says } = suspicionOf(signature);
  return looks === 'dangerous'
    ? `leave it alone (${says}), and install the program anew from where it comes from`
    : `ask a second scanner before you let it run (${says}), or install it anew from where it comes from`;
}
