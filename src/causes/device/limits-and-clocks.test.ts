import { describe, expect, test } from 'vitest';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding } from '../../model/cause.js';
import type { CounterName, LimitsFact, OtherClock, SocketFileFact } from '../../model/device-state.js';
import type { CertificateFact, Facts, ListenerFact, ListenersFact, TlsTry } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Observed } from '../../model/observed.js';
import { parseTarget } from '../../model/parse-target.js';
import { cause as nothingListening } from '../server/nothing-listening.js';
import { cause as overloaded } from '../server/server-overloaded.js';
import { cause as appPolicy } from './app-policy.js';
import { cause as clockWrong } from './clock-wrong.js';
import { cause as conntrackFull } from './conntrack-table-full.js';
import { cause as portsExhausted } from './ephemeral-ports-exhausted.js';
import { cause as tooManyFiles } from './too-many-open-files.js';

const address = '198.51.100.10';

function known<T>(value: T): Observed<T> {
  return { state: 'known', value, at: 0, ms: 1, source: 'test' };
}

function judge(cause: Cause, failure: Failure, facts: Partial<Facts>, where = `${address}:443`): Finding {
  const unix = where.startsWith('/');
  const parsed = parseTarget(unix ? `unix:${where}` : `https://${where}/`);
  if (!parsed.ok) throw new Error(parsed.why);
  const { target } = parsed;
  const stage = failure.operation === 'connect' ? 'connect' : failure.operation === 'tls' ? 'tls' : 'http';
  const attempt: FailedAttempt = {
    id: 'tried',
    stage,
    protocol: unix ? 'unix' : 'tcp',
    host: target.host,
    address: unix ? where : target.host,
    port: target.port,
    on: null,
    hop: 0,
    outcome: failure,
  };
  return cause.judge(attempt, { facts: { target, ...facts }, attempts: [attempt] });
}

const limits = (more: Partial<LimitsFact>): Observed<LimitsFact> =>
  known({
    ports: null,
    files: { process: null, device: null },
    listeners: [],
    conntrack: null,
    reversePathDrops: 0,
    ...more,
  });

const counters = (name: CounterName, quiet: number, busy: number, at = address) =>
  known([
    {
      address: at,
      port: 443,
      pairs: 4,
      each: 2,
      tries: 8,
      opened: 0,
      quietMs: 480,
      busyMs: 480,
      counters: [{ name, quiet, busy, withOurs: Math.max(0, Math.min(4, Math.floor(busy / 2)) - quiet) }],
    },
  ]);

const timedOut: Failure = { operation: 'connect', code: 'timed-out', raw: 'timeout' };

describe('ephemeral-ports-exhausted', () => {
  const noPort: Failure = { operation: 'connect', code: 'no-local-address', raw: 'EADDRNOTAVAIL' };
  const used = (count: number, reserved = 0) =>
    limits({
      ports: {
        first: 40_000,
        last: 40_099,
        reserved,
        towards: [{ address, port: 443, used: count, ended: 0, holder: { pid: 9, process: 'app', used: count } }],
      },
    });

  test('is proven by the kernel’s word and a range that is used up', () => {
    expect(judge(portsExhausted, noPort, { 'device.limits': used(100) })).toMatchObject({
      says: 'proven',
      culprit: { kind: 'limit' },
    });
    expect(judge(portsExhausted, noPort, { 'device.limits': used(90, 10) }).says).toBe('proven');
  });

  test('only fits where some are free again, and is out where most are', () => {
    expect(judge(portsExhausted, noPort, { 'device.limits': used(95) }).says).toBe('fits');
    expect(judge(portsExhausted, noPort, { 'device.limits': used(3) }).says).toBe('ruledOut');
    expect(judge(portsExhausted, noPort, {})).toMatchObject({ says: 'unknown', missing: ['device.limits'] });
  });
});

describe('too-many-open-files', () => {
  const silent: Failure = { operation: 'http', code: 'timed-out', raw: 'no whole answer' };
  const listener: ListenerFact = {
    protocol: 'tcp',
    address: '127.0.0.1',
    port: 443,
    v6only: null,
    process: 'app',
    pid: 9,
    backlog: { used: 4, limit: 128 },
  };
  const here: Observed<ListenersFact> = known({ own: ['127.0.0.1'], listeners: [listener] });

  test('of this very process is the kernel’s own word', () => {
    const failure: Failure = { operation: 'connect', code: 'too-many-files', raw: 'EMFILE' };
    expect(judge(tooManyFiles, failure, {})).toMatchObject({ says: 'proven', culprit: { kind: 'limit' } });
  });

  test('of the program that should answer here', () => {
    const full = limits({ listeners: [{ pid: 9, process: 'app', used: 24, limit: 24 }] });
    const facts = { 'device.listeners': here, 'device.limits': full };
    expect(judge(tooManyFiles, silent, facts, '127.0.0.1:443')).toMatchObject({ says: 'fits' });
    const room = limits({ listeners: [{ pid: 9, process: 'app', used: 12, limit: 24 }] });
    expect(judge(tooManyFiles, silent, { ...facts, 'device.limits': room }, '127.0.0.1:443').says).toBe('ruledOut');
    expect(judge(tooManyFiles, silent, { ...facts, 'device.limits': limits({}) }, '127.0.0.1:443').says).toBe(
      'unknown',
    );
  });

  test('is no matter of another computer', () => {
    expect(judge(tooManyFiles, silent, { 'device.listeners': here }).says).toBe('ruledOut');
    expect(judge(tooManyFiles, silent, {}).says).toBe('unknown');
  });
});

