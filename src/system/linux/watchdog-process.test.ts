import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { LineReader, startWatchdogProcess, systemdRunHere } from './watchdog-process.js';

const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-watchdog-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** In place of this program: says with what it was started, then what it hears, and ends with its input. */
const script = path.join(directory, 'program.js');
writeFileSync(
  script,
  `process.stdout.write(process.argv.slice(2).join(' ') + '\\n');
process.stdin.on('data', (text) => process.stdout.write('heard ' + text));
process.stdin.on('end', () => process.exit(0));\n`,
);

/** A fake of systemd-run, named as such: it checks its words and becomes the program. No systemd runs here. */
const fakeSystemdRun = path.join(directory, 'systemd-run');
writeFileSync(
  fakeSystemdRun,
  '#!/bin/sh\n[ "$1 $2 $3 $4 $5" = "--quiet --collect --pipe --unit=whoblocked-watchdog-abcdefgh --" ] || exit 9\nshift 5\nexec "$@"\n',
);
chmodSync(fakeSystemdRun, 0o755);

describe('the watchdog as a process', () => {
  it.each([
    ['a child of its own', null],
    ['a service, by a fake of systemd-run', fakeSystemdRun],
  ])('%s: lines both ways, and its end', async (_name, systemdRun) => {
    const started = startWatchdogProcess(script, 'abcdefgh', 'change', systemdRun);
    expect(await started.hear(10_000)).toBe('watchdog abcdefgh');
    started.tell('applying');
    expect(await started.hear(10_000)).toBe('heard applying');
    expect(await started.hear(20)).toBe(null);
    expect(started.hasEnded).toBe(false);
  });

  it('that cannot be started has ended at once', async () => {
    const started = startWatchdogProcess(script, 'abcdefgh', 'change', path.join(directory, 'nowhere'));
    await started.ended;
    expect(started.hasEnded).toBe(true);
    expect(await started.hear(10)).toBe(null);
  });

  it('is a service only where systemd is the first process', () => {
    expect(systemdRunHere() === null || systemdRunHere() === '/usr/bin/systemd-run').toBe(true);
  });
});

describe('lines of a stream', () => {
  it('come whole though they come in pieces, and one that is too long comes empty', async () => {
    const stream = new PassThrough();
    const reader = new LineReader(stream, 10);
    const first = reader.next(5_000);
    for (const piece of ['ab', 'cd', 'e\nf']) {
      stream.write(piece);
      // oxlint-disable-next-line no-await-in-loop -- each piece is an event of its own
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await first).toBe('abcde');
    stream.write(`${'x'.repeat(20)}done\nend\n`);
    expect([await reader.next(5_000), await reader.next(5_000)]).toEqual(['', 'end']);
    expect(await reader.next(10)).toBeNull();
    stream.end();
    expect(await reader.next(5_000)).toBeNull();
  });
});
