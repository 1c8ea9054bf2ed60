/** Signs that an answer was remembered, and from when it is. */
import { fact, type Facts, type ResolverAnswer } from '../../model/facts.js';
import type { LaterAnswer } from '../../model/name-facts.js';
import type { Opinion } from './answers.js';

/** RFC 8914 4.4, 4.20: the resolver gives what it remembers although the time for it has run out. */
const staleCodes: ReadonlySet<number> = new Set([3, 19]);

/** The resolver says itself that its answer is an old one. */
export function saysStale({ answers }: Opinion): string | null {
  const error = answers.flatMap(({ errors }) => errors).find(({ code }) => staleCodes.has(code));
  return error ? `extended error ${error.code} (${error.name})${error.text === '' ? '' : `: ${error.text}`}` : null;
}

export function laterOf(resolver: string, facts: Facts): LaterAnswer | undefined {
  return fact(facts, 'name.later')?.resolvers.find((one) => one.resolver === resolver);
}

/**
 * - `runs`: the seconds for which it may be kept ran down as time went by: a remembered answer.
 * - `fixed`: the same number each time, though more than a second passed: an answer that is made anew.
 * - `unclear`: none, or anything else; a resolver of several machines has several memories.
 */
export function ageing({ first, second, apartMs }: LaterAnswer): 'runs' | 'fixed' | 'unclear' {
  if (first.ttl === undefined || second.ttl === undefined || !sameWord(first, second)) return 'unclear';
  const passed = apartMs / 1000;
  const fallen = first.ttl - second.ttl;
  if (fallen >= 1 && Math.abs(fallen - passed) <= 1.2) return 'runs';
  return fallen === 0 && first.ttl > 0 && passed >= 1.1 ? 'fixed' : 'unclear';
}

function sameWord(one: ResolverAnswer, other: ResolverAnswer): boolean {
  return one.rcode === other.rcode && one.addresses.some((address) => other.addresses.includes(address));
}

/** Whether version `one` of a zone came before `other` (RFC 1982 3.2). */
export function isOlder(one: number, other: number): boolean {
  const ahead = (other - one) >>> 0;
  return ahead > 0 && ahead < 0x80000000;
}

/** "4 minutes", "20 seconds", for a sentence. */
export function span(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3_600)} hours`;
}