describe('conntrack-table-full', () => {
  const table = (used: number) => limits({ conntrack: { used, limit: 1000 } });

  test('is proven by a full table whose drops rise with ours alone', () => {
    const facts = { 'device.limits': table(1000), 'device.counters': counters('conntrackDrop', 0, 8) };
    expect(judge(conntrackFull, timedOut, facts).says).toBe('proven');
  });

  test('fits without the counter, is out where it stands still or the table has room', () => {
    expect(judge(conntrackFull, timedOut, { 'device.limits': table(1000) })).toMatchObject({
      says: 'fits',
      missing: ['device.counters'],
    });
    const still = { 'device.limits': table(1000), 'device.counters': counters('conntrackDrop', 0, 0) };
    expect(judge(conntrackFull, timedOut, still).says).toBe('ruledOut');
    const others = { 'device.limits': table(1000), 'device.counters': counters('conntrackDrop', 5, 9) };
    expect(judge(conntrackFull, timedOut, others).says).toBe('fits');
    expect(judge(conntrackFull, timedOut, { 'device.limits': table(500) }).says).toBe('ruledOut');
    expect(judge(conntrackFull, timedOut, { 'device.limits': limits({}) }).says).toBe('ruledOut');
  });
});

describe('server-overloaded', () => {
  const queue = (used: number): Observed<ListenersFact> =>
    known({
      own: ['127.0.0.1'],
      listeners: [
        {
          protocol: 'tcp',
          address: '127.0.0.1',
          port: 443,
          v6only: null,
          process: 'app',
          pid: 9,
          backlog: { used, limit: 2 },
        },
      ],
    });

  test('here: the queue and its counter', () => {
    const full = { 'device.listeners': queue(3), 'device.counters': counters('ListenOverflows', 0, 8, '127.0.0.1') };
    expect(judge(overloaded, timedOut, full, '127.0.0.1:443').says).toBe('proven');
    expect(judge(overloaded, timedOut, { 'device.listeners': queue(3) }, '127.0.0.1:443')).toMatchObject({
      says: 'fits',
      missing: ['device.counters'],
    });
    // As many as may wait: the next one still does.
    expect(judge(overloaded, timedOut, { 'device.listeners': queue(2) }, '127.0.0.1:443').says).toBe('ruledOut');
  });

  test('there: only a connection that nobody takes anything on', () => {
    const silent: Failure = { operation: 'http', code: 'timed-out', raw: 'no whole answer' };
    const held = (acknowledged: boolean | null) => ({
      'device.listeners': queue(0),
      'connect.held': known([{ address, port: 443, opened: true, acknowledged, waitedMs: 350, segmentsIn: 2 }]),
    });
    expect(judge(overloaded, silent, held(false))).toMatchObject({ says: 'fits', atMost: 'likely' });
    expect(judge(overloaded, silent, held(true)).says).toBe('unknown');
    expect(judge(overloaded, silent, held(null)).says).toBe('unknown');
    expect(judge(overloaded, timedOut, { 'device.listeners': queue(0) }).says).toBe('unknown');
  });
});

