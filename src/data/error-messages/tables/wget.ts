import type { MessageTable } from '../types.js';

export const wget: MessageTable = {
  from: 'wget',
  layer: 'program',
  source: 'GNU Wget 1.21 src/connect.c, src/openssl.c, src/http.c (measured); BusyBox wget',
  messages: {
    'name-unresolved': ['wget: unable to resolve host address {host}', 'wget: bad address {endpoint}'],
    refused: ["wget: can't connect to remote host ({host}): Connection refused"],
    'cert-expired': ['The certificate of {host} has expired', 'Issued certificate has expired'],
    'cert-not-yet-valid': ['The certificate of {host} is not yet activated', 'Issued certificate not yet valid'],
    'cert-issuer-missing': [
      "The certificate of {host} doesn't have a known issuer",
      "Unable to locally verify the issuer's authority",
    ],
    'cert-self-signed': ['Self-signed certificate encountered'],
    'cert-name': [
      "The certificate's owner does not match hostname {host}",
      'no certificate subject alternative name matches requested host name {host}',
      "certificate common name {any} doesn't match requested host name {host}",
    ],
    reset: ['Read error (Connection reset by peer) in headers', 'Read error (Connection reset by peer)'],
    'response-timeout': ['Read error (Connection timed out) in headers', 'Read error (Connection timed out)'],
    'tls-cut': ['Read error (The TLS connection was non-properly terminated.) in headers'],
    closed: ['No data received.'],
    'redirect-loop': ['redirections exceeded'],
    'proxy-says-no': ['Proxy tunneling failed: Forbidden'],
    'proxy-login': ['Proxy tunneling failed: Proxy Authentication Required'],
    'proxy-tunnel-failed': ['Proxy tunneling failed'],
    'proxy-settings': ['Error parsing proxy URL'],
    'bad-address': ['wget: missing URL', 'Unsupported scheme', 'Scheme missing'],
    'tls-failed': ['wget: TLS error from peer'],
  },
  vague: {
    'tls-failed': ['Unable to establish SSL connection'],
    'cert-untrusted': [
      'The certificate of {host} is not trusted',
      "ERROR: cannot verify {host}'s certificate, issued by",
    ],
    'connection-lost': ['Read error at byte {number}'],
    'connect-failed': ["wget: can't connect to remote host ({host})"],
  },
  marks: [
    'Connecting to {host} ({any})|{any}|:{port}...',
    'Connecting to {host}:{port}...',
    'Resolving {host} ({any})... failed:',
    'Resolving {host}... failed:',
    'wget:',
    "wget: can't connect to remote host ({host}):",
    'Connecting to {host} ({any})',
  ],
};
