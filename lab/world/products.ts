// Steps that run real server programs of Debian's, in the states that scenarios need.
import { readFileSync } from 'node:fs';
import { type DaemonStep, nft, type Step } from './steps.js';
import type { Machine } from './topology.js';

/** Where the program's settings and traces are, so that the command finds them on the device as on any computer. */
type Options = Partial<Pick<DaemonStep, 'endBy' | 'openFiles' | 'memory' | 'ready' | 'prepare'>>;

export function redis(on: Machine, settings: readonly string[] = [], options: Options = {}): DaemonStep {
  const port = /^port (\d+)/m.exec(settings.join('\n'))?.[1] ?? '6379';
  const usual = [
    'bind 0.0.0.0 ::',
    'protected-mode no',
    'dir {dir}',
    'logfile {dir}/redis.log',
    'pidfile {dir}/redis.pid',
    'save ""',
    'enable-debug-command yes',
  ];
  return {
    do: 'daemon',
    on,
    user: 'redis',
    files: { '{etc}/redis/redis.conf': `${[...usual, ...settings].join('\n')}\n` },
    line: ['redis-server', '{etc}/redis/redis.conf'],
    ready: { listens: Number(port) },
    ...options,
  };
}

export interface PostgresOptions extends Options {
  readonly settings?: readonly string[];
  readonly hba?: readonly string[];
}

const everybody = ['local all all trust', 'host all all 0.0.0.0/0 trust', 'host all all ::/0 trust'];

/** A cluster of its own, with Debian's layout of settings. It says "listening on" before it takes anybody. */
export function postgres(
  on: Machine,
  { settings = [], hba = everybody, ...options }: PostgresOptions = {},
): DaemonStep {
  const usual = [
    "data_directory = '{dir}/data'",
    "hba_file = '{etc}/postgresql/15/main/pg_hba.conf'",
    "external_pid_file = '{dir}/main.pid'",
    "listen_addresses = '*'",
    ...(settings.some((line) => line.startsWith('port')) ? [] : ['port = 5432']),
    "unix_socket_directories = '{dir}'",
    // As Debian's pg_ctlcluster has it: what the server says goes into a file from the first word on.
    "log_directory = '{dir}/log'",
    'fsync = off',
  ];
  return {
    do: 'daemon',
    on,
    user: 'postgres',
    files: {
      '{etc}/postgresql/15/main/postgresql.conf': `${[...usual, ...settings].join('\n')}\n`,
      '{etc}/postgresql/15/main/pg_hba.conf': `${hba.join('\n')}\n`,
    },
    prepare: [
      [
        '{postgres}/initdb',
        '-D',
        '{dir}/data',
        '--no-sync',
        '-A',
        'trust',
        '--no-instructions',
        '--locale=C',
        '-E',
        'UTF8',
      ],
      ...(options.prepare ?? []),
    ],
    line: [
      'sh',
      '-c',
      'mkdir -p "$0" && exec "$@" 2>> "$0/main.log"',
      '{dir}/log',
      '{postgres}/postgres',
      '-D',
      '{dir}/data',
      '-c',
      'config_file={etc}/postgresql/15/main/postgresql.conf',
    ],
    ready: options.ready ?? { file: '{dir}/main.pid' },
    ...(options.endBy === undefined ? {} : { endBy: options.endBy }),
  };
}

export interface NginxOptions extends Options {
  /** Settings outside of `http`. */
  readonly main?: readonly string[];
}

