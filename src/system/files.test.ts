import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { realFiles } from './files.js';

let directory: string;
const at = (name: string): string => path.join(directory, name);

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-'));
  writeFileSync(at('text'), 'hello');
  mkdirSync(at('inside'));
  symlinkSync('text', at('link'));
});

afterAll(() => rmSync(directory, { recursive: true }));

it('reads a file, and a link to one', async () => {
  const expected = { ok: true, bytes: new TextEncoder().encode('hello'), truncated: false };
  expect(await realFiles.read(at('text'))).toEqual(expected);
  expect(await realFiles.read(at('link'))).toEqual(expected);
});

it('reads no more than it was told to, and says so', async () => {
  expect(await realFiles.read(at('text'), 4)).toMatchObject({
    ok: true,
    bytes: new TextEncoder().encode('hell'),
    truncated: true,
  });
  expect(await realFiles.read(at('text'), 5)).toMatchObject({ ok: true, truncated: false });
});

it('says why it cannot', async () => {
  expect(await realFiles.read(at('nothing'))).toEqual({ ok: false, code: 'ENOENT' });
  expect(await realFiles.read(at('inside'))).toEqual({ ok: false, code: 'EISDIR' });
});

it.runIf(process.platform === 'linux')('reads files whose size is not told, and never waits for a pipe', async () => {
  const status = await realFiles.read('/proc/self/status');
  expect(status.ok && new TextDecoder().decode(status.bytes)).toMatch(/^Name:/);
  execFileSync('mkfifo', [at('pipe')]);
  expect(await realFiles.read(at('pipe'))).toEqual({ ok: false, code: 'not a regular file' });
  expect(await realFiles.read('/dev/zero')).toEqual({ ok: false, code: 'not a regular file' });
});

it('lists a directory within a bound', async () => {
  expect(await realFiles.list(directory)).toEqual(expect.arrayContaining(['inside', 'link', 'text']));
  expect(await realFiles.list(directory, 1)).toHaveLength(1);
  expect(await realFiles.list(at('nothing'))).toBeNull();
});

it('reads many as it reads one', async () => {
  const paths = ['text', 'nothing', 'link', '.'].map(at);
  const each = await Promise.all(paths.map((path) => realFiles.read(path, 4)));
  expect(await realFiles.readAll(paths, 4)).toEqual(each);
  expect(await realFiles.linkAll([at('link'), at('text')])).toEqual(['text', null]);
});

it('knows links and what exists', async () => {
  expect(await realFiles.link(at('link'))).toBe('text');
  expect(await realFiles.link(at('text'))).toBeNull();
  expect([await realFiles.exists(at('text')), await realFiles.exists(at('nothing'))]).toEqual([true, false]);
});

it('reads the end of a file', async () => {
  const end = await realFiles.tail(at('text'), 2);
  expect(end).toEqual({ ok: true, bytes: new TextEncoder().encode('lo'), truncated: true });
  expect(await realFiles.tail(at('text'), 20)).toMatchObject({ ok: true, truncated: false });
  expect(await realFiles.tail(at('nothing'), 2)).toEqual({ ok: false, code: 'ENOENT' });
});

it('tells what a path is and who may use it', async () => {
  expect(await realFiles.stat(at('link'))).toMatchObject({ kind: 'file', uid: process.getuid?.() });
  expect(await realFiles.stat(at('inside'))).toMatchObject({ kind: 'directory' });
  expect(await realFiles.stat(at('nothing'))).toBe('ENOENT');
});
