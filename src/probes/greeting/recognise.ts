import type { Failure } from '../../model/failure.js';
import { isTlsAlert } from '../http/classify-response.js';
import { looksLikeTls } from '../tls/server-flight.js';

/** What first words tell: which protocol, and whether the service turns the client away. */
export interface Recognised {
  readonly protocol: string;
  /** The service's own words, where it has some. */
  readonly text?: string;
  /** The words would do for another protocol of the same kind as well. */
  readonly unsure?: true;
  readonly code?: Extract<Failure<'service'>['code'], 'starting' | 'refuses' | 'tls-expected' | 'http-expected'>;
}

const longestText = 300;

/** Null for bytes that say nothing known (yet). */
export function recognise(bytes: Uint8Array): Recognised | null {
  if (bytes.length === 0) return null;
  const line = firstLine(bytes);
  for (const reader of [
    tls,
    http,
    ssh,
    numbered,
    imap,
    pop3,
    redis,
    nats,
    mysql,
    amqp,
    vnc,
    rsync,
    telnet,
    memcached,
  ]) {
    const found = reader(bytes, line);
    if (found) return found.text === undefined ? found : { ...found, text: found.text.slice(0, longestText) };
  }
  return null;
}

type Reader = (bytes: Uint8Array, line: string) => Recognised | null;

const tls: Reader = (bytes) => {
  if (!looksLikeTls(bytes)) return null;
  return isTlsAlert(bytes) ? { protocol: 'tls', code: 'tls-expected' } : { protocol: 'tls' };
};

const http: Reader = (bytes, line) => {
  if (!line.startsWith('HTTP/')) return null;
  // What other services are told that speak to a web server without being asked.
  return { protocol: 'http', text: line, code: 'http-expected' };
};

/** The line of an SSH server's version, wherever it stands: others may come before it (RFC 4253 4.2). */
export function versionIn(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('latin1');
  return /(?:^|\n)(SSH-\d[^\r\n]{0,253})\r?\n/.exec(text)?.[1] ?? null;
}

/** RFC 4253 4.2. OpenSSH turns away before it greets: MaxStartups, PerSourcePenalties (sshd.c). */
const ssh: Reader = (_, line) => {
  if (/^SSH-\d/.test(line)) return { protocol: 'ssh', text: line };
  if (/^(Exceeded MaxStartups|Not allowed at this time)/.test(line))
    return { protocol: 'ssh', text: line, code: 'refuses' };
  return null;
};

/**
 * Three digits: SMTP (RFC 5321 4.2), FTP (RFC 959 4.2), NNTP (RFC 3977). Which of them, only the words can tell, and not
 * all have any: `220 (vsFTPd 3.0.3)`, `421 Too many connections`.
 */
const numbered: Reader = (_, line) => {
  const [, status, rest = ''] = /^(\d{3})[ -](.*)$/.exec(line) ?? [];
  if (status === undefined) return /^\d{3}$/.test(line) ? { protocol: 'smtp', text: line, unsure: true } : null;
  const [mail, files, news] = [/SMTP/i.test(rest), /FTP/i.test(rest), /NNTP|\bnews\b|\bINN\b/i.test(rest)];
  const protocol = mail
    ? 'smtp'
    : files
      ? 'ftp'
      : news
        ? 'nntp'
        : status === '200' || status === '201'
          ? 'nntp'
          : 'smtp';
  const words = { protocol, text: line, ...(!mail && !files && !news && { unsure: true as const }) };
  if (status === '120') return { ...words, protocol: 'ftp', code: 'starting' };
  return /^[45]/.test(status) ? { ...words, code: 'refuses' } : words;
};

const imap: Reader = (_, line) => {
  const [, word] = /^\* (OK|PREAUTH|BYE)\b/.exec(line) ?? [];
  if (word === undefined) return null;
  return word === 'BYE' ? { protocol: 'imap', text: line, code: 'refuses' } : { protocol: 'imap', text: line };
};

