// The real fail2ban with settings and a socket of its own, and a jail that bans whom it is told to ban.
import type { DaemonStep, Step } from './steps.js';
import type { Machine } from './topology.js';

const configuration = '{etc}/fail2ban';

const settings = `[Definition]
loglevel = INFO
logtarget = {dir}/fail2ban.log
syslogsocket = auto
socket = {dir}/fail2ban.sock
pidfile = {etc}/fail2ban/fail2ban.pid
dbfile = {dir}/fail2ban.sqlite3
dbpurgeage = 1d
dbmaxmatches = 10
allowipv6 = auto
[DEFAULT]
`;

/** `bantime` as fail2ban writes it: `10m`, or -1 for ever. */
export function fail2ban(
  on: Machine,
  {
    jail,
    port,
    ban,
    bantime = '10m',
    endBy,
  }: {
    jail: string;
    port: string;
    ban: readonly string[];
    bantime?: string;
    /** Sent when the bans are made: its rules stay. */
    endBy?: 'SIGKILL';
  },
): Step[] {
  const jails = `[DEFAULT]
backend = polling
[${jail}]
enabled = true
filter =
logpath = {dir}/service.log
failregex = ^refused <HOST>$
maxretry = 1
bantime = ${bantime}
action = nftables-multiport[name=${jail}, port="${port}", protocol="tcp"]
`;
  const server: DaemonStep = {
    do: 'daemon',
    on,
    files: {
      [`${configuration}/fail2ban.conf`]: settings,
      [`${configuration}/jail.conf`]: jails,
      '{dir}/service.log': '',
    },
    prepare: [['cp', '-r', '/etc/fail2ban/action.d', '/etc/fail2ban/filter.d', configuration]],
    line: ['fail2ban-server', '-c', configuration, '-f'],
    ready: { says: 'Server ready' },
  };
  const client = ['fail2ban-client', '-c', configuration] as const;
  return [
    server,
    { do: 'run', on, line: [...client, 'set', jail, 'banip', ...ban] },
    // The ban itself is carried out by a thread of its own.
    {
      do: 'run',
      on,
      line: [
        'sh',
        '-c',
        'for i in $(seq 100); do nft list set inet f2b-table "addr-set-$0" 2>/dev/null | grep -q elements && exit; sleep 0.05; done; exit 1',
        jail,
      ],
    },
    ...(endBy === undefined
      ? []
      : [{ do: 'run', on, line: ['sh', '-c', 'kill -9 "$(cat "$0/fail2ban.pid")"', configuration] } satisfies Step]),
  ];
}
