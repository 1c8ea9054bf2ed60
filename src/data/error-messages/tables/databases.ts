import type { MessageTable } from '../types.js';

export const libpq: MessageTable = {
  from: 'libpq',
  layer: 'program',
  source: 'PostgreSQL 9 to 17: libpq fe-connect.c and fe-secure*.c, server postmaster.c, auth.c, errcodes.txt (measured with psql 15); psycopg, PDO, Npgsql and pgjdbc pass them on',
  port: 5432,
  messages: {
    'name-unresolved': ['could not translate host name {host} to address: Name or service not known', 'could not translate host name {host} to address: Unknown host', 'could not translate host name {host} to address: nodename nor servname provided, or not known'],
    'name-lookup-fails': ['could not translate host name {host} to address: Temporary failure in name resolution'],
    'socket-file-missing': ['connection to server on socket {path} failed: No such file or directory', 'could not connect to server: No such file or directory Is the server running locally and accepting connections on Unix domain socket {path}'],
    'socket-file-refused': ['connection to server on socket {path} failed: Connection refused', 'could not connect to server: Connection refused Is the server running locally and accepting connections on Unix domain socket {path}'],
    'socket-file-forbidden': ['connection to server on socket {path} failed: Permission denied'],
    refused: [
      'could not connect to server: <Connection refused> Is the server running on host {host} ({any}) and accepting TCP/IP connections on port {port}?',
      'could not connect to server: <Connection refused> Is the server running on host {host} and accepting TCP/IP connections on port {port}?',
      'Connection to {endpoint} refused. Check that the hostname and port are correct and that the postmaster is accepting TCP/IP connections',
    ],
    'connect-timeout': [
      'could not connect to server: <Connection timed out> Is the server running on host {host} ({any}) and accepting TCP/IP connections on port {port}?', 'failed: timeout expired', 'timeout expired Is the server running',
      'psycopg2.OperationalError: timeout expired', 'ConnectionTimeout: connection timeout expired', 'connection timeout expired',
    ],
    'service-starting': ['the database system is starting up', 'the database system is not yet accepting connections', 'the database system is in recovery mode', '57P03', 'cannot_connect_now', 'Consistent recovery state has not been yet reached'],
    'service-stopping': ['the database system is shutting down', 'terminating connection due to administrator command', '57P01', 'terminating connection due to unexpected postmaster exit', 'admin_shutdown'],
    'service-full': [
      'sorry, too many clients already', 'remaining connection slots are reserved', 'too many connections for role', 'too many connections for database', 'SQLSTATE 53300', "code: '53300'", 'too_many_connections', 'no more connections allowed (max_client_conn)',
      'Max client connections reached', 'query_wait_timeout',
    ],
    'service-refuses': ['no pg_hba.conf entry for', 'no pg_hba.conf entry for replication connection', 'pg_hba.conf rejects connection for', 'pg_hba.conf rejects replication connection', 'invalid_authorization_specification', 'Tenant or user not found'],
    'service-login': [
      'password authentication failed for user', 'Peer authentication failed for user', 'Ident authentication failed for user', 'fe_sendauth: no password supplied', 'no password supplied', 'role {any} does not exist', 'role {any} is not permitted to log in', '28P01',
      'SCRAM authentication requires', 'client password must be a string',
    ],
    'service-nothing-there': ['FATAL: database {any} does not exist', 'database {any} does not exist', '3D000'],
    'service-lost': [
      'server closed the connection unexpectedly', 'SSL connection has been closed unexpectedly', 'SSL SYSCALL error: EOF detected', 'could not receive data from server: Connection reset by peer', 'terminating connection because of crash of another server process',
      'An I/O error occurred while sending to the backend', 'Connection terminated unexpectedly', 'connection to server was lost', 'could not send data to server: Broken pipe', 'terminating connection due to idle-session timeout',
      'terminating connection due to idle-in-transaction timeout', 'could not receive data from server: Connection timed out',
    ],
    'service-needs-tls': ['server does not support SSL, but SSL was required', 'The server does not support SSL connections', 'SSL is not enabled on the server', 'SSL connection is required', "server doesn't support GSSAPI encryption, but it was required"],
    'service-other-protocol': ['received invalid response to SSL negotiation', 'expected authentication request from server, but received', 'received invalid response to GSSAPI negotiation', 'unexpected response from server; first received character was', 'invalid length of startup packet', 'unsupported frontend protocol'],
    'cert-name': ['server certificate for {any} does not match host name {host}', 'server certificate for {any} (and {any}) does not match host name {host}'],
    'cert-store-missing': ['root certificate file {any} does not exist'],
    'client-certificate': ['connection requires a valid client certificate'],
    'bad-address': ['invalid port number:', 'invalid integer value {any} for connection option "port"', 'invalid URI query parameter', 'missing "=" after'],
  },
  vague: {
    'connect-failed': ['The connection attempt failed.', 'could not connect to server', 'connection to server at {host} ({any}), port {port} failed', 'connection to server at {host}, port {port} failed', 'SQLSTATE[08006]', 'SQLSTATE 08006', 'sqlclient_unable_to_establish_sqlconnection'],
    'name-unresolved': ['could not translate host name {host} to address'],
    'connection-unspecified': ['connection to server on socket {path} failed'],
  },
  marks: [
    'connection to server at {host} ({any}), port {port} failed:', 'connection to server at {host}, port {port} failed:', 'connection to server on socket {path} failed:', 'could not translate host name {host} to address:', 'psql: error:', 'psql:', 'psycopg2.OperationalError',
    'psycopg.OperationalError', 'PG::ConnectionBad', 'SQLSTATE[08006]', 'pg_isready', 'pq:', 'pgconn', 'Is the server running on host {host} ({any}) and accepting TCP/IP connections on port {port}', 'Is the server running on that host and accepting TCP/IP connections',
    'could not connect to server:', 'failed to connect to host={host} user={any} database={any}:', 'failed to connect to `host={host}', 'pg_dump: error:', 'FATAL: password authentication failed',
  ],
};

