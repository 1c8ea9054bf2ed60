import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { sweepDirectories } from './browser-directory.js';

const place = mkdtempSync(path.join(tmpdir(), 'whoblocked-sweep-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

it('takes away what a killed run left, and nothing that a link of somebody else leads to', async () => {
  vi.stubEnv('TMPDIR', place);
  const dead = 2 ** 22 + 1; // more than a process id may be
  mkdirSync(path.join(place, 'mine'));
  mkdirSync(path.join(place, `whoblocked-browser-${dead}-left`));
  mkdirSync(path.join(place, `whoblocked-browser-${process.pid}-used`));
  symlinkSync(path.join(place, 'mine'), path.join(place, `whoblocked-browser-${dead}-link`));
  await sweepDirectories();
  expect(existsSync(path.join(place, `whoblocked-browser-${dead}-left`))).toBe(false);
  expect(existsSync(path.join(place, `whoblocked-browser-${process.pid}-used`))).toBe(true);
  expect(lstatSync(path.join(place, `whoblocked-browser-${dead}-link`)).isSymbolicLink()).toBe(true);
});
