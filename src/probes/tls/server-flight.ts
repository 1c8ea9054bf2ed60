import { createDecipheriv, createHmac } from 'node:crypto';

/** What the recorded bytes of a TLS server show of its part of the handshake. Null fields: not to be seen. */
export interface ServerFlight {
  /** The bytes are TLS records, as far as they go. */
  readonly isTls: boolean;
  /** Number of an alert that was sent in the clear. */
  readonly alert: number | null;
  /** A CertificateRequest was among the messages. */
  readonly asksForCertificate: boolean;
}

const record = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;
const message = { serverHello: 2, certificateRequest: 13 } as const;
const mostRecords = 256;
const mostMessages = 64;
/** RFC 8446 4.1.3: this random marks a HelloRetryRequest. */
const retry = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

interface TlsRecord {
  readonly type: number;
  readonly header: Uint8Array;
  readonly body: Uint8Array;
}

interface Suite {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305';
  readonly hash: 'sha256' | 'sha384';
  readonly keyBytes: number;
}
/** RFC 8446 B.4; Node.js offers these three. */
const suites: Readonly<Record<number, Suite>> = {
  0x1301: { cipher: 'aes-128-gcm', hash: 'sha256', keyBytes: 16 },
  0x1302: { cipher: 'aes-256-gcm', hash: 'sha384', keyBytes: 32 },
  0x1303: { cipher: 'chacha20-poly1305', hash: 'sha256', keyBytes: 32 },
};

/**
 * Node.js tells nobody that a server asked for a client certificate. In TLS 1.2 the request is in the clear; in TLS 1.3
 * it is encrypted with the server's handshake secret, which Node.js hands out for key logs (`keylog`).
 */
export function readServerFlight(bytes: Uint8Array, secret: Uint8Array | null): ServerFlight {
  const records = recordsOf(bytes);
  const isTls = looksLikeTls(bytes);
  const clear: Uint8Array[] = [];
  let suite: Suite | undefined;
  let alert: number | null = null;
  const sealed: TlsRecord[] = [];
  for (const [i, one] of records.entries()) {
    // A warning in the middle, such as "unrecognized name", stops nobody.
    const final = one.body[0] === 2 || i === records.length - 1;
    if (one.type === record.alert && one.body.length === 2 && sealed.length === 0 && final) alert = one.body[1] ?? null;
    else if (one.type === record.handshake) {
      clear.push(one.body);
      suite ??= suiteOf(one.body);
    } else if (one.type === record.changeCipherSpec && suite === undefined) break; // TLS 1.2: encrypted from here on
    else if (one.type === record.applicationData) sealed.push(one);
  }
  const opened = suite && secret ? openAll(sealed, suite, secret) : [];
  const types = [...messageTypes(Buffer.concat(clear)), ...messageTypes(Buffer.concat(opened))];
  return { isTls, alert, asksForCertificate: types.includes(message.certificateRequest) };
}

/** The first bytes could be a TLS record: a known type and a version 3.x. */
export function looksLikeTls(bytes: Uint8Array): boolean {
  const [type = 0, major] = bytes;
  return type >= record.changeCipherSpec && type <= record.applicationData && (bytes.length < 2 || major === 3);
}

function recordsOf(bytes: Uint8Array): TlsRecord[] {
  const found: TlsRecord[] = [];
  for (let at = 0; at + 5 <= bytes.length && found.length < mostRecords;) {
    const end = at + 5 + (((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0));
    if (bytes[at + 1] !== 3 || end > bytes.length) break;
    found.push({ type: bytes[at] ?? 0, header: bytes.subarray(at, at + 5), body: bytes.subarray(at + 5, end) });
    at = end;
  }
  return found;
}

/** The suite of a ServerHello that speaks TLS 1.3. */
function suiteOf(hello: Uint8Array): Suite | undefined {
  if (hello[0] !== message.serverHello) return undefined;
  const random = Buffer.from(hello.subarray(6, 38)).toString('hex');
  const at = 39 + (hello[38] ?? 0);
  const suite = suites[((hello[at] ?? 0) << 8) | (hello[at + 1] ?? 0)];
  return random === retry ? undefined : suite;
}

function* messages(bytes: Uint8Array): Generator<number> {
  for (let at = 0, count = 0; at + 4 <= bytes.length && count < mostMessages; count++) {
    yield bytes[at] ?? 0;
    at += 4 + (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
}

const messageTypes = (bytes: Uint8Array): number[] => [...messages(bytes)];

/** Opens the records of the server's first encrypted flight; stops at the first that another key has sealed. */
function openAll(sealed: readonly TlsRecord[], suite: Suite, secret: Uint8Array): Uint8Array[] {
  const key = expandLabel(suite, secret, 'key', suite.keyBytes);
  const iv = expandLabel(suite, secret, 'iv', 12);
  const opened: Uint8Array[] = [];
  for (const [sequence, one] of sealed.entries()) {
    const inner = open(one, suite, key, iv, sequence);
    if (!inner) break;
    // RFC 8446 5.2: content, the true type, zeros.
    let last = inner.length - 1;
    while (last >= 0 && inner[last] === 0) last--;
    if (inner[last] === record.handshake) opened.push(inner.subarray(0, last));
  }
  return opened;
}

function open(one: TlsRecord, suite: Suite, key: Uint8Array, iv: Uint8Array, sequence: number): Uint8Array | null {
  const nonce = Uint8Array.from(iv);
  for (let i = 0; i < 4; i++) nonce[11 - i] = (iv[11 - i] ?? 0) ^ ((sequence >>> (8 * i)) & 0xff);
  const split = one.body.length - 16;
  if (split < 1) return null;
  try {
    const options = { authTagLength: 16 };
    const decipher = createDecipheriv(suite.cipher as 'aes-128-gcm', key, nonce, options);
    decipher.setAAD(one.header);
    decipher.setAuthTag(one.body.subarray(split));
    return Buffer.concat([decipher.update(one.body.subarray(0, split)), decipher.final()]);
  } catch {
    // Sealed with a later key: the handshake's part is over.
    return null;
  }
}

/** HKDF-Expand-Label with an empty context (RFC 8446 7.1). */
function expandLabel(suite: Suite, secret: Uint8Array, label: string, length: number): Uint8Array {
  const full = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = Buffer.concat([Buffer.from([length >> 8, length & 255, full.length]), full, Buffer.from([0])]);
  // One block of HMAC is the whole expansion for such lengths (RFC 5869 2.3); hkdfSync would extract first.
  return hmacExpand(suite.hash, secret, info, length);
}

function hmacExpand(hash: Suite['hash'], secret: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return createHmac(hash, secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, length);
}
