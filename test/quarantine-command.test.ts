import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCommand } from './built.js';

interface Told {
  readonly files?: readonly { readonly id: string; readonly original: string }[];
  readonly restored?: boolean;
  readonly change?: string;
}

const can = process.getuid?.() === 0 && existsSync('/usr/sbin/clamd') && existsSync('/usr/bin/clamscan');

/** The real ClamAV with signatures of its own; the command sees its settings where Debian has them. */
describe.skipIf(!can)('whoblocked quarantine, with ClamAV', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'whoblocked-quarantine-'));
  const at = (...parts: string[]): string => path.join(home, ...parts);
  const [signature, tool] = [at('db', 'lab.ndb'), at('programs', 'tool')];
  const harmful = 'WHOBLOCKED-QUARANTINE-TEST-5d3a';
  let clamd: ChildProcess;
  let cli = '';

  const learn = (word: string): void => {
    writeFileSync(signature, `Lab.Harmful:0:*:${Buffer.from(word).toString('hex')}\n`);
    if (clamd !== undefined) spawnSync('clamdscan', ['-c', at('clamav', 'clamd.conf'), '--reload']);
  };
  /** In a mount namespace, where clamd's settings, the jobs of cron and the journal are this test's. */
  const command = (...args: string[]) => {
    const mounts = ['clamav:/etc/clamav', 'cron.d:/etc/cron.d', 'varlib:/var/lib'].map((one) => one.split(':'));
    const binds = mounts.map(([from = '', to = '']) => `mount --bind ${at(from)} ${to}`).join(' && ');
    const line = ['-m', 'sh', '-c', `${binds} && exec "$@"`, 'sh', process.execPath, cli, ...args];
    const done = spawnSync('unshare', line, { encoding: 'utf8', timeout: 120_000 });
    return { exit: done.status, stdout: done.stdout, stderr: done.stderr };
  };
  const run = (...args: string[]) => command('quarantine', ...args);
  const json = (...args: string[]) => JSON.parse(run(...args, '--json').stdout) as Told;
  const idOf = (): string => json('list').files?.find(({ original }) => original === tool)?.id ?? '';
  const undo = (id: string): void => {
    const done = command('undo', id);
    if (done.exit !== 0) throw new Error(done.stdout + done.stderr);
  };

  beforeAll(async () => {
    cli = await builtCommand();
    for (const folder of ['db', 'clamav', 'cron.d', 'varlib', 'programs', 'quarantine']) mkdirSync(at(folder));
    learn(harmful);
    const settings = [
      `DatabaseDirectory ${at('db')}`,
      `LocalSocket ${at('clamd.sock')}`,
      `LogFile ${at('clamd.log')}`,
      'LogTime yes',
      'Foreground yes',
    ];
    writeFileSync(at('clamav', 'clamd.conf'), `${settings.join('\n')}\n`);
    writeFileSync(
      at('cron.d', 'scan'),
      `0 1 * * * root clamscan --move=${at('quarantine')} --log=${at('scan.log')} /home\n`,
    );
    clamd = spawn('clamd', ['-c', at('clamav', 'clamd.conf')], { stdio: 'ignore' });
    for (let waited = 0; !existsSync(at('clamd.sock')) && waited < 400; waited++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    writeFileSync(tool, `#!/bin/sh\n# ${harmful}\n`);
    chownSync(tool, 1234, 1235);
    chmodSync(tool, 0o755);
    utimesSync(tool, 1_700_000_000, 1_700_000_000);
    spawnSync('clamscan', [
      '-d',
      at('db'),
      `--move=${at('quarantine')}`,
      `--log=${at('scan.log')}`,
      '--no-summary',
      tool,
    ]);
  }, 60_000);

  afterAll(() => {
    clamd.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  it('lists what was moved away, and from where', () => {
    expect(existsSync(tool)).toBe(false);
    const { exit, stdout } = run('list');
    expect(exit).toBe(0);
    expect(stdout).toContain(tool);
    expect(stdout).toContain('Lab.Harmful.UNOFFICIAL');
  });

  it('asks the scanner again, and lets nothing out that it still finds something in', () => {
    const id = idOf();
    const scanned = run('scan', id);
    expect(scanned.exit).toBe(1);
    expect(scanned.stdout).toMatch(/ClamAV \(clamd\) finds Lab\.Harmful/);
    expect(scanned.stdout).not.toContain('restore');
    const restored = run('restore', id);
    expect(restored.exit).toBe(1);
    expect(restored.stdout).toMatch(/is not put back/);
    expect(restored.stdout).not.toContain('i-accept-the-risk');
    expect(existsSync(tool)).toBe(false);
  });

  it('puts it back when the scanner finds nothing any more, with owner, rights and time, and takes it away again', () => {
    learn('SOMETHING-ELSE-ENTIRELY-0000');
    const id = idOf();
    expect(run('scan', id)).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining(`quarantine restore ${id}`) as string,
    });
    const told = json('restore', id);
    expect(told.restored).toBe(true);
    const { uid, gid, mode, mtimeMs } = statSync(tool);
    expect([uid, gid, mode & 0o7777, mtimeMs]).toEqual([1234, 1235, 0o755, 1_700_000_000_000]);
    expect(existsSync(at('quarantine', 'tool'))).toBe(true);
    expect(run('restore', id).exit).toBe(1); // it is there: nothing is overwritten
    undo(told.change ?? '');
    expect(existsSync(tool)).toBe(false);
  });

  it('makes the narrowest exception where the risk is taken, and takes that back too', () => {
    learn(harmful);
    const told = json('restore', idOf(), '--i-accept-the-risk');
    expect(told).toMatchObject({ restored: true, verdict: 'harmful' });
    const scanOf = (file: string) =>
      spawnSync('clamdscan', ['-c', at('clamav', 'clamd.conf'), '--fdpass', '--no-summary', file]).status;
    expect(scanOf(tool)).toBe(0);
    const other = at('programs', 'other');
    writeFileSync(other, `${readFileSync(tool, 'utf8')}\n`);
    expect(scanOf(other)).toBe(1);
    undo(told.change ?? '');
    expect(existsSync(tool)).toBe(false);
    expect(scanOf(at('quarantine', 'tool'))).toBe(1);
  });

  it('asks rules of the user’s own, which may speak against a file and never for it', () => {
    learn('SOMETHING-ELSE-ENTIRELY-0000');
    writeFileSync(at('own.yar'), `rule Own { strings: $a = "${harmful}" condition: $a }`);
    const scanned = run('scan', idOf(), '--yara', at('own.yar'));
    expect(scanned).toMatchObject({
      exit: 1,
      stdout: expect.stringMatching(/YARA rules finds Own \(own\.yar\)/) as string,
    });
    expect(run('restore', idOf(), '--yara', at('own.yar'))).toMatchObject({ exit: 1 });
    expect(existsSync(tool)).toBe(false);
    expect(run('list', '--yara', at('own.yar')).exit).toBe(2);
  });

  it('asks VirusTotal with the user’s key alone, by the hash alone, and shows the key nowhere', async () => {
    learn('SOMETHING-ELSE-ENTIRELY-0000');
    const key = 'do-not-show-me-5a1f0cc2';
    const [asked, port] = [at('asked'), at('port')];
    const program = `require('node:http').createServer((request, response) => {
      require('node:fs').appendFileSync(${JSON.stringify(asked)}, JSON.stringify([request.url, request.headers['x-apikey']]) + '\\n');
      response.end(JSON.stringify({ data: { attributes: {
        last_analysis_stats: { malicious: 1, suspicious: 0, undetected: 69 },
        last_analysis_results: { Echo: { category: 'malicious', result: request.headers['x-apikey'] } } } } }));
    }).listen(0, '127.0.0.1', function () { require('node:fs').writeFileSync(${JSON.stringify(port)}, String(this.address().port)); });`;
    const server = spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
    try {
      for (let waited = 0; !existsSync(port) && waited < 400; waited++)
        await new Promise((resolve) => setTimeout(resolve, 25));
      writeFileSync(at('key'), `${key}\n`);
      const scanners = { virusTotalKeyFile: at('key'), virusTotal: `http://127.0.0.1:${readFileSync(port, 'utf8')}` };
      writeFileSync(at('config.json'), JSON.stringify({ scanners }));
      const id = idOf();
      const calls = [
        ['scan', id],
        ['scan', id, '--json'],
        ['restore', id, '--json'],
      ].map((words) => run(...words, '--config', at('config.json')));
      // clamd finds nothing: without one who is divided this would put it back.
      expect(calls.map(({ exit }) => exit)).toEqual([3, 3, 1]);
      expect(calls[0]?.stdout).toMatch(/VirusTotal is divided: 1 of 70 engines/);
      expect(existsSync(tool)).toBe(false);
      for (const { stdout, stderr } of calls) expect(stdout + stderr).not.toContain(key);
      const sha256 = createHash('sha256')
        .update(readFileSync(at('quarantine', 'tool')))
        .digest('hex');
      const lines = readFileSync(asked, 'utf8').trim().split('\n');
      expect(new Set(lines)).toEqual(new Set([JSON.stringify([`/api/v3/files/${sha256}`, key])]));
      expect(run('scan', id).stdout).not.toContain('VirusTotal');
      expect(readFileSync(asked, 'utf8').trim().split('\n')).toHaveLength(3);
    } finally {
      server.kill('SIGKILL');
    }
  });

  it('never follows a link that somebody put above its place', () => {
    learn('SOMETHING-ELSE-ENTIRELY-0000');
    mkdirSync(at('elsewhere'));
    rmSync(at('programs'), { recursive: true });
    spawnSync('ln', ['-s', at('elsewhere'), at('programs')]);
    expect(json('restore', idOf())).toMatchObject({ restored: false });
    expect(existsSync(at('elsewhere', 'tool'))).toBe(false);
  });
});
