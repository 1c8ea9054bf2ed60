import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { invocationOf } from './invocation.js';
import type { Start } from './invocation.js';

const home = mkdtempSync(path.join(tmpdir(), 'whoblocked-invocation-'));
const script = path.join(home, 'lib', 'cli.cjs');
const other = path.join(home, 'other', 'whoblocked');
for (const directory of ['lib', 'bin', 'other']) mkdirSync(path.join(home, directory));
for (const file of [script, other]) writeFileSync(file, '');
for (const file of [script, other]) chmodSync(file, 0o755);
symlinkSync(script, path.join(home, 'bin', 'whoblocked'));
afterAll(() => rmSync(home, { recursive: true }));

const start: Start = {
  environment: { PATH: '' },
  node: '/opt/node/bin/node',
  script,
  root: false,
  directory: home,
  rootBy: 'sudo',
};
const whole = `sudo /opt/node/bin/node ${script}`;

it('prints the way it was started', () => {
  const inPath = { PATH: `relative:${home}/bin` };
  expect(invocationOf({ ...start, environment: inPath })).toEqual({ plain: 'whoblocked', asRoot: whole });
  expect(invocationOf({ ...start, environment: { npm_command: 'exec', PATH: '' } })).toEqual({
    plain: 'npx whoblocked',
    asRoot: whole,
  });
  const npmStart = { npm_command: 'start', npm_lifecycle_event: 'start', npm_package_name: 'whoblocked' };
  expect(invocationOf({ ...start, environment: npmStart })).toEqual({ plain: 'npm start --', asRoot: whole });
  expect(invocationOf(start)).toEqual({ plain: 'lib/cli.cjs', asRoot: whole });
  expect(invocationOf({ ...start, directory: '/' }).plain.endsWith('lib/cli.cjs')).toBe(true);
});

it('does not take another program of that name for itself', () => {
  expect(invocationOf({ ...start, environment: { PATH: `${home}/other:${home}/bin` } }).plain).toBe('lib/cli.cjs');
});

it('names what is there to become root by', () => {
  expect(invocationOf({ ...start, rootBy: 'pkexec' }).asRoot).toBe(`pkexec /opt/node/bin/node ${script}`);
  expect(invocationOf({ ...start, rootBy: null }).asRoot).toBe(`su root -s /opt/node/bin/node -- ${script}`);
});

it('needs no sudo as root', () => {
  expect(invocationOf({ ...start, root: true })).toEqual({ plain: 'lib/cli.cjs', asRoot: 'lib/cli.cjs' });
});
