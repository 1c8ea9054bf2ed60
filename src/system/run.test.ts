import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runnerFor } from './run.js';

describe.skipIf(process.platform === 'win32')('running programs', () => {
  const run = runnerFor(false, process.env);
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-'));
    writeFileSync(path.join(directory, 'whoami'), '#!/bin/sh\necho planted\n');
    chmodSync(path.join(directory, 'whoami'), 0o755);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('gives exit, output and error output, and hands arguments on as they are', async () => {
    expect(await run('sh', ['-c', 'echo out; echo err >&2; exit 3'])).toEqual({
      exit: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      truncated: false,
    });
    expect((await run('printf', ['%s', '$HOME; `id` "x"'])).stdout).toBe('$HOME; `id` "x"');
  });

  it('says that there is no such program', async () => {
    expect(await run('whoblocked-no-such-program', [])).toMatchObject({ exit: null, error: 'ENOENT' });
  });

  it('ends what takes too long', async () => {
    const began = performance.now();
    expect(await run('sleep', ['10'], { timeoutMs: 50 })).toMatchObject({ exit: null, error: 'timed-out' });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('ends with the signal', async () => {
    expect(await run('sleep', ['10'], { signal: AbortSignal.timeout(30) })).toMatchObject({
      exit: null,
      error: 'aborted',
    });
    expect(await run('sleep', ['10'], { signal: AbortSignal.abort() })).toMatchObject({ exit: null, error: 'aborted' });
  });

  it('keeps what fits of too much output', async () => {
    const result = await run('sh', ['-c', 'yes | head -c 100000'], { maxBytes: 1000 });
    expect(result).toMatchObject({ truncated: true });
    expect(result.stdout.length).toBe(1000);
  });

  it('hands its input on', async () => {
    expect((await run('cat', [], { input: 'text' })).stdout).toBe('text');
    expect((await run('true', [], { input: 'x'.repeat(1_000_000) })).exit).toBe(0);
  });

  it('speaks C, and gets no more of the environment than it needs', async () => {
    const environment = { ...process.env, LANG: 'de_DE.UTF-8', SECRET: 'x' };
    const { stdout } = await runnerFor(false, environment)('env', []);
    expect(stdout).toMatch(/^LC_ALL=C$/m);
    expect(stdout).not.toMatch(/SECRET|LANG=/);
  });

  it('as root runs nothing from the PATH of whoever called', async () => {
    const environment = { PATH: directory };
    expect((await runnerFor(false, environment)('whoami', [])).stdout).toBe('planted\n');
    expect((await runnerFor(true, environment)('whoami', [])).stdout).not.toBe('planted\n');
  });
});
