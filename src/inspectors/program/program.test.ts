import { describe, expect, it } from 'vitest';
import type { Script } from '../../../test/fake-system.js';
import { contextOf } from '../context.fixture.js';
import { parseTarget } from '../../model/parse-target.js';
import type { ProgramAsked, ProgramFact } from '../../model/program.js';
import { interpreterOf } from './interpreter.js';
import { deviceProgram } from './program.js';
import { cgroupOf, packagedAs, proxiesIn, sandboxOf } from './read-process.js';

const asked: ProgramAsked = {
  named: 'curl',
  pid: null,
  container: null,
  path: '/usr/bin/curl',
  tried: [],
  entered: [],
  seenBy: null,
  adopted: [],
  notAdopted: [],
};

async function measured(program: Partial<ProgramAsked>, script: Script): Promise<ProgramFact> {
  const parsed = parseTarget('https://shop.example/');
  if (!parsed.ok) throw new Error(parsed.why);
  const context = contextOf(script);
  const options = { ...context.options, program: { ...asked, ...program } };
  const result = await deviceProgram.gather({ target: parsed.target }, { ...context, options });
  if (result.state !== 'known') throw new Error(result.state);
  return result.value;
}

describe('a program by its file', () => {
  it('is there, or is not', async () => {
    expect(await measured({}, { files: { '/usr/bin/curl': '\u007fELF' } })).toMatchObject({
      opens: 'ok',
      running: false,
      file: { mode: '0644', owner: '0' },
    });
    expect(await measured({}, {})).toMatchObject({ opens: 'ENOENT', file: null, running: false });
    expect(await measured({}, { files: { '/usr/bin/curl': { error: 'EPERM' } } })).toMatchObject({ opens: 'EPERM' });
  });

  it('has an interpreter where it is a script', async () => {
    const files = { '/usr/bin/curl': '#! /usr/bin/python3 -I\nimport os\n' };
    expect((await measured({}, { files })).interpreter).toEqual({
      path: '/usr/bin/python3',
      opens: 'ENOENT',
      runs: null,
    });
    expect(interpreterOf(Buffer.from('#!python3'))).toBeNull();
    expect(interpreterOf(Buffer.from(`#!/${'x'.repeat(100_000)}`))?.length).toBeLessThan(300);
  });
});

describe('a program by its process', () => {
  const status = 'Name:\tapp\nUid:\t7\t7\t7\t7\nGid:\t7\t7\t7\t7\nNoNewPrivs:\t1\nSeccomp:\t2\n';
  const files = {
    '/proc/42/status': status,
    '/proc/42/cgroup': '12:pids:/x\n0::/system.slice/app.service\n',
    '/proc/42/environ': 'HOME=/\0https_proxy=http://me:geheim@proxy.example:3128\0',
    '/proc/42/exe': { link: '/opt/app/bin' },
  };

  it('shows its user, group, network, sandbox and proxies, and no password', async () => {
    const value = await measured({ pid: 42, path: null }, { files });
    expect(value).toMatchObject({
      path: '/opt/app/bin',
      running: true,
      uid: 7,
      cgroup: '/system.slice/app.service',
      sandbox: { noNewPrivileges: true, seccomp: 'filter', label: null, packaged: null },
      proxies: [{ name: 'https_proxy', url: 'http://proxy.example:3128' }],
    });
    expect(JSON.stringify(value)).not.toContain('geheim');
  });

  it('may have ended meanwhile', async () => {
    expect(await measured({ pid: 43, path: null }, { files })).toMatchObject({ running: false, path: null });
  });
});

it('reads what limits a process', () => {
  expect(sandboxOf('', null)).toEqual({ noNewPrivileges: null, seccomp: null, label: null });
  expect(sandboxOf('Seccomp:\t0\n', 'unconfined\n')).toMatchObject({ seccomp: 'none', label: 'unconfined' });
  expect(cgroupOf('1:cpu:/a\n')).toBeNull();
  expect(packagedAs('0::/user.slice/snap.firefox.firefox-1.scope\n', { ok: false, code: 'ENOENT' })).toBe(
    'snap firefox',
  );
  const info = { ok: true, bytes: Buffer.from('[Application]\nname=org.example.App\n'), truncated: false } as const;
  expect(packagedAs('', info)).toBe('flatpak org.example.App');
  expect(proxiesIn((name) => (name === 'HTTP_PROXY' ? '"quoted"' : undefined))).toEqual([
    { name: 'HTTP_PROXY', url: '(unreadable)' },
  ]);
});
