/** Schemes that lead to a server, with their ports (IANA service names; the vendors' documentation for databases). */
export const schemePorts: Readonly<Record<string, number | null>> = {
  http: 80, https: 443, ws: 80, wss: 443, ftp: 21, ftps: 990, sftp: 22, ssh: 22, scp: 22, git: 9418, 'git+ssh': 22, 'git+https': 443, rsync: 873, svn: 3690,
  smtp: 25, smtps: 465, imap: 143, imaps: 993, pop3: 110, pop3s: 995, ldap: 389, ldaps: 636, mqtt: 1883, mqtts: 8883, telnet: 23, rtsp: 554, dns: 53,
  postgres: 5432, postgresql: 5432, mysql: 3306, mariadb: 3306, redis: 6379, rediss: 6379, valkey: 6379, memcached: 11211, nats: 4222, tls: 4222, amqp: 5672, amqps: 5671, kafka: 9092,
  mongodb: 27017, 'mongodb+srv': null, sqlserver: 1433, mssql: 1433, oracle: 1521, clickhouse: 8123, neo4j: 7687, bolt: 7687, cassandra: 9042, elasticsearch: 9200,
  tcp: null, udp: null, grpc: null, unix: null, npipe: null,
};

/** Where programs send people to read on. Such an address is never what could not be reached. */
export const helpLinks: readonly string[] = [
  'curl.se/docs', 'curl.haxx.se/docs', 'docs.npmjs.com', 'aka.ms', 'go.microsoft.com', 'docs.microsoft.com', 'learn.microsoft.com', 'support.google.com', 'support.mozilla.org', 'developer.mozilla.org',
  'docs.docker.com', 'www.docker.com/increase-rate-limit', 'urllib3.readthedocs.io', 'requests.readthedocs.io', 'docs.python.org', 'pip.pypa.io', 'docs.sqlalchemy.org', 'sqlalche.me', 'errors.pydantic.dev', 'help.github.com', 'docs.github.com', 'git-scm.com', 'nodejs.org', 'react.dev',
  'reactjs.org', 'support.apple.com', 'bugs.python.org', 'bugs.debian.org', 'cwiki.apache.org', 'maven.apache.org/guides', 'docs.mongodb.com', 'www.mongodb.com/docs', 'dev.mysql.com', 'www.postgresql.org/docs', 'stackoverflow.com', 'kubernetes.io/docs', 'www.openssh.com', 'wiki.debian.org', 'wiki.archlinux.org', 'errors.edgesuite.net',
  'dochub.mongodb.org', 'mongoosejs.com', 'redis.io/docs', 'pris.ly', 'vitejs.dev', 'getcomposer.org/doc', 'playwright.dev', 'axios-http.com',
];

/** Endings that make `name.ending:12` a place in a source file and no server. */
export const fileEndings: readonly string[] = [
  'js', 'mjs', 'cjs', 'ts', 'mts', 'cts', 'tsx', 'jsx', 'go', 'py', 'pyc', 'pyx', 'rb', 'rs', 'java', 'kt', 'scala', 'cs', 'vb', 'fs', 'php', 'c', 'cc', 'cpp', 'cxx', 'h', 'hpp', 'swift', 'm', 'mm', 'lua', 'pl', 'pm', 'sh', 'ps1', 'bat', 'vue', 'svelte',
  'html', 'htm', 'css', 'scss', 'json', 'xml', 'yml', 'yaml', 'toml', 'md', 'txt', 'log', 'conf', 'cfg', 'ini', 'sql', 'exe', 'dll', 'so', 'lock', 'gradle', 'ex', 'exs', 'erl', 'dart', 'zig',
];

/** Words that stand where a host name could stand but are none ("Failed to connect to the server"). */
export const notHosts: readonly string[] = [
  'the', 'a', 'an', 'this', 'that', 'your', 'my', 'our', 'its', 'their', 'any', 'some', 'all', 'one', 'server', 'host', 'hostname', 'address', 'remote', 'database', 'db-server', 'it', 'to', 'from', 'on', 'at', 'of', 'for', 'is', 'was', 'port', 'proxy',
  'service', 'api', 'backend', 'upstream', 'server.', 'der', 'die', 'das', 'le', 'la', 'el', 'un', 'une', 'null', 'undefined', 'none', 'nil', 'unknown', 'not', 'no', 'and', 'or', 'with', 'dependency', 'module', 'tcp', 'udp', 'http', 'https', 'url', 'name', 'failed', 'error', 'timeout', 'after', 'because', 'device', 'network', 'internet', 'docker', 'registry',
];
