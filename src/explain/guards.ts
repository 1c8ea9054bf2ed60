import type { Guard } from './index-of-messages.js';
import { isWordCode, type Text } from './text.js';

/** Before these, ordinary words are no report of an error: "no connection refused so far", "if the connection timed out". */
const negations = new Set([
  'no',
  'not',
  'never',
  'without',
  'zero',
  '0',
  'if',
  'when',
  'unless',
  'any',
  'avoid',
  'prevent',
  'prevents',
  'fixed',
  'fixes',
  "isn't",
  'neither',
  'nor',
]);

/** A bare number is an error number only after such a word, in English, German, French or Spanish. */
const announcesNumber =
  /^(?:winsock|winhttp|wininet|wsa)|^(?:code|err|os|hresult|status|rc|ret|fehler|fehlercode|erreur|codigo|sockets?)$|(?:error|exception|errno)$/;

/** The word before a position, without what stands between. */
function wordBefore(folded: string, at: number): string {
  let end = at;
  const floor = Math.max(0, at - 40);
  while (end > floor && !isWordCode(folded.charCodeAt(end - 1))) end--;
  let start = end;
  while (start > floor && (isWordCode(folded.charCodeAt(start - 1)) || folded.charAt(start - 1) === "'")) start--;
  return folded.slice(start, end);
}

export function passes(guard: Guard, text: Text, start: number, end: number): boolean {
  if (guard === 'none') return true;
  const before = text.folded.charAt(start - 1);
  if (guard === 'plain') return start === 0 || before !== ' ' || !negations.has(wordBefore(text.folded, start));
  const alone = text.folded.length === end - start;
  const bracketed = (before === '(' || before === '[') && ')]:,'.includes(text.folded.charAt(end));
  const word = wordBefore(text.folded, start);
  return alone || bracketed || announcesNumber.test(word);
}
