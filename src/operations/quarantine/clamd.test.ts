import { describe, expect, it } from 'vitest';
import { folderToChange, reloadClamd } from './clamd.js';

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

describe('what is to be changed for clamd', () => {
  const settings = { bytes: Buffer.from('DatabaseDirectory /srv/signatures\n') };
  const ran = { exit: 0, stdout: '', stderr: '', truncated: false };

  function withSettings(result: object): Parameters<typeof folderToChange>[0] {
    return { disk: { read: () => Promise.resolve(settings) }, run: () => Promise.resolve(result) } as never;
  }

  it('lies in its folder', async () => {
    expect(await folderToChange(withSettings(ran))).toBe('/srv/signatures');
  });

  it('is refused before anything is changed where clamd could not be told', async () => {
    await expect(folderToChange(withSettings({ ...ran, exit: null, error: 'ENOENT' }))).rejects.toThrow(
      'clamdscan is not installed',
    );
  });
});
