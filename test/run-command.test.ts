import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.js';
import { builtCommand, closedPort, run, type Ended } from './built.js';

interface RunAnswer {
  readonly schema: string;
  readonly exit: number;
  readonly seenBy: string | null;
  readonly connections: number;
  readonly reports: readonly Report[];
}

const linux = process.platform === 'linux';
const strace = existsSync('/usr/bin/strace');
const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-run-test-'));
let command = '';
let open: Server;
let closed = 0;

/** Connects to each port in turn, says something on both outputs, and ends with that code. */
const program = (ports: readonly number[], code: number): string => `
const net = require('node:net');
const ports = ${JSON.stringify(ports)};
console.log('on stdout'); console.error('on stderr');
(function next() {
  const port = ports.shift();
  if (port === undefined) process.exit(${code});
  const socket = net.connect(port, '127.0.0.1');
  socket.on('connect', () => { socket.destroy(); next(); }).on('error', next);
})();`;

const runs = (words: readonly string[], options: readonly string[] = []): Promise<Ended> =>
  run(process.execPath, [command, 'run', '--no-references', ...options, '--', ...words]);

async function asJson(words: readonly string[]): Promise<RunAnswer & { code: number | null; stderr: string }> {
  const { stdout, stderr, code } = await runs(words, ['--json']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return { ...(JSON.parse(stdout) as RunAnswer), code, stderr };
}

beforeAll(async () => {
  command = await builtCommand();
  closed = await closedPort();
  open = createServer((socket) => socket.on('error', () => undefined).end());
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve));
}, 60_000);

afterAll(() => {
  open.close();
  rmSync(directory, { recursive: true });
});

describe.skipIf(!linux)('run -- COMMAND', () => {
  it.skipIf(!strace)('reports the connection that failed, and how the command ended', async () => {
    const answer = await asJson([process.execPath, '-e', program([(open.address() as AddressInfo).port, closed], 7)]);
    expect(answer).toMatchObject({ schema: 'whoblocked/run/1', exit: 7, code: 1, seenBy: 'strace', connections: 2 });
    expect(answer.reports).toMatchObject([
      {
        schema: 'whoblocked/report/1',
        target: { input: `127.0.0.1:${closed}` },
        verdict: { cause: 'nothing-listening' },
      },
    ]);
    expect(answer.stderr).toContain('on stdout');
    expect(answer.stderr).toContain('on stderr');
  });

  it.each([
    ['#!/no/such/interpreter\n', 'it wants to be run by /no/such/interpreter, which is not there'],
    ['no program at all\n', 'its first line names none that runs it'],
    ['#!/bin/sh\r\necho\r\n', 'it wants to be run by /bin/sh'],
    ['\x7FELF\x02\x01', 'it is shorter than its own header says'],
    ['\x7FELF\x02\x01 of another kind', 'is a program for another kind of processor, or damaged'],
  ])('says what %j lacks, in place of blaming anybody', async (content, says) => {
    const file = path.join(directory, 'lacks');
    writeFileSync(file, content, { mode: 0o755 });
    const { code, stderr } = await runs([file]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) as unknown });
  });

  it('has nothing to report where all holds, and the command may still fail', async () => {
    const answer = await asJson([process.execPath, '-e', program([(open.address() as AddressInfo).port], 3)]);
    expect(answer).toMatchObject({ exit: 3, reports: [], code: 0 });
  });

  it('knows what a command meant by the words of its call', async () => {
    const url = `http://localhost:${closed}/`;
    const { reports } = await asJson([process.execPath, '-e', program([closed], 1), url]);
    expect(reports.map(({ target }) => target.input)).toEqual([url]);
  });

  it('counts the end by a signal as shells do', async () => {
    const { exit } = await asJson(['sh', '-c', 'kill -TERM $$']);
    expect(exit).toBe(143);
  });

  it('says what is wrong with a program that cannot be run', async () => {
    const file = path.join(directory, 'not-allowed');
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 });
    const answer = await asJson([file]);
    expect(answer).toMatchObject({ exit: 126, code: 1, connections: 0 });
    expect(answer.reports).toMatchObject([{ verdict: { cause: 'app-policy', certainty: 'proven', stage: 'target' } }]);
    for (const words of [['no-such-program-here'], ['/tmp'], ['']]) {
      const { code, stdout, stderr } = await runs(words);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('ends a command that outlasts the time that it was given', async () => {
    const { stdout, ms } = await runs(['sleep', '60'], ['--json', '--timeout', '1']);
    expect(JSON.parse(stdout)).toMatchObject({ exit: 143, stopped: true, reports: [] });
    expect(ms).toBeLessThan(20_000);
  });

  it('tells a person as well', async () => {
    const { stdout } = await runs([process.execPath, '-e', program([closed], 7)]);
    if (strace) expect(stdout).toContain(`Nothing on this computer listens on port ${closed}.`);
    expect(stdout).toContain('ended with 7');
  });
});

describe.skipIf(!linux)('--app', () => {
  it('takes a process that is there, and none that is not', async () => {
    const own = await run(process.execPath, [
      command,
      '--app',
      String(process.pid),
      `127.0.0.1:${closed}`,
      '--no-references',
      '--json',
    ]);
    const report = JSON.parse(own.stdout) as Report;
    expect(report.verdict.cause).toBe('nothing-listening');
    expect(report.facts['device.program']).toMatchObject({
      state: 'known',
      value: { pid: process.pid, running: true },
    });
    const gone = await run(process.execPath, [command, '--app', '4194304', 'localhost:1']);
    expect(gone).toMatchObject({ code: 2, stdout: '' });
    const alone = await run(process.execPath, [command, '--app', '4194304']);
    expect(alone).toMatchObject({ code: 2, stdout: '' });
  });

  it('without a target tells what a program waits for, or whether it can be started', async () => {
    const idle = await run(process.execPath, [command, '--app', String(process.pid), '--json']);
    expect(JSON.parse(idle.stdout)).toMatchObject({
      schema: 'whoblocked/run/1',
      exit: null,
      seenBy: 'sockets',
      reports: [],
    });
    expect(idle.code).toBe(0);
    const short = spawn('/bin/sleep', ['1.5']);
    const ended = await run(process.execPath, [command, '--app', String(short.pid)]);
    expect(ended.stdout).toMatch(/ended while it was watched: 0 connections[^]*--app PROGRAM TARGET/);
    const fits = await run(process.execPath, [command, '--app', '/bin/true']);
    expect(fits.stdout).toMatch(/can be started, and does not run/);
    const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-app-'));
    const file = path.join(directory, 'tool');
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 });
    const closedFile = await run(process.execPath, [command, '--app', file, '--json']);
    rmSync(directory, { recursive: true });
    const { reports } = JSON.parse(closedFile.stdout) as { reports: Report[] };
    expect(reports[0]?.verdict).toMatchObject({ cause: 'app-policy', certainty: 'proven' });
  });
});
