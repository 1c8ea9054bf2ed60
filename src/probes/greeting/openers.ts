import type { OtherClient } from '../../model/facts.js';
import { sslRequest } from './postgres.js';
import type { Recognised } from './recognise.js';

/** The first words of a client of a service that waits for them. None of them logs in, writes or costs anything. */
export interface Opener {
  readonly service: string;
  readonly bytes: Uint8Array;
  /** What an answer means that `recognise` does not know by itself. */
  readonly read?: (bytes: Uint8Array) => Recognised | null;
}

const text = (words: string): Uint8Array => Buffer.from(words, 'latin1');

const redis: Opener = { service: 'redis', bytes: text('PING\r\n') };
const memcached: Opener = { service: 'memcached', bytes: text('version\r\n') };
const amqp: Opener = { service: 'amqp', bytes: text('AMQP\0\0\u0009\u0001') };

/** OP_MSG (2013) with { hello: 1, $db: "admin" }, which every client sends before it logs in. */
const mongodb: Opener = {
  service: 'mongodb',
  bytes: mongoHello(),
  read: (bytes) => {
    const buffer = Buffer.from(bytes);
    const operation = buffer.length >= 16 ? buffer.readInt32LE(12) : 0;
    // OP_MSG, or OP_REPLY of the oldest servers.
    return operation === 2013 || operation === 1 ? { protocol: 'mongodb' } : null;
  },
};

/** A search for the root entry alone, which RFC 4512 5.1 lets anybody read. */
const ldap: Opener = {
  service: 'ldap',
  bytes: Buffer.from('3025020101632004000a01000a0100020100020100010100870b6f626a656374436c6173733000', 'hex'),
  read: (bytes) => {
    // LDAPMessage: SEQUENCE, message id 1, then a search entry or result; or the notice of disconnection.
    if (bytes[0] !== 0x30) return null;
    const [text, code] = endOfSearch(bytes);
    if (code !== undefined) return { protocol: 'ldap', text, code };
    const result = Buffer.from(bytes).indexOf(Buffer.from([0x02, 0x01, 0x01]));
    const notice = Buffer.from(bytes).indexOf('1.3.6.1.4.1.1466.20036', 0, 'latin1');
    if (notice >= 0) return { protocol: 'ldap', text: 'notice of disconnection', code: 'refuses' };
    return result >= 0 ? { protocol: 'ldap' } : null;
  },
};

/** SearchResultDone [APPLICATION 5] with a result code of its own (RFC 4511 4.1.9): busy 51, unavailable 52. */
function endOfSearch(bytes: Uint8Array): [text: string, code: 'refuses' | 'starting' | undefined] {
  const at = Buffer.from(bytes).indexOf(0x65, 5);
  const result = at >= 0 && bytes[at + 2] === 0x0a && bytes[at + 3] === 1 ? bytes[at + 4] : undefined;
  if (result === 51) return ['busy', 'refuses'];
  return result === 52 ? ['unavailable', 'starting'] : ['', undefined];
}

/** By scheme; for a bare `host:port` by the port that IANA or the program gives to that service. */
const byScheme: Readonly<Record<string, Opener>> = {
  redis,
  rediss: redis,
  memcached,
  amqp,
  amqps: amqp,
  mongodb,
  ldap,
  ldaps: ldap,
};
const byPort: Readonly<Record<number, Opener>> = {
  6379: redis,
  11211: memcached,
  5672: amqp,
  27017: mongodb,
  389: ldap,
};

/** SSLRequest: 'S' and 'N' are what PostgreSQL alone says to it. */
const postgres: Opener = {
  service: 'postgres',
  bytes: sslRequest,
  read: (bytes) => {
    const answer = Buffer.from(bytes).toString('latin1');
    return answer === 'N' || answer === 'S'
      ? { protocol: 'postgres', text: `${answer} to the question for TLS` }
      : null;
  },
};

/** The first words of clients of services that keep silent, or hang up, where another one's begins. */
export const otherOpeners: Readonly<Record<OtherClient, Opener>> = { 'as-redis': redis, 'as-postgres': postgres };

export function openerFor(scheme: string, port: number, path = ''): Opener | null {
  if (scheme === 'unix') return /redis|valkey/i.test(path) ? redis : /memcached/i.test(path) ? memcached : null;
  return byScheme[scheme] ?? (scheme === 'tcp' || scheme === 'tls' ? byPort[port] : undefined) ?? null;
}

function mongoHello(): Uint8Array {
  const cstring = (word: string): Buffer => Buffer.from(`${word}\0`, 'latin1');
  const int = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value);
    return bytes;
  };
  const fields = Buffer.concat([
    Buffer.from([0x10]),
    cstring('hello'),
    int(1),
    Buffer.from([0x02]),
    cstring('$db'),
    int(6),
    cstring('admin'),
    Buffer.from([0]),
  ]);
  const body = Buffer.concat([int(0), Buffer.from([0]), int(fields.length + 4), fields]);
  return Buffer.concat([int(body.length + 16), int(1), int(0), int(2013), body]);
}