describe('sockets in files', () => {
  const path = '/run/app/app.sock';
  const file = (more: Partial<SocketFileFact>): Observed<SocketFileFact> =>
    known({
      path,
      kind: 'socket',
      file: null,
      barrier: null,
      existing: '/run/app',
      listening: null,
      elsewhere: [],
      ...more,
    });
  const owner = { path, mode: '0660', owner: 'root', group: 'app' };
  const services = known({ services: [], looked: [], closed: [] });
  const errno = (code: 'not-found' | 'refused' | 'prohibited', raw: string): Failure => ({
    operation: 'connect',
    code,
    raw,
  });

  test('a missing one, and one that nobody listens on', () => {
    const facts = { 'device.socketFile': file({ kind: 'missing' }), 'device.services': services };
    expect(judge(nothingListening, errno('not-found', 'ENOENT'), facts, path)).toMatchObject({
      says: 'proven',
      side: 'this-device',
      culprit: { kind: 'file', location: path },
    });
    expect(judge(nothingListening, errno('refused', 'ECONNREFUSED'), {}, path)).toMatchObject({
      says: 'fits',
      missing: ['device.socketFile', 'device.services'],
    });
  });

  test('one of the same name elsewhere is worth saying', () => {
    const facts = {
      'device.socketFile': file({ kind: 'missing', elsewhere: ['/run/other/app.sock'] }),
      'device.services': services,
    };
    expect(judge(nothingListening, errno('not-found', 'ENOENT'), facts, path)).toMatchObject({
      advice: expect.stringContaining('/run/other/app.sock') as string,
    });
  });

  test('one that others may not use, by its own rights or those of a directory', () => {
    const denied = errno('prohibited', 'EACCES');
    expect(judge(appPolicy, denied, { 'device.socketFile': file({ file: owner }) }, path)).toMatchObject({
      says: 'proven',
      culprit: { location: path, owner: 'root:app, mode 0660' },
    });
    const barrier = { path: '/run/app', mode: '0750', owner: 'root', group: 'app' };
    expect(judge(appPolicy, denied, { 'device.socketFile': file({ kind: 'hidden', barrier }) }, path)).toMatchObject({
      says: 'proven',
      culprit: { location: '/run/app' },
    });
    // By its rights everybody may: then it is something else that forbids it.
    expect(
      judge(appPolicy, denied, { 'device.socketFile': file({ file: { ...owner, mode: '0666' } }) }, path).says,
    ).toBe('fits');
    expect(judge(appPolicy, denied, {}, path)).toMatchObject({ says: 'fits', missing: ['device.socketFile'] });
  });
});

describe('clock-wrong', () => {
  const wallClock = '2027-06-01T12:00:00.000Z';
  const leaf: CertificateFact = {
    subject: 'CN=shop.example.com',
    issuer: 'CN=Acme',
    names: [],
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2026-12-31T00:00:00.000Z',
    fingerprint256: 'AA',
    selfSigned: false,
    isCa: false,
  };
  const raw = 'CERT_HAS_EXPIRED at depth 0: CN=shop.example.com';
  const failure: Failure<'tls'> = { operation: 'tls', code: 'expired', raw };
  const shake = (more: Partial<TlsTry> = {}): Observed<readonly TlsTry[]> =>
    known([
      {
        address,
        port: 443,
        serverName: null,
        ms: 5,
        chain: [leaf],
        faults: [failure],
        failure,
        clientCertificateAsked: false,
        ocsp: 'absent',
        wallClock,
        ...more,
      },
    ]);
  const clock = (name: string, date: string, secure = false): OtherClock => ({
    name,
    address: '192.0.2.80',
    date,
    wallClock,
    secure,
  });
  const right = '2026-06-01T12:00:00.000Z';
  const two = known([clock('www.example.net:443', right), clock('http://check.example.org/ok', right)]);

  test('fits when two others agree against it and the certificate is good by them', () => {
    expect(judge(clockWrong, failure, { tls: shake(), clocks: two })).toMatchObject({
      says: 'fits',
      culprit: { kind: 'setting', name: 'clock, 365 days fast' },
    });
  });

  test('is proven only when one of them and the server are surely who they say', () => {
    const secure = known([clock('www.example.net:443', right, true), clock('check.example.org', right)]);
    const anchor = { subject: 'CN=Acme', fingerprint256: 'BB', public: true };
    expect(judge(clockWrong, failure, { tls: shake({ anchor }), clocks: secure }).says).toBe('proven');
    expect(judge(clockWrong, failure, { tls: shake(), clocks: secure }).says).toBe('fits');
  });

  test('needs two: one name twice is one', () => {
    const one = known([clock('www.example.net:443', right), clock('http://www.example.net/', right)]);
    expect(judge(clockWrong, failure, { tls: shake(), clocks: one, references: known([]) }).says).toBe('unknown');
    expect(judge(clockWrong, failure, { tls: shake() })).toMatchObject({
      says: 'unknown',
      missing: ['references', 'clocks'],
    });
  });

  test('is out when they agree with ours, and when the certificate is bad by them too', () => {
    const ours = known([clock('a.example', wallClock), clock('b.example', wallClock)]);
    expect(judge(clockWrong, failure, { tls: shake(), clocks: ours }).says).toBe('ruledOut');
    const later = known([
      clock('a.example', '2027-02-01T00:00:00.000Z'),
      clock('b.example', '2027-02-01T00:00:00.000Z'),
    ]);
    expect(judge(clockWrong, failure, { tls: shake(), clocks: later }).says).toBe('ruledOut');
  });

  test('is unknown when they do not agree with each other', () => {
    const split = known([clock('a.example', right), clock('b.example', '2025-01-01T00:00:00.000Z')]);
    expect(judge(clockWrong, failure, { tls: shake(), clocks: split }).says).toBe('unknown');
  });
});
