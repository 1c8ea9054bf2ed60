import { WrongWords } from './wrong-words.js';

/** The one word that is left; else what to type instead. */
export function only(words: readonly string[], otherwise: string): string {
  const [word] = words;
  if (word === undefined || words.length > 1) throw new WrongWords(otherwise);
  return word;
}
