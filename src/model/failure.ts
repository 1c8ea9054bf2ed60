/**
 * What can go wrong, as closed lists. A failure says what happened, never why: the causes judge that.
 * Classified in one place per operation: `src/system` for sockets, `src/probes` for protocols.
 */

/** What was being done when it failed. */
export const operations = {
  /** Opening or starting the program that should connect. */
  execute: [
    'missing', // ENOENT, ENOTDIR
    'prohibited', // EACCES: its file's rights, or a file system without programs
    'not-permitted', // EPERM: somebody forbids it (an on-access scanner, a policy)
    'failed', // ENOEXEC and the like
    'timed-out', // whoever is asked first (an on-access scanner) does not answer
  ],
  /** Asking the system's resolver (getaddrinfo) for the target's addresses. */
  resolve: [
    'not-found', // EAI_NONAME: no such name, or a name without an address (the system does not say which)
    'temporary-failure', // EAI_AGAIN: no resolver gave a usable answer
    'no-resolver', // no resolver is configured
    'failed', // EAI_FAIL, EAI_SYSTEM and the like
    'timed-out',
    'useless-address', // only 0.0.0.0, :: or the like came back
  ],
  /** One question to one resolver, asked directly. */
  exchange: [
    'timed-out',
    'refused', // ICMP port unreachable, or a reset by TCP
    'host-unreachable',
    'network-unreachable',
    'prohibited', // EACCES, or an administrative prohibition
    'not-permitted', // EPERM: this device does not let the packet out
    'failed',
    'nxdomain',
    'no-data', // the name exists, without an address
    'server-failure', // SERVFAIL
    'declined', // REFUSED
    'malformed', // no DNS, or broken DNS
    'mismatched', // an answer to another question
  ],
  /** Opening a TCP connection to one address. */
  connect: [
    'refused', // ECONNREFUSED
    'timed-out',
    'reset', // ECONNRESET
    'host-unreachable', // EHOSTUNREACH
    'network-unreachable', // ENETUNREACH
    'prohibited', // EACCES
    'not-permitted', // EPERM
    'invalid-route', // EINVAL: a blackhole route on this device
    'protocol-unreachable', // ENOPROTOOPT
    'no-local-address', // EADDRNOTAVAIL
    'aborted', // ECONNABORTED
    'too-many-files', // EMFILE, ENFILE
    'no-buffers', // ENOBUFS, ENOMEM
    'family-unsupported', // EAFNOSUPPORT
    'not-found', // a unix socket's file is missing
    'failed',
  ],
  /** The TLS handshake, and what verification says of the certificate. */
  tls: [
    'closed', // end of stream before the handshake was done
    'reset',
    'timed-out',
    'not-tls', // the other side speaks something else in plain text
    'protocol-version', // no version in common
    'handshake-failure', // alert 40: no cipher or curve in common, or no reason given
    'unrecognized-name', // alert 112
    'client-certificate-required', // alert 116, or 40/42 after a certificate request
    'alert', // any other alert
    'expired',
    'not-yet-valid',
    'name-mismatch',
    'self-signed',
    'untrusted-root', // a chain that ends in a root that this device does not trust
    'chain-incomplete', // an intermediate is missing
    'revoked',
    'certificate-invalid', // any other fault of verification
    'failed',
  ],
  /** One HTTP request and its answer. */
  http: [
    'closed',
    'reset',
    'timed-out', // no answer, or one that comes too slowly
    'not-http', // what came back is no HTTP
    'not-upgraded', // a WebSocket was asked for, and an HTTP answer came in its place
    'tls-expected', // the server says that it wants TLS on this port
    'endless', // headers or body beyond any bound
    'forbidden', // 401, 403
    'not-found', // 404, 410
    'client-error', // other 4xx
    'proxy-authentication', // 407
    'rate-limited', // 429
    'legal-block', // 451
    'server-error', // 500, 501, 505 and other 5xx
    'bad-gateway', // 502
    'unavailable', // 503
    'gateway-timeout', // 504
    'network-authentication', // 511
    'redirect-loop',
    'redirect-refused', // leads where it must not be followed (private space, another scheme)
  ],
  /** A service's own greeting on a plain TCP port. */
  service: ['closed', 'reset', 'timed-out', 'starting', 'refuses', 'tls-expected', 'http-expected', 'other-service'],
  /** Asking a proxy to connect on our behalf. */
  proxy: [
    'unusable', // nobody can make a proxy of what the setting holds
    'closed',
    'reset',
    'timed-out',
    'authentication', // 407, or a SOCKS proxy that wants another login
    'refused', // by its policy: 403, SOCKS reply 2
    'not-a-proxy', // something else answers there
    'upstream-failed', // it says that it cannot reach the target
  ],
  /** The page in a real browser with the user's own settings, when everything before it held. */
  browser: [
    'blocked-by-client', // net::ERR_BLOCKED_BY_CLIENT: an extension
    'blocked-by-administrator', // net::ERR_BLOCKED_BY_ADMINISTRATOR: a policy
    'proxy', // the browser's proxy
    'name', // the browser's own resolver
    'certificate',
    'connection',
    'failed',
  ],
  /** Sending a datagram for a comparison (QUIC, UDP services). */
  datagram: [
    'timed-out',
    'refused',
    'host-unreachable',
    'network-unreachable',
    'prohibited',
    'not-permitted',
    'failed',
  ],
} as const;

export type Operation = keyof typeof operations;
export type FailureCode<O extends Operation = Operation> = O extends Operation ? (typeof operations)[O][number] : never;

/** `operation/code`: what a cause declares that it can bring about. */
export type Symptom = { [O in Operation]: `${O}/${FailureCode<O>}` }[Operation];

export interface Failure<O extends Operation = Operation> {
  readonly operation: O;
  readonly code: FailureCode<O>;
  /** Address of whoever said so, when somebody did (an ICMP error's sender, a resolver, a proxy). */
  readonly from?: string;
  /** The untranslated word: an errno name, an ICMP type/code, a TLS alert, a status line. Bounded, hostile. */
  readonly raw: string;
  /** Of silence on an open connection: what was said never left this device, though the other side had room for it. */
  readonly unsent?: true;
}

export function symptomOf(failure: Failure): Symptom {
  return `${failure.operation}/${failure.code}` as Symptom;
}

/** All symptoms of one operation, or the given codes of it. */
export function symptoms<O extends Operation>(operation: O, ...codes: FailureCode<O>[]): Symptom[] {
  const chosen: readonly string[] = codes.length > 0 ? codes : operations[operation];
  return chosen.map((code) => `${operation}/${code}` as Symptom);
}
