import { describe, expect, it } from 'vitest';
import { endIn } from './last-words.js';

const end = (...lines: string[]) => endIn(lines.join('\n'), 'log');

describe('the end of a log', () => {
  it('is a fault where the program was never ready', () => {
    expect(
      end(
        '2026-11-27 18:02:11.001 UTC [10] LOG:  database system is ready to accept connections',
        '2026-11-27 18:02:12.001 UTC [11] ERROR:  relation "a" does not exist',
        '2026-11-27 18:02:13.001 UTC [10] LOG:  received fast shutdown request',
        '2026-11-27 18:02:13.201 UTC [10] LOG:  database system is shut down',
        '2026-11-27 18:03:11.001 UTC [20] FATAL:  could not access file "timescaledb": No such file or directory',
        '2026-11-27 18:03:11.002 UTC [20] LOG:  database system is shut down',
      ),
    ).toEqual({
      ended: 'fault',
      words: {
        text: '[20] FATAL:  could not access file "timescaledb": No such file or directory',
        location: 'log',
      },
    });
  });

  it('is a stop where it was ready, whatever its clients did wrong', () => {
    expect(
      end(
        'LOG:  database system is ready to accept connections',
        'FATAL:  password authentication failed for user "app"',
        'LOG:  received fast shutdown request',
        'LOG:  database system is shut down',
      ),
    ).toMatchObject({ ended: 'stopped' });
    expect(
      end(
        '4401:M 27 Nov 2026 18:02:11.001 * Ready to accept connections',
        '4401:signal-handler (1795802531) Received SIGTERM scheduling shutdown...',
        '4401:M 27 Nov 2026 18:02:12.001 # User requested shutdown...',
        '4401:M 27 Nov 2026 18:02:12.001 # Redis is now ready to exit, bye bye...',
      ),
    ).toMatchObject({ ended: 'stopped' });
  });

  it('is the address in use, not what came of it', () => {
    expect(
      end(
        '2026/11/27 18:02:11 [emerg] 4401#4401: bind() to 0.0.0.0:8080 failed (98: Address already in use)',
        '2026/11/27 18:02:11 [emerg] 4401#4401: still could not bind()',
      ),
    ).toEqual({
      ended: 'fault',
      words: {
        text: '[emerg] 4401#4401: bind() to 0.0.0.0:8080 failed (98: Address already in use)',
        location: 'log',
      },
    });
  });

  it('is nothing where the program only runs', () => {
    expect(end('* Ready to accept connections')).toBeNull();
    expect(end('')).toBeNull();
  });

  it('keeps no secret', () => {
    const said = end('FATAL: cannot connect to postgres://app:geheim@db/x with password=geheim2 and token: "geheim 3"');
    expect(said?.words.text).toBe('FATAL: cannot connect to postgres://db/x with password=… and token: …');
  });

  it('stays bounded', () => {
    expect(end(`FATAL ${'x'.repeat(5_000)}`)?.words.text.length).toBe(300);
  });
});
