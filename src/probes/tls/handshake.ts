import type { Duplex } from 'node:stream';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import type { Failure } from '../../model/failure.js';
import type { System } from '../../model/system.js';
import { keptOn, untilUnheard } from '../connect/unheard.js';
import { openedOn } from './below.js';
import { alertOf, handshakeFailure } from './handshake-failure.js';
import { looksLikeTls, readServerFlight } from './server-flight.js';
import { Tap } from './tap.js';

export interface HandshakeRequest {
  /** Null sends no server name (addresses never are one, RFC 6066 3). */
  readonly serverName: string | null;
  readonly applicationProtocols: readonly string[];
  /**
   * `usual`: TLS 1.2 and 1.3, as programs of today. `1.2`: the same without 1.3. `old`: TLS 1.0 to 1.2 with every cipher that
   * OpenSSL still has.
   */
  readonly versions: 'usual' | '1.2' | 'old';
  readonly timeoutMs: number;
}

export interface Handshake {
  readonly ms: number;
  readonly failure?: Failure<'tls'>;
  readonly version?: string;
  readonly cipher?: string;
  readonly applicationProtocol: string | null;
  /** DER, as sent. */
  readonly chain: readonly Uint8Array[];
  readonly ocsp: Uint8Array | null;
  readonly alert: number | null;
  readonly clientCertificateAsked: boolean;
  /** First bytes of something that is no TLS. */
  readonly plain: Uint8Array | null;
  /** Open and owned by the caller when there is no failure. */
  readonly stream?: TLSSocket;
}

const mostCertificates = 10;
const mostPlainBytes = 256;
/** What a server has time for to refuse a missing client certificate, in handshakes; see `refusedLater`. */
const patience = { handshakes: 3, atLeastMs: 150, atMostMs: 1500 };

/**
 * One handshake on an open connection. Certificates are not judged here: it goes on whatever was sent, so that every
 * fault can be named afterwards instead of OpenSSL's one. Never throws for what the other side does.
 */
export async function handshake(
  stream: Duplex,
  request: HandshakeRequest,
  system: System,
  signal: AbortSignal,
): Promise<Handshake> {
  const tls = process.getBuiltinModule('node:tls');
  const begun = system.clock.now();
  const tap = new Tap(stream);
  const socket = tls.connect(optionsFor(request, tap));
  const watch = watching(socket);
  const timer = new AbortController();
  const stop = AbortSignal.any([timer.signal, signal]);
  const waited = system.clock.sleep(request.timeoutMs, stop).then(() => 'timed-out' as const);
  const first = await Promise.race([watch.ended, waited, untilUnheard(stream, system, stop)]);
  const ms = system.clock.now() - begun;
  const secure = first === 'secure' && !watch.error;
  const asked = readServerFlight(tap.recorded(), watch.secret).asksForCertificate;
  const refused =
    secure && asked && socket.getProtocol() === 'TLSv1.3' && (await refusedLater(watch, ms, system, stop));
  timer.abort();
  const received = tap.recorded();
  const flight = readServerFlight(received, watch.secret);
  const done = secure && !refused;
  const kept = first === 'timed-out' ? keptOn(stream, system) : {};
  const breakdown = {
    flight,
    received,
    timedOut: first === 'timed-out',
    peerEnded: tap.peerEnded,
    socketError: tap.innerError,
    tlsError: watch.error,
  };
  tap.stop();
  if (done) openedOn(socket, stream);
  else socket.destroy();
  return {
    ms,
    ...(!done && { failure: { ...handshakeFailure(breakdown), ...kept } }),
    ...(secure && { version: socket.getProtocol() ?? 'unknown', cipher: watch.cipher }),
    applicationProtocol: watch.protocol,
    chain: watch.chain,
    ocsp: watch.ocsp,
    alert: done ? null : alertOf(breakdown),
    clientCertificateAsked: flight.asksForCertificate,
    plain: received.length > 0 && !looksLikeTls(received) ? received.subarray(0, mostPlainBytes) : null,
    ...(done && { stream: socket }),
  };
}

function optionsFor(request: HandshakeRequest, tap: Tap): ConnectionOptions & { readonly requestOCSP: true } {
  const old = request.versions === 'old';
  return {
    socket: tap,
    ...(request.serverName !== null && { servername: request.serverName }),
    ...(request.applicationProtocols.length > 0 && { ALPNProtocols: [...request.applicationProtocols] }),
    // An empty list of roots: loading a store is dear, and the chain is verified by verify-chain.ts.
    ca: [],
    rejectUnauthorized: false,
    requestOCSP: true,
    minVersion: old ? 'TLSv1' : 'TLSv1.2',
    maxVersion: request.versions === 'usual' ? 'TLSv1.3' : 'TLSv1.2',
    ...(old && { ciphers: 'ALL:@SECLEVEL=0' }),
  };
}

interface Watch {
  /** Resolves when the handshake is done or has failed. */
  readonly ended: Promise<'secure' | 'broken'>;
  /** Resolves when the connection breaks or a session ticket comes, after the handshake. */
  readonly later: Promise<'broken' | 'ticket'>;
  error: NodeJS.ErrnoException | null;
  secret: Uint8Array | null;
  chain: Uint8Array[];
  ocsp: Uint8Array | null;
  cipher: string;
  protocol: string | null;
}

function watching(socket: TLSSocket): Watch {
  const broken = new Promise<'broken'>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => {
      watch.error ??= error;
      resolve('broken');
    });
    socket.on('close', () => resolve('broken'));
  });
  const secure = new Promise<'secure'>((resolve) => {
    socket.once('secureConnect', () => {
      watch.cipher = socket.getCipher().standardName;
      watch.protocol = socket.alpnProtocol || null;
      resolve('secure');
    });
  });
  const ticket = new Promise<'ticket'>((resolve) => {
    socket.on('session', () => resolve('ticket'));
  });
  const watch: Watch = {
    ended: Promise.race([secure, broken]),
    later: Promise.race([ticket, broken]),
    error: null,
    secret: null,
    chain: [],
    ocsp: null,
    cipher: '',
    protocol: null,
  };
  socket.on('keylog', (line: Buffer) => {
    const hex = /^SERVER_HANDSHAKE_TRAFFIC_SECRET [0-9a-f]+ ([0-9a-f]+)/.exec(line.toString('latin1'))?.[1];
    if (hex) watch.secret = Buffer.from(hex, 'hex');
  });
  // Comes right after the certificates, with or without a stapled answer: the chain is at hand here even when the
  // handshake fails afterwards. One call only: node:tls takes the leaf off OpenSSL's list each time (measured, 20.20).
  socket.on('OCSPResponse', (response: Buffer | null) => {
    watch.ocsp = response;
    for (
      let one = socket.getPeerX509Certificate();
      one && watch.chain.length < mostCertificates;
      one = one.issuerCertificate
    ) {
      watch.chain.push(one.raw);
    }
  });
  return watch;
}

/**
 * In TLS 1.3 the client is done before the server has looked at its (empty) certificate: the refusal comes a round trip
 * later (RFC 8446 4.4.2.4). A session ticket or silence means that the server does without.
 */
async function refusedLater(watch: Watch, ms: number, system: System, signal: AbortSignal): Promise<boolean> {
  const wait = Math.min(patience.atMostMs, Math.max(patience.atLeastMs, patience.handshakes * ms));
  const over = new AbortController();
  const silence = system.clock.sleep(wait, AbortSignal.any([signal, over.signal])).then(() => 'silent' as const);
  const what = await Promise.race([watch.later, silence]);
  over.abort();
  return what === 'broken';
}
