import type { GreetingTry } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Target } from '../../model/target.js';
import type { Heard } from './listen.js';
import type { Recognised } from './recognise.js';

export type Words = Pick<GreetingTry, 'protocol' | 'text' | 'silent'> & { readonly failure?: Failure };

/** The language that a scheme's service speaks, for schemes whose services are recognised by their words. */
const languages: Readonly<Record<string, string>> = {
  ssh: 'ssh',
  smtp: 'smtp',
  submission: 'smtp',
  smtps: 'smtp',
  imap: 'imap',
  imaps: 'imap',
  pop3: 'pop3',
  pop3s: 'pop3',
  ftp: 'ftp',
  ftps: 'ftp',
  mysql: 'mysql',
  nats: 'nats',
  vnc: 'vnc',
  rsync: 'rsync',
  telnet: 'telnet',
  redis: 'redis',
  rediss: 'redis',
  memcached: 'memcached',
  amqp: 'amqp',
  amqps: 'amqp',
  mongodb: 'mongodb',
  ldap: 'ldap',
  ldaps: 'ldap',
  postgres: 'postgres',
};

/** Undefined where nobody knows by which words that service is recognised. */
export function languageOf({ scheme }: Pick<Target, 'scheme'>): string | undefined {
  return languages[scheme];
}

/** Services whose first words are free, or not known well enough here: whatever they say may be theirs. */
const ofAnyWords: ReadonlySet<string> = new Set(['telnet', 'memcached']);
/** Kinds of answers of which not each is known by name (RESP: the first byte of every type). */
const shapes: Readonly<Record<string, RegExp>> = { redis: /^[-+:$*_#,(!=%~>|]/, pop3: /^[-+]/, imap: /^\* / };
const shortestEcho = 4;

/** It sends back what it is told, as no service does that is asked for something. */
export function isEcho(bytes: Uint8Array, said: Uint8Array): boolean {
  const many = Math.min(bytes.length, said.length);
  return many >= shortestEcho && Buffer.compare(bytes.subarray(0, many), said.subarray(0, many)) === 0;
}

/** A greeting of several lines (RFC 5321 4.2, RFC 959 4.2) goes on until the line that has no hyphen behind its number. */
export function goesOn(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  const status = /^(\d{3})-/.exec(text)?.[1];
  return status !== undefined && !new RegExp(`\\n${status}(?: |\\r?\\n)`).test(text);
}

/** What was heard, as a person who wants that service would take it. `said`: the client's own first words. */
export function judgeWords(
  how: Heard,
  bytes: Uint8Array,
  found: Recognised | null,
  mustSpeak: boolean,
  target: Target,
  said?: Uint8Array,
): Words {
  const text = Buffer.from(bytes.subarray(0, 300)).toString('latin1');
  const heard = { protocol: null, text, silent: false } as const;
  const wanted = languages[target.scheme];
  if (said && isEcho(bytes, said))
    return wanted === undefined
      ? heard
      : { ...heard, failure: serviceFailure('other-service', 'it sends back what it is told') };
  if (found && how === 'silent' && wanted !== undefined && goesOn(bytes))
    return { ...heard, failure: serviceFailure('timed-out', `its greeting does not end: ${text}`) };
  if (found) return spoken(found, target);
  if (bytes.length > 0) {
    if (wanted === undefined || !mustSpeak || ofAnyWords.has(wanted) || shapes[wanted]?.test(text)) return heard;
    // Of a line that does not end nobody knows what it will be.
    return how === 'silent' && !bytes.includes(10)
      ? { ...heard, failure: serviceFailure('timed-out', `${bytes.length} bytes, and no whole word`) }
      : { ...heard, failure: serviceFailure('other-service', text) };
  }
  if (how === 'closed' || how === 'reset')
    return { protocol: null, silent: false, failure: serviceFailure(how, 'before a word') };
  // A service that waits for its client is silent, and nothing is wrong with it.
  if (!mustSpeak) return { protocol: null, silent: true };
  return { protocol: null, silent: true, failure: serviceFailure('timed-out', 'no word') };
}

function spoken(heard: Recognised, target: Target): Words {
  const found = asWanted(heard, languages[target.scheme]);
  const words = { protocol: found.protocol, silent: false, ...(found.text !== undefined && { text: found.text }) };
  const wanted = languages[target.scheme];
  const raw = found.text ?? found.protocol;
  const foreign = found.code === 'http-expected' || found.code === 'tls-expected';
  // On a bare port nothing in particular was expected: that something answers is all that was asked.
  if (foreign && wanted === undefined) return words;
  if (found.code && (foreign || wanted === undefined || wanted === found.protocol)) {
    return { ...words, failure: serviceFailure(found.code, raw) };
  }
  if (wanted !== undefined && wanted !== found.protocol)
    return { ...words, failure: serviceFailure('other-service', raw) };
  return words;
}

/** Words that do for several protocols are taken for the one that is wanted. */
function asWanted(found: Recognised, wanted: string | undefined): Recognised {
  if (!found.unsure || wanted === undefined) return found;
  const lines = new Set(['smtp', 'ftp', 'nntp']);
  if (lines.has(found.protocol) && lines.has(wanted)) return { ...found, protocol: wanted };
  return found.protocol === 'redis' && wanted === 'pop3' ? { ...found, protocol: wanted, code: 'refuses' } : found;
}

function serviceFailure(code: Failure<'service'>['code'], raw: string): Failure<'service'> {
  return { operation: 'service', code, raw: raw.slice(0, 300) };
}
