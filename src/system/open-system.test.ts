import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bundle } from '../../test/bundle.js';
import { accountNamed, groupsOf, invokingUser, privilegesOf, userName } from './identity.js';
import { askSystem, systemLookup } from './lookup.js';
import { openSystem } from './open-system.js';

const never = new AbortController().signal;
const root = process.geteuid?.() === 0;

afterEach(() => vi.unstubAllEnvs());

it.runIf(process.platform === 'linux')(
  'opens with system calls on Linux, and keeps an environment and a clock',
  async () => {
    const system = await openSystem();
    expect(system.identity).toMatchObject({ uid: process.geteuid?.(), root, sockets: 'ffi' });
    expect(system.identity.reason).toBeUndefined();
    expect(system.tracer !== null).toBe(system.identity.privileges.includes('net-admin'));
    expect(system.environment('PATH')).toBe(process.env['PATH']);
    expect(system.random(8)).toHaveLength(8);
    const before = system.clock.now();
    await system.clock.sleep(5);
    expect(system.clock.now() - before).toBeGreaterThan(3);
  },
);

it('takes plain sockets when it is told to, and says why', async () => {
  vi.stubEnv('WHOBLOCKED_NO_FFI', '1');
  const system = await openSystem();
  expect(system.identity).toMatchObject({ sockets: 'plain', reason: 'WHOBLOCKED_NO_FFI is set' });
  expect(system.tracer).toBeNull();
  const result = await system.sockets.dial({ address: '127.0.0.1', port: 1, timeoutMs: 100, ttl: 1 }, never).done;
  expect(result.failure).toEqual({ operation: 'connect', code: 'failed', raw: 'not supported here' });
});

it.runIf(root)('says as whom sockets are opened', async () => {
  const system = await openSystem({ asUser: { uid: 65_534, gid: 65_534 } });
  expect(system.identity).toMatchObject({ uid: 65_534, user: 'nobody', root: true });
});

it('sleeps no longer than the signal lets it', async () => {
  const system = await openSystem();
  const began = performance.now();
  await system.clock.sleep(10_000, AbortSignal.timeout(10));
  await system.clock.sleep(10_000, AbortSignal.abort());
  expect(performance.now() - began).toBeLessThan(1000);
});

describe('getaddrinfo', () => {
  it('gives an address back as it is, and the families that were asked for', async () => {
    expect(await systemLookup()('127.0.0.1', 0, never)).toEqual({ addresses: ['127.0.0.1'] });
    expect((await systemLookup()('localhost', 4, never)).addresses).toEqual(['127.0.0.1']);
  });

  it('does not wait beyond the signal', async () => {
    expect(await systemLookup()('localhost', 0, AbortSignal.abort())).toEqual({
      addresses: [],
      failure: { operation: 'resolve', code: 'timed-out', raw: 'aborted' },
    });
  });

  it('has a failure for what no resolver can be asked', async () => {
    const ahead = askSystem('localhost', 4);
    const lookup = systemLookup(ahead);
    expect(await lookup('localhost', 6, never)).not.toEqual(await ahead.answer);
    expect(await lookup('localhost', 4, never)).toBe(await ahead.answer);
    expect(await lookup('localhost', 4, never)).not.toBe(await ahead.answer);
    expect((await systemLookup()('a\0b', 0, never)).failure?.operation).toBe('resolve');
  });
});

describe('identity', () => {
  it('reads users, groups and capabilities', () => {
    expect(userName('root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/:/bin/sh\n', 1000)).toBe('me');
    expect(userName('root:x:0:0::/root:/bin/sh\n', 7)).toBeNull();
    expect(groupsOf('root:x:0:\ndocker:x:997:me,you\nme:x:1000:\nlp:x:7:you\n', 'me')).toEqual([997]);
    expect(privilegesOf('Name:\tx\nCapEff:\t0000000000003000\n')).toEqual(['net-admin', 'net-raw']);
    expect(privilegesOf('CapEff:\t0000000000000000\n')).toEqual([]);
    expect(privilegesOf('')).toEqual([]);
  });

  it.runIf(root)('knows who called sudo', () => {
    expect(invokingUser({ SUDO_UID: '54321', SUDO_GID: '54321' })).toEqual({ uid: 54_321, gid: 54_321, groups: [] });
    expect(invokingUser({ SUDO_UID: '0', SUDO_GID: '0' })).toBeNull();
    expect(accountNamed('54321')).toEqual({ uid: 54_321, gid: 54_321 });
    expect(accountNamed('nobody-of-that-name')).toBeNull();
    expect(invokingUser({ SUDO_UID: '1 || true', SUDO_GID: '1' })).toBeNull();
    expect(invokingUser({})).toBeNull();
  });
});

it.runIf(process.platform === 'linux')('lets its process end by itself, bundled as the build does', async () => {
  const output = execFileSync(process.execPath, [await bundle('test/programs/dial-closed.ts')], {
    encoding: 'utf8',
    timeout: 5000,
  });
  expect(output).toBe('ffi ECONNREFUSED\n');
});

it.runIf(process.platform === 'linux')('runs with plain sockets where koffi is not installed', async () => {
  const program = await bundle('test/programs/dial-closed.ts');
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'whoblocked-'));
  cpSync(path.dirname(program), elsewhere, { recursive: true });
  const output = execFileSync(process.execPath, [path.join(elsewhere, path.basename(program))], { encoding: 'utf8' });
  rmSync(elsewhere, { recursive: true });
  expect(output).toMatch(/^plain ECONNREFUSED koffi cannot be loaded: Cannot find module/);
});
