import type { MessageTable } from '../types.js';

export const php: MessageTable = {
  from: 'php',
  layer: 'runtime',
  source: 'PHP 7 and 8 main/network.c, main/streams, ext/openssl/xp_ssl.c; Guzzle and Composer',
  messages: {
    'name-unresolved': [
      'php_network_getaddresses: <getaddrinfo failed>: Name or service not known', 'php_network_getaddresses: <getaddrinfo for {host} failed>: Name or service not known', 'php_network_getaddresses: <getaddrinfo failed>: No such host is known', 'php_network_getaddresses: <getaddrinfo for {host} failed>: No such host is known',
      'php_network_getaddresses: <getaddrinfo failed>: nodename nor servname provided, or not known', 'php_network_getaddresses: <getaddrinfo for {host} failed>: nodename nor servname provided, or not known', 'php_network_getaddresses: <getaddrinfo failed>: Hôte inconnu', 'php_network_getaddresses: <getaddrinfo failed>: Der angegebene Host ist unbekannt',
      'php_network_getaddresses: <getaddrinfo failed>: Host desconocido',
    ],
    'name-lookup-fails': ['php_network_getaddresses: <getaddrinfo failed>: Temporary failure in name resolution', 'php_network_getaddresses: <getaddrinfo for {host} failed>: Temporary failure in name resolution'],
    refused: ['unable to connect to {endpoint} (<Connection refused>)', 'Failed to open stream: <Connection refused>'],
    'connect-timeout': ['unable to connect to {endpoint} (<Connection timed out>)', 'Failed to open stream: <Connection timed out>', 'unable to connect to {endpoint} (<Operation timed out>)'],
    'host-unreachable': ['unable to connect to {endpoint} (<No route to host>)'],
    'network-unreachable': ['unable to connect to {endpoint} (<Network is unreachable>)'],
    'not-permitted': ['unable to connect to {endpoint} (<Permission denied>)', 'Failed to open stream: Permission denied'],
    'socket-file-missing': ['unable to connect to unix://{path} (No such file or directory)'],
    'cert-name': ['Peer certificate CN={any} did not match expected CN={host}'],
    'tls-failed': ['SSL: Handshake timed out'],
    'answer-cut': ['SSL: Connection reset by peer'],
    'bad-address': ['Unable to find the wrapper', 'Unable to find the socket transport'],
    closed: ['Failed to open stream: HTTP request failed!  in'],
  },
  vague: {
    'connect-failed': ['stream_socket_client(): Unable to connect to {endpoint}', 'fsockopen(): Unable to connect to {endpoint}', 'Unable to connect to {endpoint} ('],
    'tls-failed': ['Failed to enable crypto', 'SSL operation failed with code'],
    'name-unresolved': ['php_network_getaddresses'],
    'connection-unspecified': ['Failed to open stream: HTTP request failed', 'Failed to open stream: operation failed'],
  },
  marks: [
    'PHP Warning:', 'PHP Fatal error:', 'file_get_contents({url})', 'GuzzleHttp', 'cURL error {number}: {any} for {url}', 'stream_socket_client()', 'fsockopen()', 'PDOException', 'php_network_getaddresses', 'Unable to connect to {endpoint} (', 'getaddrinfo for {host} failed', 'Warning: file_get_contents', 'Failed to open stream',
    'on line {number}', 'Composer\\Downloader', 'Illuminate\\',
  ],
};
