import type { Meaning } from '../types.js';

/** Agreeing on encryption. RFC 8446 section 6 (alerts), RFC 6066 (server name). */
export const tlsMeanings = {
  'tls-not-spoken': {
    stage: 'tls',
    candidates: [
      'wrong-scheme-or-port',
      'captive-portal',
      'http-filtered',
      'proxy-misconfigured',
      'connection-redirected',
    ],
    means:
      'Your program began an encrypted connection, and what came back is not encryption: the service on this port speaks plainly, or something else answered in its place.',
    doesNotMean:
      'It does not mean that your encryption software is too old or that a certificate is wrong. Try the plain address (http instead of https) or the right port.',
  },
  'plain-to-tls': {
    stage: 'http',
    candidates: ['wrong-scheme-or-port', 'connection-redirected'],
    means:
      'Your program spoke plainly to a port that expects encryption. Use the encrypted address (https instead of http).',
    doesNotMean: 'It does not mean that you are blocked: the server answered.',
  },
  'tls-version': {
    stage: 'tls',
    candidates: ['tls-version-mismatch', 'tls-intercepted', 'client-certificate-required', 'wrong-scheme-or-port'],
    means:
      'Your program and the server have no version or method of encryption in common. Usually one of the two is very old.',
    doesNotMean:
      'It does not mean that the server is down or that the certificate expired. Deleting cookies or the cache does not help.',
  },
  'tls-refused': {
    stage: 'tls',
    candidates: [
      'tls-version-mismatch',
      'client-certificate-required',
      'sni-filtered',
      'certificate-name-mismatch',
      'tls-intercepted',
    ],
    means:
      'The server answered, but broke off while encryption was being agreed on. It liked neither the methods, the name nor the missing certificate of your side; it does not say which.',
    doesNotMean:
      'It does not mean that the server is down, or that the certificate of the site is invalid: it did not come to that.',
  },
  'tls-failed': {
    stage: 'tls',
    candidates: [
      'wrong-scheme-or-port',
      'tls-version-mismatch',
      'tls-intercepted',
      'antivirus-intercepts-tls',
      'sni-filtered',
      'captive-portal',
    ],
    means: 'The server was reached, but the encrypted connection could not be set up. The message does not say why.',
    doesNotMean:
      'It does not mean that the server is down. Clearing the cache or the "SSL state" seldom helps: the cause is at the server or on the way.',
  },
  'tls-cut': {
    stage: 'tls',
    candidates: [
      'sni-filtered',
      'reset-injected',
      'server-closes-at-once',
      'wrong-scheme-or-port',
      'tls-version-mismatch',
      'server-overloaded',
    ],
    means:
      'The connection stood and was cut in the middle of agreeing on encryption: by a filter on the way that reads the name of the site, or by the server.',
    doesNotMean:
      'It does not mean that the certificate is wrong: it was not even looked at. The server, or something in its place, was reached.',
  },
  'tls-timeout': {
    stage: 'tls',
    candidates: ['path-mtu-blackhole', 'sni-filtered', 'server-not-responding', 'server-overloaded', 'packet-loss'],
    means:
      'The connection stood, but agreeing on encryption took too long: packets are lost on the way (large ones often), or the server is stuck.',
    doesNotMean:
      'It does not mean that the port is blocked: the connection itself was accepted. It is not about the certificate.',
  },
  'client-certificate': {
    stage: 'tls',
    candidates: ['client-certificate-required', 'service-refuses-client'],
    means:
      'The server wants your program to show a certificate of its own, and it showed none or one that the server does not accept.',
    doesNotMean: 'It does not mean that the certificate of the site is wrong, or that anything on the way blocks you.',
  },
  'tls-name-unknown': {
    stage: 'tls',
    candidates: ['certificate-name-mismatch', 'mistyped-name', 'hosts-file-override', 'connection-redirected'],
    means: 'The server answered, but says that it does not serve a site of this name.',
    doesNotMean: 'It does not mean that the server is down: it was reached, but it may be the wrong one.',
  },
  'quic-failed': {
    stage: 'tls',
    candidates: ['quic-blocked', 'server-not-responding', 'tls-intercepted'],
    means:
      'The faster transport of newer browsers (QUIC) did not work to this server. Browsers normally fall back to the ordinary one.',
    doesNotMean: 'It does not mean that the site is down: over the ordinary way it often works.',
  },
} satisfies Record<string, Meaning>;
