import { WrongWords } from './wrong-words.js';

export type QuarantineCall =
  | { readonly command: 'quarantine'; readonly verb: 'list'; readonly json: boolean }
  | { readonly command: 'quarantine'; readonly verb: 'inspect' | 'scan'; readonly id: string; readonly json: boolean }
  | {
      readonly command: 'quarantine';
      readonly verb: 'restore';
      readonly id: string;
      readonly json: boolean;
      /** Without a clean second opinion. */
      readonly accepted: boolean;
    };

/** `quarantine list | inspect ID | scan ID | restore ID`. */
export function quarantineOf(words: readonly string[], json: boolean, accepted: boolean): QuarantineCall {
  const [verb, id, ...more] = words;
  const usage = 'write whoblocked quarantine list, or inspect ID, scan ID, restore ID';
  if (more.length > 0 || (accepted && verb !== 'restore')) throw new WrongWords(usage);
  if (verb === 'list' && id === undefined) return { command: 'quarantine', verb, json };
  if ((verb === 'inspect' || verb === 'scan') && id !== undefined && id !== '')
    return { command: 'quarantine', verb, id, json };
  if (verb === 'restore' && id !== undefined && id !== '') return { command: 'quarantine', verb, id, json, accepted };
  throw new WrongWords(usage);
}
