import { describe, expect, it } from 'vitest';
import { reloadClamd } from './clamd.js';

function hands(stderr: string): Parameters<typeof reloadClamd>[0] {
  return {
    disk: { read: () => Promise.resolve(null) },
    run: () => Promise.resolve({ exit: 2, stdout: '', stderr, truncated: false }),
    clock: { sleep: () => Promise.resolve() },
  } as never;
}

describe('clamd, when it should read its lists anew', () => {
  it.each(['No such file or directory', 'Connection refused'])(
    'that does not run (%s) has nothing to be told',
    async (why) => {
      const words = `ERROR: Could not connect to clamd on LocalSocket /run/clamav/clamd.ctl: ${why}`;
      await expect(reloadClamd(hands(words))).resolves.toBeUndefined();
    },
  );
  it.each([
    'ERROR: Could not connect to clamd on LocalSocket /x: Permission denied',
    'ERROR: Clamd was NOT reloaded',
    '',
  ])('that runs and does not do it fails (%j)', async (words) => {
    await expect(reloadClamd(hands(words))).rejects.toThrow('clamdscan');
  });
});
