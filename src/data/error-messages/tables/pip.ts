import type { MessageTable } from '../types.js';

export const pip: MessageTable = {
  from: 'pip',
  layer: 'program',
  source: 'pip 23 and later (pip/_internal/index, pip/_vendor/urllib3), measured',
  messages: {
    'cert-invalid': [
      'There was a problem confirming the ssl certificate: HTTPSConnectionPool(host={host}, port={port})',
    ],
    'proxy-connect-failed': ["after connection broken by 'ProxyError('Cannot connect to proxy"],
    'response-timeout': ["after connection broken by 'ReadTimeoutError"],
    'connect-timeout': ["after connection broken by 'ConnectTimeoutError"],
    closed: ["after connection broken by 'ProtocolError('Connection aborted.', RemoteDisconnected"],
    'tls-failed': ["after connection broken by 'SSLError("],
  },
  vague: {
    'cert-invalid': ['There was a problem confirming the ssl certificate'],
    'service-nothing-there': [
      'Could not find a version that satisfies the requirement',
      'No matching distribution found for',
    ],
    'connect-failed': ["after connection broken by 'NewConnectionError"],
    'cert-store-missing': [
      'pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available',
    ],
  },
  marks: [
    'pip._vendor',
    'pip install',
    'after connection broken by',
    'Could not fetch URL {url}:',
    'Could not install packages due to an',
    'Looking in indexes: {url}',
    'pip/_internal',
    'pip subprocess',
  ],
};
