import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.js';
import { builtCommand, closedPort, run } from './built.js';
import type { Ended, RunOptions } from './built.js';

let command = '';
let silent: Server;
let page: Server;
const sockets = new Set<Socket>();
const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-command-'));

const listening = (onSocket: (socket: Socket) => void): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      onSocket(socket);
    });
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const whoblocked = (args: readonly string[], options?: RunOptions): Promise<Ended> =>
  run(process.execPath, [command, ...args], options);

/** No test contacts anybody: references are off, and all targets are on the loopback. */
const diagnose = (target: string, args: readonly string[] = [], options?: RunOptions): Promise<Ended> =>
  whoblocked([target, '--no-references', ...args], options);

beforeAll(async () => {
  command = await builtCommand();
  silent = await listening(() => undefined);
  page = await listening((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'));
  });
}, 60_000);

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  page.close();
  rmSync(directory, { recursive: true });
});

describe('wrong words', () => {
  it.each([
    [[]],
    [['']],
    [['https://user:geheim@exa mple/']],
    [['postgres://user:geheim/x@db/app']],
    [['\u001b[31mshop.example']],
    [['--', '-rf']],
    [['shop.example:0']],
    [['shop.example:65536']],
    [['0177.1']],
    [['nonsense://geheim']],
    [['--geheim', 'shop.example']],
    [['shop.example', '--timeout', 'geheim']],
    [['shop.example', '--config', '/nonexistent/geheim-not-a-secret.json']],
    [['replay', '/nonexistent.json']],
  ])('%j: one line on stderr, exit 2', async (args) => {
    const { code, stdout, stderr } = await whoblocked(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^whoblocked: [^\n]{10,300}\n$/);
    if (!args.includes('--config')) expect(stderr).not.toContain('geheim');
    expect(stderr.trimEnd()).not.toMatch(/\p{Cc}/u);
  });
});

it('10,000 characters are refused as well', async () => {
  const { code, stderr } = await whoblocked(['a'.repeat(10_000)]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'whoblocked: The target is too long: at most 8192 characters.\n',
  });
});

