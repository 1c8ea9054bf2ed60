/** Whether a block of a web site looks right: only a hint at what to do, never a proof of anything. */
import { filteringResolvers } from '../../data/names/filtering-resolvers.js';
import type { Evidence } from '../../model/cause.js';
import type { Facts } from '../../model/facts.js';
import { policySigns } from '../names/policy-signs.js';
import { referenceWord } from '../names/answers.js';
import { lookAlikeOf } from '../target/meant-names.js';

/**
 * - `dangerous`: by the reason that is stated, by letters that only look like a well-known name's, or by another filter.
 * - `mistaken`: it is stated to be harmful, and another one that refuses harmful names gives this one.
 * - `unclear`: neither.
 */
export interface SiteSuspicion {
  readonly looks: 'dangerous' | 'mistaken' | 'unclear';
  readonly evidence: readonly Evidence[];
}

const harmful =
  /\b(?:mal(?:ware|icious)|phish\w*|botnets?|c2|command.and.control|ransomware|trojans?|virus(?:es)?|scam|fraud|exploits?|spyware|crypto.?(?:jack|min)\w*|dga)\b/i;

/** `stated` is what the resolver says of its reason. */
export function siteSuspicion(host: string, stated: string | null, facts: Facts): SiteSuspicion {
  const alike = lookAlikeOf(host);
  const opinions = referenceWord(facts)?.opinions ?? [];
  const agreeing = opinions.find((one) => policySigns(one, host).some(({ strength }) => strength === 'stated'));
  const clean = opinions.find(({ resolver, word }) => word === 'addresses' && filteringResolvers.has(resolver));
  const saysHarm = stated !== null && harmful.test(stated);
  if (alike) {
    const says = `its letters look like those of ${alike}, and are others: such names are made to deceive`;
    return { looks: 'dangerous', evidence: [{ fact: 'name.direct', says }] };
  }
  if (agreeing) {
    const says = `${agreeing.resolver} refuses it on purpose as well`;
    return { looks: 'dangerous', evidence: [{ fact: 'name.reference', says }] };
  }
  if (!saysHarm) return { looks: 'unclear', evidence: [] };
  if (clean) {
    const who = filteringResolvers.get(clean.resolver) ?? '';
    const says = `${clean.resolver} (${who}), which refuses harmful names too, gives this one: a second opinion that is clean`;
    return { looks: 'mistaken', evidence: [{ fact: 'name.reference', says }] };
  }
  return { looks: 'dangerous', evidence: [] };
}

export function adviceOnSite({ looks }: SiteSuspicion): string {
  if (looks === 'dangerous')
    return 'it looks dangerous: do not go there, by another name server or network neither; who owns the site can ask whoever blocks it why';
  if (looks === 'mistaken')
    return 'it may be a mistake of the filter: report it to whoever runs that name server, and give nothing of yours to the site before it is let through';
  return 'ask whoever runs that name server to let the name through, if it should be';
}

/** Advice for a block by somebody on the way: how to get past it only where nothing tells that the block is right. */
export function unlessDangerous(host: string, stated: string | null, facts: Facts, otherwise: string): string {
  const suspicion = siteSuspicion(host, stated, facts);
  return suspicion.looks === 'dangerous' ? adviceOnSite(suspicion) : otherwise;
}
