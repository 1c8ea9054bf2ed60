import type { MessageTable } from '../types.js';

/** `(111)` and the like after "Can't connect": the system's error number (perror); 115 is what MariaDB prints for a timeout. */
const mysqlNumbers = {
  refused: ['111', '61', '10061'],
  'connect-timeout': ['110', '115', '60', '10060'],
  'host-unreachable': ['113', '10065', '65'],
  'network-unreachable': ['101', '10051', '51'],
  'not-permitted': ['13', '10013'],
  'out-of-ports': ['99'],
  'connect-failed': ['2', '0'],
} as const;

const tcpMessages = Object.fromEntries(
  Object.entries(mysqlNumbers).map(([meaning, numbers]) => [
    meaning,
    numbers.flatMap((number) => [
      `Can't connect to MySQL server on {endpoint} (${number}`,
      `Can't connect to server on {endpoint} (${number}`,
      `Can't connect to MySQL server on {endpoint} ([Errno ${number}]`,
    ]),
  ]),
);

export const mysql: MessageTable = {
  from: 'mysql',
  layer: 'program',
  source: 'MySQL 5.7 to 9 and MariaDB: share/messages_to_clients.txt, errmsg.c; numbers are errno values (perror)',
  port: 3306,
  messages: {
    ...tcpMessages,
    'name-unresolved': ['Unknown MySQL server host {host}', 'Unknown server host {host}', 'ERROR 2005'],
    'socket-file-missing': [
      "Can't connect to local MySQL server through socket {path} (2",
      "Can't connect to local server through socket {path} (2",
      "Can't connect to MySQL server through socket {path} (2",
      'SQLSTATE[HY000] [2002] No such file or directory',
    ],
    'socket-file-refused': [
      "Can't connect to local MySQL server through socket {path} (111",
      "Can't connect to local server through socket {path} (111",
      "Can't connect to local MySQL server through socket {path} (61",
    ],
    'socket-file-forbidden': [
      "Can't connect to local MySQL server through socket {path} (13",
      "Can't connect to local server through socket {path} (13",
    ],
    'service-hung-up': [
      "Lost connection to MySQL server at 'reading initial communication packet'",
      "Lost connection to server at 'reading initial communication packet'",
      "Lost connection to MySQL server at 'handshake: reading initial communication packet'",
      "Lost connection to server at 'handshake: reading initial communication packet'",
      "Lost connection to MySQL server at 'reading authorization packet'",
    ],
    'service-silent': [
      "Lost connection to MySQL server at 'waiting for initial communication packet'",
      "Lost connection to server at 'waiting for initial communication packet'",
    ],
    'service-lost': [
      'Lost connection to MySQL server during query',
      'Lost connection to server during query',
      'MySQL server has gone away',
      'Server has gone away',
      'ERROR 2013',
      'ERROR 2006',
      'Connection lost: The server closed the connection',
    ],
    'service-full': [
      'ERROR 1040',
      'Too many connections',
      'ER_CON_COUNT_ERROR',
      'max_user_connections',
      'has exceeded the {any} resource',
    ],
    'service-refuses': [
      'is not allowed to connect to this MySQL server',
      'is not allowed to connect to this MariaDB server',
      'ERROR 1130',
      'ER_HOST_NOT_PRIVILEGED',
    ],
    'service-banned': ['is blocked because of many connection errors', 'ERROR 1129', 'ER_HOST_IS_BLOCKED'],
    'service-login': [
      'Access denied for user',
      'ERROR 1045',
      'ER_ACCESS_DENIED_ERROR',
      'Authentication plugin {any} cannot be loaded',
      'ERROR 1698',
      'ER_NOT_SUPPORTED_AUTH_MODE',
      'Public Key Retrieval is not allowed',
    ],
    'service-nothing-there': ['ERROR 1049', 'Unknown database', 'ER_BAD_DB_ERROR'],
    'service-needs-tls': [
      'Connections using insecure transport are prohibited',
      'SSL is required, but the server does not support it',
      "SSL connection error: SSL is required but the server doesn't support it",
      'ERROR 3159',
    ],
    'service-stopping': ['Server shutdown in progress', 'ERROR 1053'],
    'tls-failed': ['ERROR 2026', 'SSL connection error'],
    'tls-version': ['SSL connection error: unsupported protocol', 'SSL connection error: protocol version mismatch'],
    'service-other-protocol': ['Protocol mismatch; server version', 'Malformed communication packet'],
  },
  vague: {
    'connect-failed': [
      "Can't connect to MySQL server on {endpoint}",
      "Can't connect to server on {endpoint}",
      "Can't connect to local MySQL server through socket {path}",
      'ERROR 2002',
      'ERROR 2003',
      'Unable to connect to any of the specified MySQL hosts',
    ],
  },
  marks: [
    'mysqldump:',
    'mysql:',
    'mysqladmin:',
    'SQLSTATE[HY000] [2002]',
    'SQLSTATE[HY000] [{number}]',
    'pymysql.err',
    'MySQLdb',
    'mysqli',
  ],
};
