import { canonical, familyOf, inPrefix } from '../../model/address.js';

/** A line of hosts.allow or hosts.deny that holds for a daemon and a client. */
export interface WrapperMatch {
  readonly text: string;
  readonly line: number;
  /** `: allow` and `: deny` at the end of a line decide whatever file it stands in (hosts_options(5)). */
  readonly allows: boolean;
}

const mostLines = 20_000;

/**
 * The first line that concerns a daemon and a client (hosts_access(5)). Names of clients are not looked up: a line with
 * one is taken not to hold, and so are the parts with EXCEPT that hold a name. `allows`: what a line without an option
 * means in that file.
 */
export function wrapperMatch(file: string, daemon: string, client: string, allows: boolean): WrapperMatch | null {
  for (const { text, line } of logicalLines(file)) {
    const [daemons, clients, ...options] = fields(text);
    if (daemons === undefined || clients === undefined) continue;
    if (!listHolds(daemons, (pattern) => daemonHolds(pattern, daemon))) continue;
    if (!listHolds(clients, (pattern) => clientHolds(pattern, client))) continue;
    const last = options.at(-1)?.trim().toLowerCase();
    return { text: text.slice(0, 200), line, allows: last === 'allow' ? true : last === 'deny' ? false : allows };
  }
  return null;
}

/** A backslash at its end joins a line with the next one. */
function logicalLines(file: string): { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  let held = '';
  let start = 0;
  for (const [i, raw] of file.split('\n', mostLines).entries()) {
    if (held === '') start = i + 1;
    if (raw.endsWith('\\')) {
      held += raw.slice(0, -1);
      continue;
    }
    const text = `${held}${raw}`.trim();
    held = '';
    if (text !== '' && !text.startsWith('#')) found.push({ text, line: start });
  }
  return found;
}

/** Parts between colons; those inside of brackets belong to an IPv6 address. */
function fields(text: string): string[] {
  return text
    .replaceAll(/\[[^\]]*\]/g, (one) => one.replaceAll(':', '\0'))
    .split(':')
    .map((part) => part.replaceAll('\0', ':').trim());
}

/** `a, b EXCEPT c` */
function listHolds(list: string, holds: (pattern: string) => boolean): boolean {
  const [main = '', ...exceptions] = list.split(/\sEXCEPT\s/i);
  const named = main
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some(holds);
  return named && !(exceptions.length > 0 && listHolds(exceptions.join(' EXCEPT '), holds));
}

function daemonHolds(pattern: string, daemon: string): boolean {
  const name = pattern.replace(/@.*$/, '');
  return name.toUpperCase() === 'ALL' || name === daemon;
}

function clientHolds(pattern: string, client: string): boolean {
  const plain = canonical(client);
  const upper = pattern.toUpperCase();
  if (upper === 'ALL') return true;
  // LOCAL, KNOWN, UNKNOWN and PARANOID hang on names, and so do patterns with letters.
  if (/^(?:LOCAL|KNOWN|UNKNOWN|PARANOID)$/.test(upper) || pattern.startsWith('@') || pattern.startsWith('/'))
    return false;
  if (familyOf(plain) === 6) {
    const found = /^\[([0-9a-f:.]+)\](?:\/(\d{1,3}))?$/i.exec(pattern);
    return found?.[1] !== undefined && inPrefix(plain, `${found[1]}${found[2] === undefined ? '' : `/${found[2]}`}`);
  }
  if (/^(?:\d{1,3}\.){1,3}$/.test(pattern)) return plain.startsWith(pattern);
  const [network = '', mask] = pattern.split('/');
  if (familyOf(network) !== 4) return false;
  if (mask === undefined) return network === plain;
  const length = mask.includes('.') ? prefixOf(mask) : Number(mask);
  return length !== null && Number.isInteger(length) && inPrefix(plain, `${network}/${length}`);
}

function prefixOf(mask: string): number | null {
  const bits = mask
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.replaceAll('0', '').length : null;
}
