import { describe, expect, it } from 'vitest';
import type { Script } from '../../../test/fake-system.js';
import { contextOf } from '../context.fixture.js';
import { parseTarget } from '../../model/parse-target.js';
import type { ProgramAsked, ProgramFact } from '../../model/program.js';
import { interpreterOf, isCutOff } from './interpreter.js';
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

/** An ELF file with one program header that names its loader (elf(5)). */
function elf({ bits, loader }: { readonly bits: 32 | 64; readonly loader: string }): Buffer {
  const wide = bits === 64;
  const [header, size] = wide ? [64, 56] : [52, 32];
  const name = Buffer.from(`${loader}\0`);
  const file = Buffer.alloc(header + size);
  file.write('\x7FELF', 'latin1');
  file[4] = wide ? 2 : 1;
  file[5] = 1;
  const put = (at: number, value: number): void => {
    if (wide) file.writeBigUInt64LE(BigInt(value), at);
    else file.writeUInt32LE(value, at);
  };
  put(wide ? 32 : 28, header);
  file.writeUInt16LE(size, wide ? 54 : 42);
  file.writeUInt16LE(1, wide ? 56 : 44);
  file.writeUInt32LE(3, header);
  put(header + (wide ? 8 : 4), file.length);
  put(header + (wide ? 32 : 16), name.length);
  return Buffer.concat([file, name]);
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
    expect(interpreterOf(elf({ bits: 64, loader: '/lib64/ld-linux-x86-64.so.2' }))).toBe('/lib64/ld-linux-x86-64.so.2');
    expect(interpreterOf(elf({ bits: 32, loader: '/lib/ld-linux.so.2' }))).toBe('/lib/ld-linux.so.2');
    const torn = elf({ bits: 64, loader: '/lib64/ld' });
    expect(interpreterOf(Buffer.from('#!/bin/sh\r\n'))).toBe('/bin/sh\r');
    for (let length = 0; length < torn.length; length++) expect(interpreterOf(torn.subarray(0, length))).toBeNull();
    expect(interpreterOf(elf({ bits: 64, loader: 'relative' }))).toBeNull();
    expect(
      interpreterOf(Buffer.concat([Buffer.from('\x7FELF\x02\x01', 'latin1'), Buffer.alloc(200, 0xff)])),
    ).toBeNull();
    expect(interpreterOf(Buffer.from(`#!/${'x'.repeat(100_000)}`))?.length).toBeLessThan(300);
  });
});

it('may be shorter than its own header says', () => {
  const load = (end: number): Buffer => {
    const head = Buffer.alloc(200);
    head.write('\x7FELF\x02\x01', 'latin1');
    head.writeBigUInt64LE(64n, 32);
    head.writeUInt16LE(56, 54);
    head.writeUInt16LE(1, 56);
    head.writeUInt32LE(1, 64);
    head.writeBigUInt64LE(BigInt(end), 64 + 32);
    return head;
  };
  expect(isCutOff(load(5_000), 4_999)).toBe(true);
  expect(isCutOff(load(5_000), 5_000)).toBe(false);
  expect(isCutOff(Buffer.from('\x7FELF\x02\x01', 'latin1'), 6)).toBe(true);
  expect(isCutOff(Buffer.from('#!/bin/sh\n'), 10)).toBe(false);
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
    const gone = await measured({ pid: 43, path: null }, { files });
    expect(gone).toMatchObject({ running: false, path: null });
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
