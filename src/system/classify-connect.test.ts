import { expect, it } from 'vitest';
import { operations } from '../model/failure.js';
import { connectFailure, datagramFailure, type QueuedError, withoutErrno } from './classify-connect.js';
import { errnoName } from './errno-names.js';
import { resolveFailure } from './lookup.js';

it.each([
  ['ECONNREFUSED', 'refused'],
  ['ETIMEDOUT', 'timed-out'],
  ['EHOSTUNREACH', 'host-unreachable'],
  ['ENETUNREACH', 'network-unreachable'],
  ['EACCES', 'prohibited'],
  ['EPERM', 'not-permitted'],
  ['EINVAL', 'invalid-route'],
  ['EADDRNOTAVAIL', 'no-local-address'],
  ['EMFILE', 'too-many-files'],
  ['ENOENT', 'not-found'],
  ['EWHATEVER', 'failed'],
])('connect: %s is %s', (errno, code) => {
  expect(connectFailure(errno)).toEqual({ operation: 'connect', code, raw: errno });
});

it.each([
  ['EPERM', 'not-permitted'],
  ['ECONNREFUSED', 'refused'],
  ['ENOBUFS', 'failed'],
])('datagram: %s is %s', (errno, code) => {
  expect(datagramFailure(errno)).toEqual({ operation: 'datagram', code, raw: errno });
});

it.each([
  ['ENOTFOUND', 'not-found'],
  ['EAI_AGAIN', 'temporary-failure'],
  ['EAI_FAIL', 'failed'],
  ['EIO', 'failed'],
])('resolve: %s is %s', (raw, code) => {
  expect(resolveFailure(raw)).toEqual({ operation: 'resolve', code, raw });
});

const entry = (errno: string, type: number, code: number, from: string | null): QueuedError => ({
  errno,
  origin: 'icmp',
  type,
  code,
  from,
});

it('takes the sender of the ICMP error that became this errno, and of no other', () => {
  const queue = [entry('EMSGSIZE', 3, 4, '192.0.2.1'), entry('ECONNREFUSED', 3, 3, '198.51.100.10')];
  expect(connectFailure('ECONNREFUSED', queue)).toEqual({
    operation: 'connect',
    code: 'refused',
    raw: 'ECONNREFUSED icmp 3/3',
    from: '198.51.100.10',
  });
  expect(connectFailure('ECONNRESET', queue)).toEqual({ operation: 'connect', code: 'reset', raw: 'ECONNRESET' });
});

it('has no sender for an error that this device noted itself', () => {
  expect(
    connectFailure('EHOSTUNREACH', [{ ...entry('EHOSTUNREACH', 0, 0, null), origin: 'local' }]),
  ).not.toHaveProperty('from');
});

it('hands errors on without the errno', () => {
  expect(withoutErrno(entry('EHOSTUNREACH', 3, 1, '192.0.2.1'))).toEqual({
    origin: 'icmp',
    type: 3,
    code: 1,
    from: '192.0.2.1',
  });
});

it('names what ICMP can bring about', () => {
  expect([111, 113, 101, 112, 64].map(errnoName)).toEqual([
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENONET',
  ]);
  expect(errnoName(4711)).toBe('errno 4711');
});

it('has only codes of the closed lists', () => {
  expect(operations.connect).toContain(connectFailure('EPIPE').code);
  expect(operations.datagram).toContain(datagramFailure('ENETDOWN').code);
});
