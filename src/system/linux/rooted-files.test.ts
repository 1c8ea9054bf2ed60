import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realFiles } from '../files.js';
import { bindLibc } from './libc.js';
import { mayRun } from './may-run.js';
import { rootedFiles } from './rooted-files.js';
import { mountedAt } from './unified-hierarchy.js';

const linux = process.platform === 'linux';
const libc = linux ? bindLibc() : 'not Linux';

describe.skipIf(typeof libc === 'string')('files below the root of another program', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'whoblocked-root-'));
  let fd = -1;
  const files = () => {
    if (typeof libc === 'string') throw new Error(libc);
    return rootedFiles(realFiles, libc, fd, ['/opt/trust.pem']);
  };
  const text = async (name: string): Promise<string> => {
    const read = await files().read(name);
    return read.ok ? Buffer.from(read.bytes).toString('utf8') : read.code;
  };

  beforeAll(() => {
    mkdirSync(path.join(root, 'etc/ssl/certs'), { recursive: true });
    mkdirSync(path.join(root, 'opt'));
    writeFileSync(path.join(root, 'etc/hosts'), '192.0.2.1 inside\n');
    writeFileSync(path.join(root, 'etc/passwd'), 'inside:x:1:1::/:/bin/sh\n');
    writeFileSync(path.join(root, 'opt/trust.pem'), 'a certificate');
    writeFileSync(path.join(root, 'etc/ssl/certs/0a0a0a0a.0'), 'another');
    // What is absolute out here leads to this machine's own file; below that root it must not.
    symlinkSync('/etc/passwd', path.join(root, 'etc/resolv.conf'));
    symlinkSync('../../../../../../etc/hosts', path.join(root, 'etc/gai.conf'));
    execFileSync('mkfifo', [path.join(root, 'etc/nsswitch.conf')]);
    fd = openSync(root, 'r');
  });

  afterAll(() => {
    closeSync(fd);
    rmSync(root, { recursive: true });
  });

  it('are its own, links followed below that root alone', async () => {
    expect(await text('/etc/hosts')).toBe('192.0.2.1 inside\n');
    expect(await text('/etc/resolv.conf')).toBe('inside:x:1:1::/:/bin/sh\n');
    expect(await text('/etc/gai.conf')).toBe('192.0.2.1 inside\n');
    expect(await text('/opt/trust.pem')).toBe('a certificate');
    expect(await files().list('/etc/ssl/certs')).toEqual(['0a0a0a0a.0']);
    expect(await files().exists('/etc/hosts')).toBe(true);
    expect(await files().stat('/etc/hosts')).toMatchObject({ kind: 'file' });
  });

  it('hold nobody up, and are cut at the bound', async () => {
    expect(await text('/etc/nsswitch.conf')).toBe('not a regular file');
    expect(await files().read('/etc/hosts', 4)).toMatchObject({ ok: true, truncated: true });
    expect(await text('/etc/ssl/none.pem')).toBe('ENOENT');
  });

  it('are not asked for anything else', async () => {
    expect(await text('/proc/self/comm')).not.toBe('ENOENT');
  });
});

describe.skipIf(typeof libc === 'string')('whether a program may be run', () => {
  it('is asked of the kernel, which starts nothing', () => {
    if (typeof libc === 'string') throw new Error(libc);
    const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-run-'));
    const file = path.join(directory, 'program');
    writeFileSync(file, `#!/bin/sh\ntouch ${directory}/started\n`, { mode: 0o644 });
    const ask = mayRun(libc, null);
    expect(ask('/bin/sh')).toBe('ok');
    expect(ask(file)).toBe('EACCES');
    expect(ask(path.join(directory, 'missing'))).toBe('ENOENT');
    expect(() => openSync(path.join(directory, 'started'), 'r')).toThrow();
    rmSync(directory, { recursive: true });
  });
});

it('finds the unified hierarchy among all that is mounted', () => {
  const mounts = [
    '24 1 0:22 / /proc rw - proc proc rw',
    '30 24 0:26 / /nowhere/at\\040all rw,nosuid - cgroup2 cgroup2 rw',
    '31 24 0:27 /sub /elsewhere rw - cgroup2 cgroup2 rw',
  ];
  expect(mountedAt(mounts.join('\n'))).toBeNull();
  expect(mountedAt('')).toBeNull();
});