export function nginx(
  on: Machine,
  server: readonly string[],
  { main = [], ...options }: NginxOptions = {},
): DaemonStep {
  const port = /listen (?:\S+:)?(\d+)/.exec(server.join('\n'))?.[1] ?? '80';
  const config = [
    'daemon off;',
    'worker_processes 1;',
    'user www-data;',
    ...main,
    'pid {dir}/nginx.pid;',
    'error_log {dir}/error.log;',
    'events { worker_connections 64; }',
    'http {',
    'access_log off;',
    'client_body_temp_path {dir}/body; proxy_temp_path {dir}/proxy; fastcgi_temp_path {dir}/f; uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;',
    'server {',
    ...server,
    '}',
    '}',
  ];
  return {
    do: 'daemon',
    on,
    files: { '{etc}/nginx/nginx.conf': `${config.join('\n')}\n` },
    line: ['nginx', '-c', '{etc}/nginx/nginx.conf', '-e', '{dir}/error.log'],
    ready: { listens: Number(port) },
    ...options,
  };
}

export function sshd(on: Machine, settings: readonly string[] = [], options: Options = {}): DaemonStep {
  const usual = ['Port 22', 'HostKey {dir}/key', 'PidFile {dir}/sshd.pid', 'UsePAM no', 'StrictModes no'];
  return {
    do: 'daemon',
    on,
    files: { '{etc}/ssh/sshd_config': `${[...settings, ...usual].join('\n')}\n` },
    prepare: [
      ['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '{dir}/key'],
      ['mkdir', '-p', '/run/sshd'],
    ],
    line: ['/usr/sbin/sshd', '-D', '-e', '-f', '{etc}/ssh/sshd_config'],
    ready: { listens: 22 },
    ...options,
  };
}

export function nats(on: Machine, settings: readonly string[] = [], options: Options = {}): DaemonStep {
  const usual = ['port: 4222', 'log_file: "{dir}/nats.log"', 'pid_file: "{dir}/nats.pid"'];
  return {
    do: 'daemon',
    on,
    user: 'nobody',
    files: { '{etc}/nats/nats-server.conf': `${[...usual, ...settings].join('\n')}\n` },
    line: ['nats-server', '-c', '{etc}/nats/nats-server.conf'],
    ready: { listens: 4222 },
    ...options,
  };
}

/** What the device's programs see of its files, and a directory of the world's own where nscd has its socket. */
const seen =
  'for f in resolv.conf hosts nsswitch.conf; do mount --bind "$0/$f" /etc/$f; done; mount --bind "$1" /run/nscd; shift; exec "$@"';

/** glibc's name cache on the device, asked once for each of these names. It keeps what it hears for an hour. */
export function nscd(names: readonly string[]): Step[] {
  const inside = ['unshare', '-m', 'sh', '-c', seen, '{etc}', '{world}/nscd'] as const;
  const settings = [
    'enable-cache hosts yes',
    'positive-time-to-live hosts 3600',
    'negative-time-to-live hosts 20',
    'check-files hosts no',
    'persistent hosts no',
    'shared hosts no',
    'max-db-size hosts 33554432',
    'suggested-size hosts 211',
    ...['passwd', 'group', 'services', 'netgroup'].map((other) => `enable-cache ${other} no`),
  ];
  return [
    {
      do: 'daemon',
      on: 'device',
      files: { '{etc}/nscd.conf': `${settings.join('\n')}\n` },
      prepare: [['mkdir', '-p', '{world}/nscd']],
      line: [...inside, 'nscd', '-F', '-f', '{etc}/nscd.conf'],
      ready: { file: '{world}/nscd/socket' },
    },
    ...names.map((name): Step => ({ do: 'run', on: 'device', line: [...inside, 'getent', 'ahosts', name] })),
  ];
}

/** Connections that somebody else holds open; each sends these bytes first, in hexadecimal. */
export function hold(on: Machine, address: string, port: number, connections: number, hex = ''): DaemonStep {
  return node(on, holder, [address, String(port), String(connections), hex], { says: 'holding' });
}

/** The same on a unix socket. */
export function holdSocket(on: Machine, path: string, connections: number): DaemonStep {
  return node(on, holder, [path, '0', String(connections), ''], { says: 'holding' });
}

/** A port, or the path of a unix socket, on which a program listens that hangs: connections wait in its queue. */
export function hanging(on: Machine, place: string, queue: number, more: Partial<DaemonStep> = {}): DaemonStep {
  return { ...listening(on, place, queue), endBy: 'SIGSTOP', ...more };
}

/** A program that listens there and says nothing. */
export function listening(on: Machine, place: string, queue = 16, more: Partial<DaemonStep> = {}): DaemonStep {
  return { ...node(on, listener, [place, String(queue)], { says: 'listening' }), ...more };
}

/** Opens connections for ever whose answers never come: the other end has them half open. */
export function flood(on: Machine, address: string, port: number): Step[] {
  return [
    nft(
      on,
      `table inet lab_flood {\n chain in {\n  type filter hook input priority 0\n  ip saddr ${address} tcp sport ${port} drop\n }\n}\n`,
    ),
    node(on, flooder, [address, String(port)], { says: 'flooding' }),
  ];
}

/** Fills the table of connections with ones that are in use (assured): those may not be forgotten for others. */
export function conntrackFull(on: Machine): Step[] {
  const count = Number(readFileSync('/proc/sys/net/netfilter/nf_conntrack_max', 'latin1'));
  return [
    {
      do: 'daemon',
      on,
      prepare: [[process.execPath, '-e', entries, '--', '{dir}/entries', String(count)]],
      line: ['conntrack', '-R', '{dir}/entries'],
      ready: 'ended',
    },
  ];
}

function node(on: Machine, script: string, args: readonly string[], ready: DaemonStep['ready']): DaemonStep {
  return { do: 'daemon', on, line: [process.execPath, '-e', script, '--', ...args], ready };
}

const flooder = `
const net = require('node:net');
const [host, port] = process.argv.slice(1);
const open = [];
setInterval(() => {
  const socket = net.connect({ host, port: Number(port) });
  socket.on('error', () => undefined);
  if (open.push(socket) > 200) open.shift().destroy();
  if (open.length === 40) console.log('flooding');
}, 10);
process.stdin.resume();
process.stdin.on('end', () => process.exit());
`;

const holder = `
const net = require('node:net');
const [address, port, count, hex] = process.argv.slice(1);
let open = 0;
for (let i = 0; i < Number(count); i++) {
  const socket = net.connect(address.startsWith('/') ? { path: address } : { port: Number(port), host: address }, () => {
    if (hex) socket.write(Buffer.from(hex, 'hex'));
    if (++open === Number(count)) setTimeout(() => console.log('holding'), 150);
  });
  socket.on('error', () => undefined);
  socket.resume();
}
process.stdin.resume();
process.stdin.on('end', () => process.exit());
`;

/** Lines that `conntrack -R` takes: connections that go on for an hour. */
const entries = `
const [file, count] = process.argv.slice(1);
const lines = Array.from({ length: Number(count) }, (_, i) => {
  const [port, host] = [1 + (i % 65000), 1 + Math.floor(i / 65000)];
  return '-A -u ASSURED,SEEN_REPLY -s 192.0.2.1 -d 203.0.113.' + host + ' -p tcp --sport ' + port + ' --dport 80' +
    ' --state ESTABLISHED -t 3600 -r 203.0.113.' + host + ' -q 192.0.2.1 --reply-port-src 80 --reply-port-dst ' + port;
});
require('node:fs').writeFileSync(file, lines.join('\\n') + '\\n');
`;

const listener = `
const net = require('node:net');
const [place, queue] = process.argv.slice(1);
const [, host, port] = /^(.*):(\\d+)$/.exec(place) ?? [];
const where = place.startsWith('/') ? { path: place } : { host, port: Number(port) };
const server = net.createServer((socket) => socket.on('error', () => undefined).resume());
server.listen({ ...where, backlog: Number(queue) }, () => console.log('listening'));
process.stdin.resume();
process.stdin.on('end', () => process.exit());
`;