/** POP3 greets with +OK (RFC 1939 4); an -ERR may be Redis' as well. */
const pop3: Reader = (_, line) => {
  if (/^\+OK\b/.test(line)) return { protocol: 'pop3', text: line };
  return /^-ERR \[(SYS|LOGIN|AUTH|IN-USE)/.test(line) ? { protocol: 'pop3', text: line, code: 'refuses' } : null;
};

/** Redis and its kin (RESP). Any answer but these shows a service that works, -NOAUTH included. */
const redis: Reader = (_, line) => {
  if (line === '+PONG' || /^-(NOAUTH|NOPERM|WRONGPASS)\b/.test(line)) return { protocol: 'redis', text: line };
  if (/^-(LOADING|BUSY|MASTERDOWN)\b/.test(line)) {
    return line.startsWith('-LOADING')
      ? { protocol: 'redis', text: line, code: 'starting' }
      : { protocol: 'redis', text: line };
  }
  if (/^-DENIED\b|^-ERR max number of clients/.test(line)) return { protocol: 'redis', text: line, code: 'refuses' };
  // POP3 refuses in the same way.
  return /^-ERR\b/.test(line) ? { protocol: 'redis', text: line, unsure: true } : null;
};

/** NATS greets everybody with INFO, and says only then that it has no place for this one (client.go, maxConnExceeded). */
const nats: Reader = (bytes, line) => {
  const text = Buffer.from(bytes.subarray(0, 8192)).toString('latin1');
  const error = /(?:^|\r\n)(-ERR '[^'\r\n]{0,200}')/.exec(text)?.[1];
  if (!line.startsWith('INFO {') && error === undefined) return null;
  if (error === undefined) return { protocol: 'nats' };
  return /^-ERR '(Secure|Authorization|maximum|Authentication|Account)/i.test(error)
    ? { protocol: 'nats', text: error, code: 'refuses' }
    : null;
};

/** Packets: 3 bytes of length, a sequence number, then version 10 (or 9) or 0xff with an error (MySQL's protocol). */
const mysql: Reader = (bytes) => {
  const length = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16);
  if (bytes.length < 7 || bytes[3] !== 0 || length < 3 || length > 4096) return null;
  const text = (from: number): string => Buffer.from(bytes.subarray(from, length + 4)).toString('latin1');
  if (bytes[4] === 10 || bytes[4] === 9) {
    const version = text(5).split('\0')[0] ?? '';
    return /^[\x20-\x7e]{3,}$/.test(version) ? { protocol: 'mysql', text: version } : null;
  }
  if (bytes[4] !== 0xff) return null;
  const error = (bytes[5] ?? 0) | ((bytes[6] ?? 0) << 8);
  const words = text(7).replace(/^#[0-9A-Z]{5}/, '');
  return { protocol: 'mysql', text: `${error} ${words}`, code: error === 1053 ? 'starting' : 'refuses' };
};

/** A frame on channel 0 with Connection.Start, or the protocol header of the version that it wants instead. */
const amqp: Reader = (bytes, line) => {
  const start = bytes[0] === 1 && bytes[1] === 0 && bytes[2] === 0 && bytes[8] === 10 && bytes[10] === 10;
  return start || line.startsWith('AMQP') ? { protocol: 'amqp' } : null;
};

const vnc: Reader = (_, line) => (/^RFB \d{3}\.\d{3}$/.test(line) ? { protocol: 'vnc', text: line } : null);
const rsync: Reader = (_, line) => (line.startsWith('@RSYNCD:') ? { protocol: 'rsync', text: line } : null);
/** Option negotiation: IAC with WILL, WONT, DO, DONT (RFC 854). */
const telnet: Reader = (bytes) =>
  bytes[0] === 255 && (bytes[1] ?? 0) >= 251 && (bytes[1] ?? 0) <= 254 ? { protocol: 'telnet' } : null;
/** When it has no place left it says so and closes (memcached.c). */
const memcached: Reader = (_, line) => {
  if (line === 'ERROR Too many open connections') return { protocol: 'memcached', text: line, code: 'refuses' };
  return /^(VERSION \S+|ERROR|SERVER_ERROR.*|CLIENT_ERROR.*)$/.test(line)
    ? { protocol: 'memcached', text: line }
    : null;
};

function firstLine(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return (text.split('\n')[0] ?? '').replace(/\r$/, '');
}
