import { WrongWords } from './wrong-words.js';

export type QuarantineCall =
  | { readonly command: 'quarantine'; readonly verb: 'list'; readonly json: boolean }
  | { readonly command: 'quarantine'; readonly verb: 'inspect'; readonly id: string; readonly json: boolean }
  | ({ readonly command: 'quarantine'; readonly verb: 'scan'; readonly id: string; readonly json: boolean } & Second)
  | ({
      readonly command: 'quarantine';
      readonly verb: 'restore';
      readonly id: string;
      readonly json: boolean;
      /** Without a clean second opinion. */
      readonly accepted: boolean;
    } & Second);

/** Where second opinions come from. */
interface Second {
  readonly config: string | null;
  /** A file or folder of YARA rules. */
  readonly yara: string | null;
}

interface Given extends Second {
  readonly json: boolean;
  readonly accepted: boolean;
}

/** `quarantine list | inspect ID | scan ID | restore ID`. */
export function quarantineOf(words: readonly string[], { json, accepted, config, yara }: Given): QuarantineCall {
  const [verb, id, ...more] = words;
  const usage = 'write whoblocked quarantine list, or inspect ID, scan ID, restore ID';
  if (more.length > 0 || (accepted && verb !== 'restore')) throw new WrongWords(usage);
  if (config === '' || yara === '') throw new WrongWords('--config and --yara need a path');
  const second = { config, yara };
  if ((config !== null || yara !== null) && verb !== 'scan' && verb !== 'restore')
    throw new WrongWords('--config and --yara belong to quarantine scan and restore');
  if (verb === 'list' && id === undefined) return { command: 'quarantine', verb, json };
  if (id === undefined || id === '') throw new WrongWords(usage);
  if (verb === 'inspect') return { command: 'quarantine', verb, id, json };
  if (verb === 'scan') return { command: 'quarantine', verb, id, json, ...second };
  if (verb === 'restore') return { command: 'quarantine', verb, id, json, accepted, ...second };
  throw new WrongWords(usage);
}
