import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';

/** How dangerous a block looks by what the scanner calls it: only a hint at what to do, never a proof of anything. */
export interface Suspicion {
  readonly looks: 'dangerous' | 'unclear' | 'test';
  /** A short clause: "by its name a program that locks files for money". */
  readonly says: string;
}

/** The families that scanners' names hold (CARO naming scheme, and ClamAV's Platform.Category.Name). */
const families: readonly (readonly [RegExp, string])[] = [
  [/ransom|cryptolock|wannacry|lockbit/i, 'a program that locks files for money'],
  [/phish|scam|fraud/i, 'a page that wants passwords'],
  [/trojan|\btr\b|agent|backdoor|rat\b|shell(?:code)?/i, 'a program that lets others in'],
  [/exploit|cve-\d{4}/i, 'an attack on a weak program'],
  [/stealer|spy|keylog/i, 'a program that spies'],
  [/worm|virus\b|rootkit|botnet|mirai|loader|dropper/i, 'a program that spreads or hides'],
  [/miner|coin/i, 'a program that makes money with this computer'],
];

export function suspicionOf(signature: string): Suspicion {
  if (/eicar|test[-_. ]?(?:file|signature|virus)/i.test(signature))
    return { looks: 'test', says: 'by its name a test file, which every scanner finds and which does nothing' };
  const family = families.find(([pattern]) => pattern.test(signature));
  if (family) return { looks: 'dangerous', says: `by its name ${family[1]}` };
  if (/^PUA\.|\bPUA\b|adware|riskware|heur/i.test(signature))
    return { looks: 'unclear', says: 'by its name not surely harmful: unwanted, or a guess of the scanner' };
  if (signature.endsWith('UNOFFICIAL'))
    return { looks: 'unclear', says: 'by a signature that somebody else than the scanner’s makers wrote' };
  return { looks: 'unclear', says: 'its name does not tell how dangerous it is' };
}

/**
 * What scanners say of a page itself, fetched past the shield that keeps it away. `mistaken` only by one whose word counts,
 * and only where it saw the whole page; null where nobody was asked.
 */
export function suspicionOfPage({ facts }: Pick<Scene, 'facts'>): PageSuspicion | null {
  const page = fact(facts, 'http.pastShield');
  if (!page) return null;
  const evidence = page.opinions.map(({ scanner, says, words }) => ({
    fact: 'http.pastShield' as const,
    says: `asked about the page itself, fetched past the shield into memory${page.whole ? '' : ` (its first ${page.bytes} bytes)`}: ${scanner} ${says === 'found' ? `finds ${words}` : says === 'clean' ? 'finds nothing' : `gives no answer (${words})`}`,
  }));
  const found = page.opinions.filter(({ says }) => says === 'found');
  if (found.some(({ words }) => suspicionOf(words).looks !== 'test')) return { looks: 'dangerous', evidence };
  const isClean = found.length === 0 && page.opinions.some(({ says, speaksFor }) => says === 'clean' && speaksFor);
  return { looks: isClean && page.whole ? 'mistaken' : 'unclear', evidence };
}

export interface PageSuspicion {
  readonly looks: 'dangerous' | 'mistaken' | 'unclear';
  readonly evidence: readonly Evidence[];
}

/** Whether what a scanner found is better left where it is: then nothing that would let it through is offered. */
export function looksDangerous(culprit: Culprit | undefined, facts: Facts): boolean {
  if (culprit?.kind !== 'signature') return false;
  const { looks } = suspicionOf(culprit.name ?? '');
  return looks === 'dangerous' || (looks !== 'test' && suspicionOfPage({ facts })?.looks === 'dangerous');
}

/** What to do: nothing that unblocks where it looks dangerous, and a second opinion before anything else. */
export function adviceOn({ looks }: Suspicion, what: string): string {
  if (looks === 'dangerous') return `do not open ${what}; if you know its owner, tell him`;
  if (looks === 'test') return `nothing is wrong with the shield: it found the test file that it should find`;
  return `do not let ${what} through before a second scanner has called it clean; if you know its owner, ask him first`;
}
