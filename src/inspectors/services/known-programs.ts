/** Programs that serve, with what ties them to a port: their own documentation and Debian's packages. */
export interface KnownProgram {
  readonly name: string;
  /** Names of the process (comm, at most 15 bytes). */
  readonly processes: readonly string[];
  /** Units that run it; `*` for instances. */
  readonly units: readonly string[];
  /** Where it listens when its settings do not say. */
  readonly ports: readonly number[];
  readonly sockets?: readonly string[];
  /** Settings; `*` is a name of any kind within one directory. */
  readonly settings: readonly string[];
  /** Each finds one place in the settings: a port or a path. */
  readonly listens: readonly RegExp[];
  /** The log's file, or the directory of its files. */
  readonly log?: RegExp;
  readonly logs: readonly string[];
  readonly pid?: RegExp;
  readonly pids: readonly string[];
}

export const knownPrograms: readonly KnownProgram[] = [
  {
    name: 'PostgreSQL',
    processes: ['postgres'],
    units: ['postgresql@*.service', 'postgresql.service'],
    ports: [5432],
    sockets: ['/var/run/postgresql/.s.PGSQL.5432', '/run/postgresql/.s.PGSQL.5432', '/tmp/.s.PGSQL.5432'],
    settings: ['/etc/postgresql/*/*/postgresql.conf', '/var/lib/pgsql/data/postgresql.conf'],
    listens: [/^[ \t]*port[ \t]*=[ \t]*(\d{1,5})/m],
    log: /^[ \t]*log_directory[ \t]*=[ \t]*'(\/[^'\n]+)'/m,
    logs: ['/var/log/postgresql/*.log'],
    pid: /^[ \t]*external_pid_file[ \t]*=[ \t]*'([^'\n]+)'/m,
    pids: [],
  },
  {
    name: 'Redis',
    processes: ['redis-server', 'valkey-server'],
    units: ['redis-server.service', 'redis.service', 'valkey-server.service', 'redis-server@*.service'],
    ports: [6379],
    settings: ['/etc/redis/redis.conf', '/etc/redis/*.conf', '/etc/redis.conf', '/etc/valkey/valkey.conf'],
    listens: [/^[ \t]*port[ \t]+(\d{1,5})/m, /^[ \t]*unixsocket[ \t]+"?([^\s"]+)/m],
    log: /^[ \t]*logfile[ \t]+"?([^\s"]+)/m,
    logs: ['/var/log/redis/redis-server.log'],
    pid: /^[ \t]*pidfile[ \t]+"?([^\s"]+)/m,
    pids: ['/run/redis/redis-server.pid'],
  },
  {
    name: 'nginx',
    processes: ['nginx'],
    units: ['nginx.service'],
    ports: [80, 443],
    settings: ['/etc/nginx/nginx.conf', '/etc/nginx/sites-enabled/*', '/etc/nginx/conf.d/*.conf'],
    listens: [/^[^#\n]*\blisten[ \t]+(?:[^;\s]*:)?(\d{1,5})\b[^;\n]*;/m, /^[^#\n]*\blisten[ \t]+unix:([^;\s]+)/m],
    log: /^[ \t]*error_log[ \t]+(\/[^;\s]+)/m,
    logs: ['/var/log/nginx/error.log'],
    pid: /^[ \t]*pid[ \t]+(\/[^;\s]+)/m,
    pids: ['/run/nginx.pid'],
  },
  {
    name: 'OpenSSH',
    processes: ['sshd'],
    units: ['ssh.service', 'sshd.service', 'ssh.socket'],
    ports: [22],
    settings: ['/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d/*.conf'],
    listens: [/^[ \t]*Port[ \t]+(\d{1,5})/im, /^[ \t]*ListenAddress[ \t]+\S+:(\d{1,5})[ \t]*$/im],
    logs: ['/var/log/auth.log', '/var/log/secure'],
    pid: /^[ \t]*PidFile[ \t]+(\/\S+)/im,
    pids: ['/run/sshd.pid'],
  },
  {
    name: 'NATS',
    processes: ['nats-server'],
    units: ['nats-server.service', 'nats.service'],
    ports: [4222],
    settings: ['/etc/nats-server.conf', '/etc/nats/nats-server.conf', '/etc/nats/*.conf'],
    listens: [/^[ \t]*port[ \t]*[:=]?[ \t]*(\d{1,5})/m, /^[ \t]*listen[ \t]*[:=]?[ \t]*"?(?:[^\s"]*:)?(\d{1,5})/m],
    log: /^[ \t]*log_file[ \t]*[:=]?[ \t]*["']?([^\s"']+)/m,
    logs: ['/var/log/nats-server.log'],
    pid: /^[ \t]*pid_file[ \t]*[:=]?[ \t]*["']?([^\s"']+)/m,
    pids: [],
  },
  {
    name: 'MySQL',
    processes: ['mysqld', 'mariadbd'],
    units: ['mariadb.service', 'mysql.service', 'mysqld.service'],
    ports: [3306],
    sockets: ['/run/mysqld/mysqld.sock', '/var/run/mysqld/mysqld.sock'],
    settings: ['/etc/mysql/my.cnf', '/etc/mysql/*/*.cnf', '/etc/my.cnf'],
    listens: [/^[ \t]*port[ \t]*=[ \t]*(\d{1,5})/m, /^[ \t]*socket[ \t]*=[ \t]*(\/\S+)/m],
    log: /^[ \t]*log[_-]error[ \t]*=[ \t]*(\/\S+)/m,
    logs: ['/var/log/mysql/error.log'],
    pid: /^[ \t]*pid[_-]file[ \t]*=[ \t]*(\/\S+)/m,
    pids: ['/run/mysqld/mysqld.pid'],
  },
  {
    name: 'Apache',
    processes: ['apache2', 'httpd'],
    units: ['apache2.service', 'httpd.service'],
    ports: [80, 443],
    settings: ['/etc/apache2/ports.conf', '/etc/apache2/sites-enabled/*', '/etc/httpd/conf/httpd.conf'],
    listens: [/^[ \t]*Listen[ \t]+(?:\S+:)?(\d{1,5})/im],
    logs: ['/var/log/apache2/error.log', '/var/log/httpd/error_log'],
    pids: ['/run/apache2/apache2.pid', '/run/httpd/httpd.pid'],
  },
  {
    name: 'Memcached',
    processes: ['memcached'],
    units: ['memcached.service'],
    ports: [11211],
    settings: ['/etc/memcached.conf'],
    listens: [/^-p[ \t]+(\d{1,5})/m, /^-s[ \t]+(\/\S+)/m],
    log: /^[ \t]*logfile[ \t]+(\/\S+)/m,
    logs: [],
    pids: ['/run/memcached/memcached.pid'],
  },
  {
    name: 'MongoDB',
    processes: ['mongod'],
    units: ['mongod.service', 'mongodb.service'],
    ports: [27017],
    sockets: ['/tmp/mongodb-27017.sock'],
    settings: ['/etc/mongod.conf', '/etc/mongodb.conf'],
    listens: [/^[ \t]*port[ \t]*[:=][ \t]*(\d{1,5})/m],
    log: /^[ \t]*(?:log)?path[ \t]*[:=][ \t]*(\/\S+)/m,
    logs: ['/var/log/mongodb/mongod.log'],
    pids: [],
  },
  {
    name: 'RabbitMQ',
    processes: ['beam.smp'],
    units: ['rabbitmq-server.service'],
    ports: [5672],
    settings: ['/etc/rabbitmq/rabbitmq.conf'],
    listens: [/^[ \t]*listeners\.tcp\.\w+[ \t]*=[ \t]*(?:\S+:)?(\d{1,5})/m],
    logs: ['/var/log/rabbitmq/*.log'],
    pids: [],
  },
  {
    name: 'OpenLDAP',
    processes: ['slapd'],
    units: ['slapd.service'],
    ports: [389, 636],
    settings: ['/etc/default/slapd', '/etc/ldap/slapd.conf'],
    listens: [],
    logs: [],
    pids: ['/run/slapd/slapd.pid'],
  },
  {
    name: 'Docker',
    processes: ['dockerd'],
    units: ['docker.service', 'docker.socket'],
    ports: [2375, 2376],
    sockets: ['/var/run/docker.sock', '/run/docker.sock'],
    settings: ['/etc/docker/daemon.json'],
    listens: [/"unix:\/\/(\/[^"]+)"/, /"tcp:\/\/[^":]*:(\d{1,5})"/],
    logs: [],
    pids: ['/run/docker.pid', '/var/run/docker.pid'],
  },
];
