import { slotName } from '../values/fields.js';
import { type Answer, answerOf } from './answer.js';

/** `eth*` is every name that begins with eth; `eth\*` is a name with a star in it. */
export function nameMatches(pattern: string, name: string): boolean {
  if (!pattern.endsWith('*')) return pattern === name;
  return pattern.endsWith('\\*') ? name === `${pattern.slice(0, -2)}*` : name.startsWith(pattern.slice(0, -1));
}

export function nameAnswer(patterns: readonly string[], name: string): Answer {
  for (const pattern of patterns) if (nameMatches(pattern, name)) return 'yes';
  return answerOf(false);
}

export function isWildcard(pattern: string): boolean {
  return pattern.endsWith('*') && !pattern.endsWith('\\*');
}

export function patternAssumption(slot: number, pattern: string): string {
  return `${slotName(slot)} is ${pattern}`;
}
