import type { MessageTable } from '../types.js';

export const apt: MessageTable = {
  from: 'apt',
  layer: 'program',
  source: 'apt 2.6 methods/connect.cc, methods/http.cc, apt-pkg/acquire-item.cc',
  port: 80,
  messages: {
    'name-lookup-fails': ['Temporary failure resolving {site}'],
    'name-unresolved': [
      'Could not resolve {site}',
      'Something wicked happened resolving {site}',
      'System error resolving {site}',
    ],
    'connect-timeout': [
      'Could not connect to {endpoint} ({any}), connection timed out',
      'Connection timed out [IP: {any}]',
    ],
    refused: ['Could not connect to {endpoint} ({any}). - connect (111: Connection refused)'],
    'network-unreachable': [
      'Cannot initiate the connection to {endpoint} ({any}). - connect (101: Network is unreachable)',
      'Could not connect to {endpoint} ({any}). - connect (101: Network is unreachable)',
    ],
    'host-unreachable': ['Could not connect to {endpoint} ({any}). - connect (113: No route to host)'],
    'http-portal': ["Clearsigned file isn't valid, got 'NOSPLIT' (does the network require authentication?)"],
    'clock-page': ['is not valid yet (invalid for another'],
    'cert-expired': [
      'Certificate verification failed: The certificate is NOT trusted. The certificate chain uses expired certificate',
    ],
    'cert-not-yet-valid': [
      'Certificate verification failed: The certificate is NOT trusted. The certificate chain uses not yet valid certificate',
    ],
    'cert-untrusted': [
      'Certificate verification failed: The certificate is NOT trusted. The certificate issuer is unknown',
      'No system certificates available. Try installing ca-certificates',
    ],
    'cert-name': [
      'Certificate verification failed: The certificate is NOT trusted. The name in the certificate does not match the expected',
    ],
    'tls-cut': [
      'Could not handshake: The TLS connection was non-properly terminated',
      'Could not handshake: Error in the pull function',
    ],
    'tls-not-spoken': [
      'Could not handshake: An unexpected TLS packet was received',
      'Could not handshake: A packet with illegal or unsupported version was received',
    ],
    'proxy-says-no': ['Invalid response from proxy: HTTP/1.1 403', 'Invalid response from proxy: HTTP/1.0 403'],
    'proxy-login': [
      'Invalid response from proxy: HTTP/1.1 407',
      'Invalid response from proxy: HTTP/1.0 407',
      '407 Proxy Authentication Required [IP:',
    ],
    'proxy-settings': ['Unsupported proxy configured:'],
    'answer-cut': [
      'Undetermined Error [IP: {any}]',
      'Error reading from server. Remote end closed connection',
      'File has unexpected size',
      'Hash Sum mismatch',
    ],
    'bad-answer': ['Bad header line', 'Bad header data', 'The HTTP server sent an invalid reply header'],
    'service-nothing-there': ['does not have a Release file', 'does no longer have a Release file'],
  },
  vague: {
    'connect-failed': [
      'Connection failed [IP: {any}]',
      'Unable to connect to {site}:http:',
      'Could not connect to {endpoint} ({any})',
      'Cannot initiate the connection to {endpoint}',
    ],
    'cert-invalid': ['Certificate verification failed'],
    'tls-failed': ['Could not handshake'],
    'connection-unspecified': ['Some index files failed to download', 'Unable to fetch some archives'],
    'proxy-tunnel-failed': ['Invalid response from proxy'],
  },
  marks: [
    'Err:{number} {url}',
    'E: Failed to fetch {url}',
    'W: Failed to fetch {url}',
    'apt-get update',
    'apt-get install',
    'apt update',
    'Ign:{number} {url}',
    'E: The repository',
  ],
};
