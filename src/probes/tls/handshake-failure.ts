import type { Failure } from '../../model/failure.js';
import { isOverBudget, tooMany } from '../../model/over-budget.js';
import { type ServerFlight } from './server-flight.js';

/** What is known when a handshake did not come to its end. */
export interface Breakdown {
  readonly flight: ServerFlight;
  readonly received: Uint8Array;
  readonly timedOut: boolean;
  readonly peerEnded: boolean;
  /** The socket's own error. */
  readonly socketError: NodeJS.ErrnoException | null;
  /** What the TLS library says. */
  readonly tlsError: NodeJS.ErrnoException | null;
}

/** Alerts by number (RFC 8446 6, and IANA's registry for the others). */
const alertNames: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** OpenSSL's word for an alert that it received, in Node.js's error code: ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED. */
const alertWords = new Map(
  Object.entries(alertNames).map(([number, name]) => [name.toUpperCase(), Number(number)] as const),
);

/** After a CertificateRequest, these say that the missing client certificate is the matter (RFC 8446 4.4.2.4; in TLS 1.2, 7.4.6 of RFC 5246). */
const aboutClientCertificate = new Set([40, 41, 42, 43, 46, 48, 49, 116]);

/** The alert that the server sent, in the clear or as far as the library's error names it. */
export function alertOf(breakdown: Pick<Breakdown, 'flight' | 'tlsError'>): number | null {
  if (breakdown.flight.alert !== null) return breakdown.flight.alert;
  const code = breakdown.tlsError?.code ?? '';
  const word = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?(.+)$/.exec(code)?.[1] ?? '';
  const number = /SSL alert number (\d+)/.exec(breakdown.tlsError?.message ?? '')?.[1];
  return alertWords.get(word) ?? (number === undefined ? null : Number(number));
}

export function handshakeFailure(breakdown: Breakdown): Failure<'tls'> {
  const { received, flight, tlsError, socketError } = breakdown;
  if (received.length > 0 && !flight.isTls) return failure('not-tls', `${received.length} bytes that are no TLS`);
  if (isClientHello(received)) return failure('not-tls', 'it sends back what it is told');
  if (isOverBudget(socketError)) return failure('failed', tooMany);
  const alert = alertOf(breakdown);
  if (alert !== null && alert !== 0) return alertFailure(alert, flight.asksForCertificate);
  if (socketError?.code === 'ECONNRESET' || socketError?.code === 'EPIPE') return failure('reset', socketError.code);
  if (breakdown.timedOut) return failure('timed-out', `${received.length} bytes received`);
  if (localVersionErrors.has(tlsError?.code ?? '')) return failure('protocol-version', tlsError?.code ?? '');
  if (localCipherErrors.has(tlsError?.code ?? '')) return failure('handshake-failure', tlsError?.code ?? '');
  if (breakdown.peerEnded || alert === 0) return failure('closed', `after ${received.length} bytes`);
  return failure('failed', socketError?.code ?? tlsError?.code ?? tlsError?.message ?? 'unknown');
}

/** A record of the handshake that begins with the client's own message (RFC 8446 4): no server sends one. */
function isClientHello(received: Uint8Array): boolean {
  return received[0] === 22 && received[5] === 1;
}

/** The server chose a version that this side does not speak. */
const localVersionErrors = new Set([
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_WRONG_SSL_VERSION',
  'ERR_SSL_INAPPROPRIATE_FALLBACK',
]);
/** This side refuses what the server chose or how weak its key is. */
const localCipherErrors = new Set([
  'ERR_SSL_DH_KEY_TOO_SMALL',
  'ERR_SSL_WRONG_CIPHER_RETURNED',
  'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED',
  'ERR_SSL_WRONG_SIGNATURE_TYPE',
  'ERR_SSL_WRONG_CURVE',
  'ERR_SSL_EE_KEY_TOO_SMALL',
]);

function alertFailure(alert: number, asked: boolean): Failure<'tls'> {
  const raw = `alert ${alert} ${alertNames[alert] ?? ''}`.trimEnd();
  if (alert === 116 || (asked && aboutClientCertificate.has(alert))) return failure('client-certificate-required', raw);
  if (alert === 70 || alert === 86) return failure('protocol-version', raw);
  if (alert === 40 || alert === 71) return failure('handshake-failure', raw);
  return failure(alert === 112 ? 'unrecognized-name' : 'alert', raw);
}

function failure(code: Failure<'tls'>['code'], raw: string): Failure<'tls'> {
  return { operation: 'tls', code, raw: raw.slice(0, 200) };
}
