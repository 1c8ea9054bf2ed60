import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Report } from '../src/model/report.js';
import { closedPort, root, run, withoutNpm } from './built.js';

const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-clone-'));
const clone = path.join(directory, 'clone');
// All of node_modules is in it: on a busy machine that takes longer than hooks usually may.
afterAll(() => rmSync(directory, { recursive: true }), 60_000);

it.skipIf(!existsSync(path.join(root, '.git')))(
  'npm start does everything in a clean clone, twice, with nothing but the report on stdout',
  { timeout: 240_000 },
  async (context) => {
    expect((await run('git', ['clone', '--quiet', '--no-local', root, clone])).code).toBe(0);
    const port = await closedPort();
    const start = ['start', '--', `127.0.0.1:${port}`, '--json', '--no-references'];
    const first = await run('npm', start, { directory: clone, environment: withoutNpm, bound: 200_000 });
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT/.test(first.stderr))
      return context.skip('no npm registry to be reached');
    expect(first.code, first.stderr).toBe(1);
    expect((JSON.parse(first.stdout) as Report).schema).toBe('whoblocked/report/1');
    const second = await run('npm', start, { directory: clone, environment: withoutNpm });
    expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 1, stderr: '' });
    expect((JSON.parse(second.stdout) as Report).verdict.cause).toBe(
      (JSON.parse(first.stdout) as Report).verdict.cause,
    );
    const wrong = await run('npm', ['start', '--', 'shop.example:0'], { directory: clone, environment: withoutNpm });
    expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
    return undefined;
  },
);
