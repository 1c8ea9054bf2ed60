import type { MessageTable } from '../types.js';
import { exitCodesByMeaning } from './curl-exit-codes.js';

export const curl: MessageTable = {
  from: 'curl',
  layer: 'program',
  source: 'Texts of libcurl 7.88 and 8 (lib/strerror.c, lib/connect.c, lib/vtls), measured with curl 7.88.1; curl(1)',
  messages: {
    'name-unresolved': [
      'curl: (6) Could not resolve host: {host}',
      'curl: (6) Could not resolve hostname {host}',
      "curl: (6) Couldn't resolve host {host}",
    ],
    'name-lookup-fails': [
      'curl: (6) Could not resolve host: {host} (Could not contact DNS servers)',
      'Could not resolve host: {host} (Timeout while contacting DNS servers)',
    ],
    'resolver-timeout': ['Resolving timed out after {number} milliseconds'],
    'connect-timeout': [
      'Connection timed out after {number} milliseconds',
      'Failed to connect to {host} port {port} after {number} ms: Timeout was reached',
      'Connection timeout after {number} ms',
    ],
    'response-timeout': [
      'Operation timed out after {number} milliseconds with {number} bytes received',
      'Operation timed out after {number} milliseconds with {number} out of {number} bytes received',
      'Operation too slow. Less than {number} bytes/sec transferred the last',
    ],
    'tls-timeout': ['SSL connection timeout', 'SSL connection timed out'],
    closed: ['Empty reply from server'],
    'answer-cut': [
      'transfer closed with {number} bytes remaining to read',
      'transfer closed with outstanding read data remaining',
      'end of response with {number} bytes missing',
      'Failure when receiving data from the peer',
    ],
    reset: [
      'Recv failure: Connection reset by peer',
      'Send failure: Connection reset by peer',
      'Recv failure: Connection was reset',
      'Send failure: Connection was reset',
    ],
    'broken-pipe': ['Send failure: Broken pipe'],
    'proxy-name-unknown': ['Could not resolve proxy: {any}', "Couldn't resolve proxy {any}"],
    'proxy-login': [
      'Received HTTP code 407 from proxy after CONNECT',
      'CONNECT tunnel failed, response 407',
      'Proxy CONNECT aborted due to authentication',
      'User was rejected by the SOCKS5 server',
    ],
    'proxy-says-no': [
      'Received HTTP code 403 from proxy after CONNECT',
      'CONNECT tunnel failed, response 403',
      'Received HTTP code 405 from proxy after CONNECT',
      'CONNECT tunnel failed, response 405',
      'No authentication method was acceptable',
    ],
    'proxy-upstream-failed': [
      'Received HTTP code 502 from proxy after CONNECT',
      'CONNECT tunnel failed, response 502',
      'Received HTTP code 503 from proxy after CONNECT',
      'CONNECT tunnel failed, response 503',
      'Received HTTP code 504 from proxy after CONNECT',
      'CONNECT tunnel failed, response 504',
      "Can't complete SOCKS5 connection to {endpoint}",
      'cannot complete SOCKS5 connection to {endpoint}',
      "Can't complete SOCKS4 connection to {endpoint}",
    ],
    'proxy-tunnel-failed': [
      'Received HTTP code {number} from proxy after CONNECT',
      'CONNECT tunnel failed, response {number}',
      'Proxy CONNECT aborted',
      'Proxy CONNECT connection closed',
    ],
    'proxy-connect-failed': [
      'connection to proxy closed',
      'Proxy CONNECT aborted due to timeout',
      'Unable to receive initial SOCKS5 response',
      'Received invalid version in initial SOCKS5 response',
    ],
    'proxy-settings': [
      'Unsupported proxy scheme for {any}',
      'Unsupported proxy syntax in {any}',
      'Unsupported proxy {any}, libcurl is built without the HTTPS-proxy support',
    ],
    'bad-address': [
      'URL using bad/illegal format or missing URL',
      'URL rejected:',
      'not supported or disabled in libcurl',
      'Protocol {any} disabled',
      'Port number was not a decimal number between 0 and 65535',
      'Port number ended with',
    ],
    'redirect-loop': ['Maximum ({number}) redirects followed'],
    'cert-name': [
      'no alternative certificate subject name matches target host name {host}',
      'no alternative certificate subject name matches target hostname {host}',
      'no alternative certificate subject name matches target ipv4 address {host}',
      'certificate subject name {any} does not match target host name {host}',
      'certificate subject name {any} does not match target hostname {host}',
      'unable to obtain common name from peer certificate',
    ],
    'cert-store-missing': [
      'error setting certificate verify locations',
      'error setting certificate file',
      'error adding trust anchors from file',
    ],
    'cert-intercepted': ['SSL: public key does not match pinned public key'],
    'cert-revocation-unchecked': [
      'The revocation function was unable to check revocation',
      'No OCSP response received',
      'Invalid OCSP response status',
    ],
    'client-certificate': [
      'could not load PEM client certificate',
      'unable to set private key file',
      'unable to use client certificate',
    ],
    'tls-cut': [
      'SSL_connect: SSL_ERROR_SYSCALL in connection to {endpoint}',
      'SSL_connect: Connection reset by peer in connection to {endpoint}',
      'SSL_connect: Broken pipe in connection to {endpoint}',
      'Recv failure: Connection reset by peer in connection to {endpoint}',
      'schannel: failed to receive handshake, SSL/TLS connection failed',
      'gnutls_handshake() failed: The TLS connection was non-properly terminated',
      'gnutls_handshake() failed: Error in the pull function',
    ],
    'tls-failed': [
      'schannel: next InitializeSecurityContext failed',
      'SSL_connect failed with error',
      'SSL connect error',
      'LibreSSL SSL_connect: error:{any} in connection to {endpoint}',
    ],
    'http2-error': [
      'HTTP/2 stream {number} was not closed cleanly',
      'Error in the HTTP2 framing layer',
      'HTTP/2 stream {number} was reset',
      'HTTP/2 stream {number} was closed cleanly, but before getting all response header fields',
    ],
    'quic-failed': ['QUIC connection error', 'QUIC connect to {host} port {port} failed', 'HTTP/3 error'],
    'bad-answer': [
      'Received HTTP/0.9 when not allowed',
      'Unsupported HTTP version in response',
      'Weird server reply',
      'Invalid status line',
      'Nul byte in header',
    ],
    'service-login': ['Access denied: 530', 'Login denied', 'Authentication failure'],
  },
  vague: {
    ...exitCodesByMeaning((code) => [
      `curl: (${code})`,
      `Curl error (${code})`,
      `cURL error ${code}`,
      `libcurl error ${code}`,
    ]),
  },
  marks: [
    'Failed to connect to {host} port {port}',
    'Failed connect to {host}:{port}',
    'connect to {host} port {port} failed:',
    'connect to {host} port {port} from {any} failed:',
    'Could not resolve host: {host}',
    "Couldn't resolve host {host}",
    'in connection to {endpoint}',
    'Connected to {host} ({any}) port {port}',
    '* Trying {endpoint}...',
  ],
};

/** Says only that it failed: newer versions print this in place of the system's own reason. */
export const curlVague: MessageTable = {
  from: 'curl',
  layer: 'program',
  source: 'libcurl lib/strerror.c, CURLE_COULDNT_CONNECT since 7.86; CURLE_COULDNT_RESOLVE_HOST',
  vague: {
    'connect-failed': [
      "Failed to connect to {host} port {port} after {number} ms: <Couldn't connect to server>",
      'Failed to connect to {host} port {port} after {number} ms: <Could not connect to server>',
      'Failed to connect to {host} port {port} via {host} after {number} ms: <Could not connect to server>',
    ],
    'name-unresolved': ['Could not resolve host: {host}', "Couldn't resolve host {host}"],
  },
};
