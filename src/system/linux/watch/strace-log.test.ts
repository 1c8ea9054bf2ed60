import { expect, it } from 'vitest';
import { StraceLog } from './strace-log.js';

function read(...lines: string[]): StraceLog {
  const log = new StraceLog();
  log.feed(`${lines.join('\n')}\n`, 1);
  return log;
}

const tcp = 'socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 5<socket:[71]>';
const to = (result: string): string =>
  `connect(5<socket:[71]>, {sa_family=AF_INET, sin_port=htons(81), sin_addr=inet_addr("198.51.100.10")}, 16) = ${result}`;

it('takes the outcome from where the program asks for it', () => {
  const log = read(
    `17 ${tcp}`,
    `17 ${to('-1 EINPROGRESS (Operation now in progress)')}`,
    '17 getsockopt(5<socket:[71]>, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]) = 0',
  );
  expect(log.connections).toEqual([
    {
      address: '198.51.100.10',
      port: 81,
      outcome: { operation: 'connect', code: 'refused', raw: 'ECONNREFUSED' },
      synchronous: false,
      began: 1,
      heard: 1,
    },
  ]);
});

it('knows what the system refuses at once from what comes back later', () => {
  expect(read(`17 ${to('-1 EPERM (Operation not permitted)')}`).connections[0]).toMatchObject({
    outcome: { code: 'not-permitted' },
    synchronous: true,
  });
  const later = read(
    `17 connect(5<socket:[71]>, {sa_family=AF_INET, sin_port=htons(81), sin_addr=inet_addr("198.51.100.10")}, 16 <unfinished ...>`,
    '18 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 6<socket:[72]>',
    '17 <... connect resumed>)             = -1 EHOSTUNREACH (No route to host)',
  );
  expect(later.connections).toMatchObject([{ outcome: { code: 'host-unreachable' }, synchronous: false }]);
});

it('counts a connection once that is asked for again, and sees it open', () => {
  const log = read(
    `17 ${to('-1 EINPROGRESS (Operation now in progress)')}`,
    `17 ${to('-1 EALREADY (Operation already in progress)')}`,
    `17 ${to('0')}`,
  );
  expect(log.connections).toMatchObject([{ outcome: 'connected' }]);
});

it('reads IPv6, and IPv4 inside of it', () => {
  const six = (address: string): string =>
    `9 connect(5<socket:[1]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "${address}", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)`;
  expect(read(six('2001:db8::10')).connections).toMatchObject([{ address: '2001:db8::10', port: 443 }]);
  expect(read(six('::ffff:192.0.2.9')).connections).toMatchObject([{ address: '192.0.2.9' }]);
});

it('leaves out datagrams, sorting of addresses, and lines of anything else', () => {
  const log = read(
    '17 socket(AF_INET, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 5<socket:[71]>',
    `17 ${to('0')}`,
    '17 connect(6<socket:[8]>, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file)',
    '17 connect(6<socket:[9]>, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("192.0.2.1")}, 16) = 0',
    'connect(…',
    '',
    '\u001b[31m17 connect',
  );
  expect(log.connections).toEqual([]);
});

it('sees the sandboxes that a program goes into', () => {
  const log = read(
    '17 landlock_restrict_self(3, 0)        = 0',
    '17 prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=4, filter=0x7f}) = 0',
    '17 prctl(PR_SET_NAME, "curl") = 0',
  );
  expect([...log.entered]).toEqual(['landlock', 'seccomp']);
  expect([...read('17 landlock_restrict_self(3, 0) = -1 EPERM (Operation not permitted)').entered]).toEqual([]);
});

it('takes a call for the last one of a program that the kernel ends by it', () => {
  const ended = read(`17 ${to('42 <0.000200>')}`, '17 +++ killed by SIGSYS +++');
  expect(ended.connections).toMatchObject([{ outcome: { code: 'not-permitted', raw: 'SIGSYS' }, synchronous: true }]);
  const early = read(
    '17 connect(3<socket:[8]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 42',
    '17 +++ killed by SIGSYS +++',
  );
  expect(early.refused).toMatchObject([
    { family: 4, call: 'connect' },
    { family: 6, call: 'connect' },
  ]);
  // Its own handler saw to it, and it went on: nothing is known of that connection.
  const handled = read(
    `17 ${to('42')}`,
    '17 --- SIGSYS {si_signo=SIGSYS} ---',
    `17 ${tcp}`,
    '17 +++ killed by SIGSYS +++',
  );
  expect(handled.connections).toMatchObject([{ outcome: 'unknown' }]);
});

it('knows of which families it got no socket at all', () => {
  const log = read(
    '17 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = -1 EAFNOSUPPORT (Address family not supported) <0.000010>',
    '17 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = -1 EPERM (Operation not permitted)',
    `17 ${tcp}`,
  );
  expect(log.refused).toEqual([{ family: 6, errno: 'EAFNOSUPPORT', call: 'socket' }]);
});

it('does not take the word of a router for one of the system', () => {
  const six = (seconds: string): string =>
    `9 connect(5<socket:[1]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 EACCES (Permission denied) <${seconds}>`;
  expect(read(six('0.021000')).connections).toMatchObject([{ synchronous: false }]);
  expect(read(six('0.000090')).connections).toMatchObject([{ synchronous: true }]);
});

it('knows as whom a connection was made', () => {
  const log = read('17 setresuid(-1, 65534, -1) = 0 <0.000010>', '17 clone3({flags=0}, 88) = 18', `18 ${to('0')}`);
  const [one] = log.connections;
  expect(one && log.userOf(one)).toBe(65_534);
});

it('stays within bounds whatever it is fed', () => {
  const log = new StraceLog();
  log.feed('x'.repeat(1_000_000), 1);
  for (let i = 0; i < 3_000; i++)
    log.feed(
      `1 connect(5<socket:[${i}]>, {sa_family=AF_INET, sin_port=htons(81), sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n`,
      1,
    );
  expect(log.connections.length).toBe(2_000);
});