/** `(111)` and the like after "Can't connect": the system's error number (perror); 115 is what MariaDB prints for a timeout. */
const mysqlNumbers = {
  refused: ['111', '61', '10061'], 'connect-timeout': ['110', '115', '60', '10060'], 'host-unreachable': ['113', '10065', '65'], 'network-unreachable': ['101', '10051', '51'],
  'not-permitted': ['13', '10013'], 'out-of-ports': ['99'], 'connect-failed': ['2', '0'],
} as const;

const tcpMessages = Object.fromEntries(
  Object.entries(mysqlNumbers).map(([meaning, numbers]) => [
    meaning,
    numbers.flatMap((number) => [`Can't connect to MySQL server on {endpoint} (${number}`, `Can't connect to server on {endpoint} (${number}`, `Can't connect to MySQL server on {endpoint} ([Errno ${number}]`]),
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
    'socket-file-missing': ["Can't connect to local MySQL server through socket {path} (2", "Can't connect to local server through socket {path} (2", "Can't connect to MySQL server through socket {path} (2", 'SQLSTATE[HY000] [2002] No such file or directory'],
    'socket-file-refused': ["Can't connect to local MySQL server through socket {path} (111", "Can't connect to local server through socket {path} (111", "Can't connect to local MySQL server through socket {path} (61"],
    'socket-file-forbidden': ["Can't connect to local MySQL server through socket {path} (13", "Can't connect to local server through socket {path} (13"],
    'service-hung-up': [
      "Lost connection to MySQL server at 'reading initial communication packet'", "Lost connection to server at 'reading initial communication packet'", "Lost connection to MySQL server at 'handshake: reading initial communication packet'",
      "Lost connection to server at 'handshake: reading initial communication packet'", "Lost connection to MySQL server at 'reading authorization packet'",
    ],
    'service-silent': ["Lost connection to MySQL server at 'waiting for initial communication packet'", "Lost connection to server at 'waiting for initial communication packet'"],
    'service-lost': ['Lost connection to MySQL server during query', 'Lost connection to server during query', 'MySQL server has gone away', 'Server has gone away', 'ERROR 2013', 'ERROR 2006', 'Connection lost: The server closed the connection'],
    'service-full': ['ERROR 1040', 'Too many connections', 'ER_CON_COUNT_ERROR', 'max_user_connections', 'has exceeded the {any} resource'],
    'service-refuses': ['is not allowed to connect to this MySQL server', 'is not allowed to connect to this MariaDB server', 'ERROR 1130', 'ER_HOST_NOT_PRIVILEGED'],
    'service-banned': ['is blocked because of many connection errors', 'ERROR 1129', 'ER_HOST_IS_BLOCKED'],
    'service-login': ['Access denied for user', 'ERROR 1045', 'ER_ACCESS_DENIED_ERROR', 'Authentication plugin {any} cannot be loaded', 'ERROR 1698', 'ER_NOT_SUPPORTED_AUTH_MODE', 'Public Key Retrieval is not allowed'],
    'service-nothing-there': ['ERROR 1049', 'Unknown database', 'ER_BAD_DB_ERROR'],
    'service-needs-tls': ['Connections using insecure transport are prohibited', 'SSL is required, but the server does not support it', 'SSL connection error: SSL is required but the server doesn\'t support it', 'ERROR 3159'],
    'service-stopping': ['Server shutdown in progress', 'ERROR 1053'],
    'tls-failed': ['ERROR 2026', 'SSL connection error'],
    'tls-version': ['SSL connection error: unsupported protocol', 'SSL connection error: protocol version mismatch'],
    'service-other-protocol': ['Protocol mismatch; server version', 'Malformed communication packet'],
  },
  vague: {
    'connect-failed': [
      "Can't connect to MySQL server on {endpoint}", "Can't connect to server on {endpoint}", "Can't connect to local MySQL server through socket {path}", 'ERROR 2002', 'ERROR 2003', 'Unable to connect to any of the specified MySQL hosts',
      'Communications link failure', 'The last packet sent successfully to the server was 0 milliseconds ago',
    ],
  },
  marks: ['mysqldump:', 'mysql:', 'mysqladmin:', 'SQLSTATE[HY000] [2002]', 'SQLSTATE[HY000] [{number}]', 'pymysql.err', 'MySQLdb', 'mysqli'],
};

export const redis: MessageTable = {
  from: 'redis',
  layer: 'program',
  source: 'Redis 7 and Valkey: networking.c, server.c, redis-cli.c; redis-py, ioredis, Jedis, Lettuce',
  port: 6379,
  messages: {
    'service-starting': ['LOADING Redis is loading the dataset in memory', 'Redis is loading the dataset in memory', 'LOADING Valkey is loading the dataset in memory', 'BusyLoadingError'],
    'service-refuses': ['DENIED Redis is running in protected mode', 'Redis is running in protected mode', 'running in protected mode because protected mode is enabled'],
    'service-full': ['max number of clients reached'],
    'service-login': ['NOAUTH Authentication required', 'WRONGPASS invalid username-password pair', 'invalid username-password pair or user is disabled', 'ERR invalid password', 'NOPERM', 'Client sent AUTH, but no password is set'],
    'service-lost': ['Error: Server closed the connection', 'Connection closed by server', 'Error while reading from socket', 'Unexpected end of stream'],
    'service-other-protocol': ['Protocol error, got {any} as reply type byte'],
    'timed-out': ['Timeout connecting to server', 'redis.exceptions.TimeoutError: Timeout reading from', 'Command timed out after'],
    refused: ['Error {number} connecting to {endpoint}. <Connection refused>', 'Redis connection to {endpoint} failed - connect <ECONNREFUSED> {endpoint}'],
    'name-unresolved': ['Error {number} connecting to {endpoint}. <Name or service not known>', 'Error {number} connecting to {endpoint}. <nodename nor servname provided, or not known>', 'Failed to connect to any host resolved for DNS name'],
    'name-lookup-fails': ['Error {number} connecting to {endpoint}. <Temporary failure in name resolution>'],
    'connect-timeout': ['Error {number} connecting to {endpoint}. <Connection timed out>'],
  },
  vague: {
    'connect-failed': ['Could not connect to Redis at {endpoint}', 'Error {number} connecting to {endpoint}', 'Unable to connect to {endpoint}', 'Could not get a resource from the pool', 'It was not possible to connect to the redis server(s)', 'Cannot get Jedis connection'],
  },
  marks: ['Could not connect to Redis at {endpoint}:', 'Redis connection to {endpoint} failed', 'redis.exceptions', 'redis-cli', 'Unable to connect to {endpoint}'],
};

export const mongodb: MessageTable = {
  from: 'mongodb',
  // A driver inside another language's program: that language's own message goes first.
  layer: 'runtime',
  source: 'MongoDB Node driver (MongoServerSelectionError), pymongo (ServerSelectionTimeoutError), mongosh, Java driver',
  port: 27017,
  messages: {
    'service-login': ['MongoServerError: Authentication failed', 'bad auth : Authentication failed', 'MongoServerError: bad auth', 'command {any} requires authentication'],
    'service-hung-up': ['MongoNetworkError: connection {number} to {endpoint} closed', 'connection {number} to {endpoint} closed'],
  },
  vague: {
    'timed-out': ['Server selection timed out after {number} ms', 'No servers found yet', 'Timed out after {number} ms while waiting to connect', 'No replica set members match selector', 'Could not connect to any servers in your MongoDB Atlas cluster'],
  },
  marks: [
    'MongoServerSelectionError', 'MongoNetworkError', 'MongooseServerSelectionError', 'ServerSelectionTimeoutError: {endpoint}: [Errno', 'ServerSelectionTimeoutError', 'pymongo.errors', 'mongosh', 'querySrv {any} _mongodb._tcp.{host}',
    'MongoTimeoutError',
  ],
};

export const smtp: MessageTable = {
  from: 'smtp',
  layer: 'program',
  source: 'RFC 5321 and RFC 3463 replies as Postfix, Exim and large providers word them',
  port: 25,
  messages: {
    'service-refuses': ['554 5.7.1', '550 5.7.1', '554 5.7.0', 'Relay access denied', '550 5.7.26', '553 5.7.1', 'relaying denied', '521 5.2.1'],
    'service-banned': ['Client host {any} blocked using', 'Service unavailable; Client host', '554 5.7.1 Service unavailable; Client host'],
    'service-full': ['421 4.7.0 Too many connections', '421 Too many concurrent SMTP connections', 'too many connections from your host', '421 4.3.2'],
    'service-login': ['535 5.7.8', '535 5.7.3', '535 Authentication credentials invalid', 'Username and Password not accepted', '535 Incorrect authentication data'],
    'service-needs-tls': ['530 5.7.0 Must issue a STARTTLS command first', 'Must issue a STARTTLS command first', '530 5.7.1 Authentication required'],
    'service-starting': ['421 Service not available', '451 4.7.1 Greylisting', 'Greylisted'],
  },
  marks: ['SMTPException', 'smtplib', 'SMTP Error:', 'SMTP connect() failed', 'postfix/smtp', 'SMTP -> ERROR'],
};
