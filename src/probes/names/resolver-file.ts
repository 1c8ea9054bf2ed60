/** resolv.conf(5) as glibc reads it (resolv/res_init.c): what it ignores is ignored here too. */
import { canonical, familyOf } from '../../model/address.js';
import type { NameConfig, ResolverSetting } from '../../model/facts.js';
import type { ResolverOption } from '../../model/name-facts.js';
import { dotsIn, optionsIn, withoutRepeats } from './resolver-options.js';

/** glibc and musl use the first three and ignore the rest (MAXNS). */
const MAX_RESOLVERS = 3;
const MAX_IGNORED = 8;
const MAX_SEARCH = 16;
const MAX_LINES = 2_000;
const MAX_NOTES = 8;
const MAX_NOTE = 120;

export interface ResolverFile {
  readonly resolvers: readonly ResolverSetting[];
  readonly ignored?: readonly ResolverSetting[];
  readonly search: readonly string[];
  readonly searchAt?: string;
  readonly ndots?: number;
  readonly ndotsAt?: string;
  readonly options?: readonly ResolverOption[];
  readonly notes?: readonly string[];
  readonly meant?: NonNullable<NameConfig['file']['meant']>;
}

/** The resolver used where none is named; its location has no line number. */
export function defaultResolver(path: string): ResolverSetting {
  return { address: '127.0.0.1', port: 53, location: path };
}

export function parseResolverFile(text: string, path: string): ResolverFile {
  const resolvers: ResolverSetting[] = [];
  const ignored: ResolverSetting[] = [];
  let search: string[] = [];
  let searchAt: string | undefined;
  let ndots: number | undefined;
  const options: ResolverOption[] = [];
  const notes: string[] = [];
  let meant: ResolverFile['meant'];
  for (const [index, line] of text.split('\n', MAX_LINES).entries()) {
    const note = /^\s*[#;]+\s*(\S.*)$/.exec(line.slice(0, MAX_NOTE))?.[1];
    if (note !== undefined && notes.length < MAX_NOTES) notes.push(note.trimEnd());
    if (meant === undefined && /^\s*(?:name[ _-]?servers?|dns|server)\b/i.test(line.slice(0, 40))) {
      const written = line.slice(0, MAX_NOTE).trim();
      meant = { location: `${path}:${index + 1}`, text: written, ...(line.endsWith('\r') && { fromWindows: true }) };
    }
    // A keyword counts at the very start of a line only, and must be followed by a blank.
    const [, keyword, rest] = /^(nameserver|search|domain|options)[ \t]+(.*)$/.exec(line.slice(0, 2_000)) ?? [];
    if (keyword === undefined || rest === undefined) continue;
    if (keyword === 'nameserver') {
      const address = resolverAddress(rest.split(/[;# \t\r]/, 1)[0] ?? '');
      const list = resolvers.length < MAX_RESOLVERS ? resolvers : ignored;
      if (address !== null && ignored.length < MAX_IGNORED) {
        list.push({ address, port: 53, location: `${path}:${index + 1}` });
      }
    } else if (keyword === 'options') {
      ndots = dotsIn(rest) ?? ndots;
      options.push(...optionsIn(rest, `${path}:${index + 1}`));
    } else {
      // The last one of `search` and `domain` wins.
      const domains = rest.split(/[ \t\r]+/).filter((domain) => domain !== '' && domain !== '.');
      searchAt = `${path}:${index + 1}`;
      search = (keyword === 'domain' ? domains.slice(0, 1) : domains.slice(0, MAX_SEARCH)).map(withoutDot);
    }
  }
  return {
    resolvers: resolvers.length > 0 ? resolvers : [defaultResolver(path)],
    ...(ignored.length > 0 && { ignored }),
    search,
    ...(searchAt !== undefined && { searchAt }),
    ...(ndots !== undefined && { ndots }),
    ...(options.length > 0 && { options: withoutRepeats(options) }),
    ...(notes.length > 0 && { notes }),
    ...(resolvers.length === 0 && meant && { meant }),
  };
}

/** Whether the search domains come before the name itself (glibc's res_search, musl's name_from_dns_search). */
export function isSearchedFirst(host: string, { ndots = 1 }: Pick<ResolverFile, 'ndots'>): boolean {
  return !host.endsWith('.') && host.split('.').length - 1 < ndots;
}

function withoutDot(domain: string): string {
  return domain.toLowerCase().replace(/\.$/, '');
}

function resolverAddress(text: string): string | null {
  if (familyOf(text) !== 0) return canonical(text.toLowerCase());
  return text.includes(':') ? null : shorthandAddress(text);
}

/** inet_aton(3): `127.1`, `0x7f000001`, parts in octal; which glibc takes in this file. */
function shorthandAddress(text: string): string | null {
  const parts = text.split('.');
  if (parts.length > 4) return null;
  const numbers = parts.map(partValue);
  const last = numbers.pop();
  if (last === undefined || last === null) return null;
  let value = 0;
  for (const number of numbers) {
    if (number === null || number > 255) return null;
    value = value * 256 + number;
  }
  const room = 256 ** (4 - numbers.length);
  if (last >= room) return null;
  value = value * room + last;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function partValue(part: string): number | null {
  if (/^0[xX][0-9a-fA-F]{1,8}$/.test(part)) return Number.parseInt(part.slice(2), 16);
  if (/^0[0-7]{0,11}$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9][0-9]{0,9}$/.test(part) ? Number(part) : null;
}
