import type { Evidence } from '../../model/cause.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ChainFlaw, ChainLink, NameChain } from '../../model/name-facts.js';

/** The link of the chain of signatures that does not hold, from the top the first. */
export interface BrokenLink {
  readonly zone: string;
  /** "are too old", behind "the signatures". */
  readonly summary: string;
  readonly evidence: Evidence;
}

const ofDates: ReadonlySet<ChainFlaw | undefined> = new Set(['signature-expired', 'signature-not-yet-valid']);

export function brokenLink(facts: Facts): BrokenLink | null {
  const chain = fact(facts, 'name.chain');
  const at = chain?.links.findIndex(({ flaw }) => flaw !== undefined) ?? -1;
  const link = chain?.links[at];
  if (!chain || !link?.flaw || link.flaw === 'not-checked') return null;
  // Whoever finds the root out of date has a wrong clock himself; one that holds shows that the clock is right.
  const clockHolds = chain.links.some(({ zone, flaw }) => zone === '.' && flaw === undefined);
  if (ofDates.has(link.flaw) && (link.zone === '.' || (!clockHolds && !link.zone.includes('.')))) return null;
  const parent = chain.links.slice(0, at).findLast(({ zone }) => zone !== link.zone)?.zone ?? 'the zone above it';
  // What the parent says of the zone is signed by the parent.
  const signer = link.of === 'delegation' ? parent : link.zone;
  const what = { delegation: `its word on ${link.zone}`, keys: 'its own keys', answer: `the address of ${chain.name}` };
  return { zone: signer, ...said(link, link.flaw, signer, what[link.of], parent) };
}

function said(
  { zone, of, until, from, keyTag }: ChainLink,
  flaw: Exclude<ChainFlaw, 'not-checked'>,
  signer: string,
  what: string,
  parent: string,
): Pick<BrokenLink, 'summary' | 'evidence'> {
  const key = keyTag === undefined ? 'a key' : `key ${keyTag}`;
  const no = of === 'delegation' ? `a key of ${zone}` : what;
  const [summary, says] = {
    'signature-expired': ['have run out', `the signature of ${signer} over ${what} ran out on ${day(until)}`],
    'signature-not-yet-valid': [
      'are not valid yet',
      `the signature of ${signer} over ${what} is valid from ${day(from)} on`,
    ],
    'signature-wrong': ['are wrong', `the signature of ${signer} over ${what} was not made over these records`],
    'signature-missing': ['are missing', `${signer} is signed, and there is no signature over ${what}`],
    'key-missing': ['are wrong', `${signer} has signed ${what} with ${key}, which it does not publish`],
    'keys-missing': ['are missing', `${parent} says that ${zone} is signed, and ${zone} publishes no keys`],
    'denial-missing': ['are missing', `${signer} is signed, and does not prove what it says no to: ${no}`],
    'wildcard-unproven': [
      'are incomplete',
      `${signer} answers with what holds for all names without an entry of their own, and does not prove that this is one: ${what}`,
    ],
    'delegation-mismatch': [
      'are wrong',
      `${parent} names ${key} for ${zone}, and ${zone} has no such key: it was changed on one side only`,
    ],
  }[flaw];
  return { summary: summary ?? 'are wrong', evidence: { fact: 'name.chain', says: says ?? flaw } };
}

function day(when: string | undefined): string {
  return when?.slice(0, 10) ?? 'another day';
}

/**
 * Every link holds, from the root's key down: to the answer, to the proof that there is none, or to the proof that a zone is
 * not signed, below which nobody has anything to check.
 */
export function chainHolds(facts: Facts): { readonly chain: NameChain; readonly because: string } | null {
  const chain = fact(facts, 'name.chain');
  const last = chain?.links.at(-1);
  if (!chain?.anchored || !last || !chain.links.every(({ flaw }) => !flaw)) return null;
  if (last.unsigned === true)
    return { chain, because: `${last.zone} is not signed, which the zone above it proves: there is nothing to check` };
  return last.of === 'answer' ? { chain, because: `the signatures hold, from the root down to ${last.zone}` } : null;
}

/** The zone itself proves that there is no such name, from the root's key down. */
export function provenAbsent(facts: Facts): Evidence | null {
  const whole = chainHolds(facts);
  const last = whole?.chain.links.at(-1);
  return last?.denies === 'name'
    ? {
        fact: 'name.chain',
        says: `${last.zone === '.' ? 'the root' : last.zone} has signed that there is no such name, and its signatures hold from the root down`,
      }
    : null;
}