describe('a diagnosis', () => {
  it('of what works exits 0', async () => {
    const { code, stdout, stderr } = await diagnose(`http://127.0.0.1:${portOf(page)}/`);
    expect(stdout).toMatch(/^✓ 127\.0\.0\.1:\d+ works: answered in \d+ ms \(HTTP 200\)\.\n$/);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('of a port that nothing listens on names that, and exits 1', async () => {
    const port = await closedPort();
    const { code, stdout, stderr } = await diagnose(`127.0.0.1:${port}`);
    expect(stdout).toContain(String(port));
    expect(stdout).toMatch(/^✗ /);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  });

  it('--json is one report and nothing else; replayed it says the same', async () => {
    const port = await closedPort();
    const { code, stdout, stderr } = await diagnose(`127.0.0.1:${port}`, ['--json']);
    const report = JSON.parse(stdout) as Report;
    expect({ code, stderr, schema: report.schema }).toEqual({ code: 1, stderr: '', schema: 'whoblocked/report/1' });
    const file = path.join(directory, 'report.json');
    writeFileSync(file, stdout);
    const again = await whoblocked(['replay', file, '--json']);
    expect(again.code).toBe(1);
    expect((JSON.parse(again.stdout) as Report).verdict).toEqual(report.verdict);
    const fromInput = await whoblocked(['replay', '-'], { input: stdout });
    expect(fromInput.stdout).toMatch(/^✗ /);
  });

  it('--redact hides the user, and can be judged again', async () => {
    const port = await closedPort();
    const { stdout } = await diagnose(`127.0.0.1:${port}`, ['--json', '--redact']);
    const again = await whoblocked(['replay', '-', '--json'], { input: stdout });
    expect((JSON.parse(again.stdout) as Report).verdict.cause).toBe((JSON.parse(stdout) as Report).verdict.cause);
  });

  it('never repeats a secret', async () => {
    const port = await closedPort();
    for (const args of [['--json'], ['--verbose']]) {
      const { stdout, stderr } = await diagnose(`http://user:geheim@127.0.0.1:${port}/a?token=geheim#geheim`, args);
      expect(stdout + stderr).not.toContain('geheim');
    }
  });

  it('keeps to its time', async () => {
    const { code, ms } = await diagnose(`http://127.0.0.1:${portOf(silent)}/`, ['--timeout', '1']);
    expect([1, 3]).toContain(code);
    expect(ms).toBeLessThan(8000);
  });

  it('ends at Ctrl-C, with nothing on stdout', async () => {
    const target = `http://127.0.0.1:${portOf(silent)}/`;
    const { code, stdout, ms } = await diagnose(target, ['--timeout', '20'], {
      signal: { name: 'SIGINT', when: once(silent, 'connection') },
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(ms).toBeLessThan(8000);
  });

  it('is quiet when its reader goes away', async () => {
    const port = await closedPort();
    const line = `"${process.execPath}" "${command}" 127.0.0.1:${port} --no-references --json | true`;
    const { stderr } = await run('sh', ['-c', line]);
    expect(stderr).toBe('');
  });

  it('works without system calls, and says what it could not see', async () => {
    const port = await closedPort();
    const { code, stdout } = await diagnose(`127.0.0.1:${port}`, ['--json'], {
      environment: { WHOBLOCKED_NO_FFI: '1' },
    });
    const { facts } = JSON.parse(stdout) as Report;
    expect(facts['device.self']).toMatchObject({ value: { sockets: 'plain' } });
    expect([1, 3]).toContain(code);
  });
});

describe('a saved report that is none', () => {
  const report = (): Record<string, unknown> =>
    JSON.parse(readFileSync(path.join(directory, 'report.json'), 'utf8')) as Record<string, unknown>;

  it.each([
    ['no JSON', () => '{'],
    ['another JSON', () => '[]'],
    ['no facts', () => JSON.stringify({ ...report(), facts: null })],
    [
      'facts of another shape',
      () =>
        JSON.stringify({
          ...report(),
          facts: { ...(report()['facts'] as object), connect: { state: 'known', value: 7 } },
        }),
    ],
    ['a verdict of another shape', () => JSON.stringify({ ...report(), verdict: [] })],
  ])('%s: exit 2, one line', async (_, text) => {
    const { code, stdout, stderr } = await whoblocked(['replay', '-'], { input: text() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^whoblocked: [^\n]+\n$/);
  });
});

describe('explain', () => {
  const message = 'curl: (7) Failed to connect to shop.example port 8443 after 3 ms: Connection refused';

  it('says what a message means, and how to find out', async () => {
    const { code, stdout } = await whoblocked(['explain', message]);
    expect(code).toBe(0);
    expect(stdout).toContain('shop.example:8443');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('--json is the contract’s, from standard input too', async () => {
    const { code, stdout } = await whoblocked(['explain', '--json'], { input: message });
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 0,
      schema: 'whoblocked/explain/1',
      target: 'shop.example:8443',
    });
  });
});

describe('a pause of the proxy', () => {
  it('ends what is tried when its time is over', async () => {
    const { code, stderr } = await whoblocked(['pause', 'proxy', '--for', '5s', '--', 'sleep', '60']);
    expect(stderr).toContain('without the proxy variables the command ends with 143');
    expect(code).toBe(143);
  });
});

describe('help', () => {
  it('teaches by examples', async () => {
    const { code, stdout } = await whoblocked(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('whoblocked https://shop.example/');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(112);
  });

  it('--version is the package’s', async () => {
    const { version } = JSON.parse(readFileSync(path.join(path.dirname(command), '../package.json'), 'utf8')) as {
      version: string;
    };
    expect((await whoblocked(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe.skipIf(process.platform !== 'linux')('an odd machine', () => {
  /** The shell's text is fixed; `"$@"` is the command. */
  const inShell = (text: string, args: readonly string[]): Promise<Ended> =>
    run('sh', ['-c', text, 'sh', process.execPath, command, ...args, '--no-references']);

  it('has no working folder any more', async () => {
    const gone = mkdtempSync(path.join(tmpdir(), 'whoblocked-gone-'));
    const ended = await inShell('cd "$GONE" && rmdir "$GONE" && exec "$@"'.replaceAll('$GONE', gone), [
      `127.0.0.1:${await closedPort()}`,
    ]);
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toContain('Nothing on this computer listens');
  });
  it('has a full disk under the report, which is said', async () => {
    const ended = await inShell('exec "$@" > /dev/full', [`127.0.0.1:${portOf(page)}`]);
    expect(ended.stderr).toContain('could not be written down: ENOSPC');
  });
});
