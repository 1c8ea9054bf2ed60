import type { MessageTable } from '../types.js';

export const rust: MessageTable = {
  from: 'rust',
  layer: 'runtime',
  source: 'Rust std::io::Error, hyper, reqwest, rustls',
  messages: {
    'name-unresolved': [
      'failed to lookup address information: Name or service not known',
      'failed to lookup address information: nodename nor servname provided, or not known',
      'failed to lookup address information: No address associated with hostname',
    ],
    'name-lookup-fails': ['failed to lookup address information: Temporary failure in name resolution'],
    'cert-untrusted': ['invalid peer certificate: UnknownIssuer'],
    'cert-expired': ['invalid peer certificate: Expired', 'invalid peer certificate: certificate expired'],
    'cert-name': [
      'invalid peer certificate: NotValidForName',
      'invalid peer certificate: certificate not valid for name {host}',
    ],
    'tls-not-spoken': ['received corrupt message of type InvalidContentType'],
    'tls-refused': ['received fatal alert: HandshakeFailure'],
    closed: ['connection closed before message completed'],
  },
  vague: {
    'connection-unspecified': ['error sending request for url ({url})', 'error trying to connect'],
    'name-unresolved': ['failed to lookup address information'],
  },
  marks: [
    'error sending request for url ({url})',
    'os error {number}',
    'reqwest::',
    'called `Result::unwrap()`',
    'hyper::',
    'kind: ConnectionRefused',
    'tcp connect error',
  ],
};

export const ruby: MessageTable = {
  from: 'ruby',
  layer: 'runtime',
  source: 'Ruby 2.7 to 3.3 net/http, socket; Bundler and RubyGems',
  messages: {
    'name-unresolved': [
      'Failed to open TCP connection to {endpoint} (getaddrinfo: <Name or service not known>)',
      'Failed to open TCP connection to {endpoint} (getaddrinfo: nodename nor servname provided, or not known)',
    ],
    'name-lookup-fails': [
      'Failed to open TCP connection to {endpoint} (getaddrinfo: <Temporary failure in name resolution>)',
    ],
    refused: [
      'Failed to open TCP connection to {endpoint} (<Connection refused>',
      'Connection refused - connect(2) for {host} port {port}',
      'Errno::ECONNREFUSED',
    ],
    'connect-timeout': ['Net::OpenTimeout', 'Failed to open TCP connection to {endpoint} (execution expired)'],
    'response-timeout': ['Net::ReadTimeout'],
    'host-unreachable': ['Errno::EHOSTUNREACH', 'No route to host - connect(2) for {host} port {port}'],
    'network-unreachable': ['Errno::ENETUNREACH', 'Network is unreachable - connect(2) for {host} port {port}'],
    reset: ['Errno::ECONNRESET'],
    closed: ['EOFError: end of file reached', 'end of file reached (EOFError)'],
  },
  vague: { 'tls-failed': ['OpenSSL::SSL::SSLError', 'SSL_connect returned=1 errno=0'] },
  marks: [
    'Failed to open TCP connection to {endpoint} (',
    'Bundler::',
    'Errno::',
    'OpenSSL::SSL',
    'connect(2) for {host} port {port}',
    'peeraddr={endpoint}',
    'Gem::RemoteFetcher',
  ],
};
