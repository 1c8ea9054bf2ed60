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

/** What to do: nothing that unblocks where it looks dangerous, and a second opinion before anything else. */
export function adviceOn({ looks }: Suspicion, what: string): string {
  if (looks === 'dangerous') return `do not open ${what}; if you know its owner, tell him`;
  if (looks === 'test') return `nothing is wrong with the shield: it found the test file that it should find`;
  return `do not let ${what} through before a second scanner has called it clean; if you know its owner, ask him first`;
}
