import { familyOf } from '../model/address.js';
import { pageInstead } from '../model/page-instead.js';
import type { Report } from '../model/report.js';
import { pseudonyms } from './pseudonyms.js';
import type { Pseudonyms } from './pseudonyms.js';
import { textRedactor } from './redact-text.js';

/**
 * The report with names, addresses and users as stand-ins, in structured values and inside texts. It can be judged
 * again. Pages and unusual headers are left out: nobody can say what is in them. A page that the network sends to everybody
 * is kept: what came for a check stands in the report as well.
 */
export function redact(report: Report): Report {
  const hidden = pseudonyms();
  const words = { users: new Set<string>(), hosts: new Set<string>() };
  learn(report, words, 0);
  const inText = textRedactor(hidden, words);
  const networksOwn = pageInstead(report.facts) !== null;
  const walk = (value: unknown, key: string): unknown => {
    if (key === 'bodyHead' && networksOwn && typeof value === 'string') return inText(value);
    if (typeof value === 'string') return field(key, value, hidden, inText);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== 'object' || value === null) return value;
    if (key === 'network' && 'organisation' in value)
      return { number: null, organisation: walk(value.organisation, 'organisation') };
    const inHeaders = key === 'headers';
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [
        name,
        inHeaders && !usualHeaders.has(name) ? leftOut : walk(one, name),
      ]),
    );
  };
  // The target comes first, so that its stand-ins have the lowest numbers. The shapes stay as they are.
  const target = walk(report.target, 'target') as Report['target'];
  const whole = walk(report, 'report') as Report;
  return { ...whole, target };
}

const leftOut = '(left out)';

/** Words of this program and of protocols: a user who is called `rule` must not change them. */
const closed = new Set([
  'schema', 'version', 'startedAt', 'scheme', 'transport', 'protocol', 'state', 'outcome', 'cause', 'side', 'stage',
  'certainty', 'kind', 'fact', 'id', 'risk', 'needs', 'operation', 'code', 'rcode', 'backend', 'platform', 'sockets',
  'privileges', 'notBefore', 'notAfter', 'wallClock', 'ocsp', 'variation', 'origin', 'direction', 'operand',
]); // prettier-ignore

/** Headers that say who answered and how; all others may hold anything. */
const usualHeaders = new Set([
  'server', 'via', 'content-type', 'content-length', 'transfer-encoding', 'connection', 'date', 'location', 'retry-after',
  'link', 'allow', 'alt-svc', 'x-cache', 'age', 'www-authenticate', 'proxy-authenticate', 'x-powered-by', 'x-squid-error',
]); // prettier-ignore

const nameKeys = new Set(['host', 'name', 'names', 'cnames', 'zone', 'serverName', 'search']);

function field(key: string, value: string, hidden: Pseudonyms, inText: (text: string) => string): string {
  if (value === '' || value === leftOut) return value;
  if (familyOf(value) !== 0) return hidden.address(value);
  if (closed.has(key)) return value;
  switch (key) {
    case 'bodyHead':
      return leftOut;
    case 'user':
      return hidden.user(value);
    case 'mac':
      return hidden.mac(value);
    case 'fingerprint256':
      return hidden.other('fingerprint', value);
    case 'subject':
      return inText(
        value.replaceAll(/\b(O|OU|L|ST|street|postalCode|serialNumber|emailAddress)=[^,\n]*/g, `$1=${leftOut}`),
      );
    // What a rule for programs asks about, and who is asked about: both must stay the same.
    case 'data':
    case 'asker':
      return value.startsWith('/') ? hiddenPath(value, hidden) : inText(value);
    case 'path':
      return hiddenPath(value, hidden);
    case 'input': {
      const [, place = value, path = ''] = /^((?:[a-z0-9+.-]+:\/\/)?[^/]*)(\/.*)?$/is.exec(value) ?? [];
      return inText(place) + (path === '' ? '' : hiddenPath(path, hidden));
    }
    default:
      return nameKeys.has(key) && isName(value) ? hidden.name(value) : inText(value);
  }
}

/** The path of a page or of a user's socket; the system's own files stay. */
function hiddenPath(path: string, hidden: Pseudonyms): string {
  return path === '/' || /^\/(?:etc|run|var|usr|proc|sys|lib)\//.test(path) ? path : `/${hidden.other('path', path)}`;
}

/** A host name in a field for names; `eth0` or `ufw` are names too, but of other things. */
function isName(text: string): boolean {
  return /^(?:\*\.)?(?:[\w-]{1,63}\.)+[a-z][\w-]{0,62}\.?$/i.test(text);
}

const systemAccounts = new Set([
  'root',
  'daemon',
  'www-data',
  'nobody',
  'nogroup',
  'postgres',
  'redis',
  'mysql',
  'docker',
  'adm',
]);

export interface KnownWords {
  readonly users: Set<string>;
  readonly hosts: Set<string>;
}

/** Users, and hosts without a dot: neither can be told from other words by its shape. */
function learn(value: unknown, words: KnownWords, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 12) return;
  for (const [key, one] of Object.entries(value)) {
    // Whose a file is: the system's own accounts tell nothing about anybody.
    if ((key === 'owner' || key === 'group') && 'mode' in value && typeof one === 'string' && !systemAccounts.has(one))
      words.users.add(one);
    if (key === 'user' && typeof one === 'string' && one !== 'root' && one.length > 1) words.users.add(one);
    if ((key === 'host' || key === 'serverName') && typeof one === 'string' && /^[\w-]{2,63}$/.test(one))
      words.hosts.add(one);
    // Whose network a router is in: with few customers that is as good as a name.
    if (key === 'organisation' && typeof one === 'string' && one.length > 1) words.hosts.add(one);
    if (key === 'number' && 'organisation' in value && typeof one === 'number') words.hosts.add(`AS${one}`);
    learn(one, words, depth + 1);
  }
}
