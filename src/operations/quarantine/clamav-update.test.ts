import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { realDisk } from '../../system/disk.js';
import type { Hands } from '../operation-kind.js';
import { operation } from './clamav-update.js';

const place = mkdtempSync(path.join(tmpdir(), 'whoblocked-clamav-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const done = { exit: 0, stderr: '', truncated: false };
const hands: Hands = {
  id: 'abcdefgh',
  journal: path.join(place, 'journal'),
  disk: realDisk,
  clock: { now: () => 0, wall: () => new Date(0), sleep: () => Promise.resolve() },
  // What is told to clamd is another matter.
  run: (program, args) => {
    const isReal = ['find', 'cp', 'rm'].includes(program);
    return Promise.resolve({ ...done, stdout: isReal ? execFileSync(program, [...args], { encoding: 'utf8' }) : '' });
  },
};

it('puts a file back in its place, wherever a link that clamav put there would lead', async () => {
  const [folder, kept, elsewhere] = ['signatures', 'journal/kept-abcdefgh', 'elsewhere'].map((name) =>
    path.join(place, name),
  );
  if (folder === undefined || kept === undefined || elsewhere === undefined) throw new Error('no folders');
  for (const one of [folder, kept, elsewhere]) mkdirSync(one, { recursive: true });
  writeFileSync(path.join(kept, 'daily.cvd'), 'old');
  symlinkSync(elsewhere, path.join(folder, 'daily.cvd'));
  await operation.revert({ kind: 'clamav-update' }, { folder, files: ['daily.cvd\t3\t0\t644\t0:0'] }, hands);
  expect(readdirSync(elsewhere)).toEqual([]);
  expect(lstatSync(path.join(folder, 'daily.cvd')).isFile()).toBe(true);
  expect(readFileSync(path.join(folder, 'daily.cvd'), 'utf8')).toBe('old');
});
