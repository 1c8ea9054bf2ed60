import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../model/system.js';
import type { Hands } from '../operation-kind.js';
import { operation } from './guard-stop.js';

const stop = { kind: 'guard-stop', unit: 'clamav-clamonacc.service' } as const;

/** A fake of systemctl, named as such, that knows one word. */
function fakeSystemctl(stdout: string, exit = 0, stderr = ''): Hands {
  const run = (): Promise<RunResult> => Promise.resolve({ exit, stdout, stderr, truncated: false });
  return { id: 'abcdefgh', run, journal: '/x' } as unknown as Hands;
}

describe('a guard that is stopped', () => {
  it.each([
    [{ unit: 'sshd.service' }],
    [{ unit: '../../x.service' }],
    [{ unit: ['clamav-clamonacc.service'] }],
    [{ unit: stop.unit, verb: 'mask' }],
    [{}],
  ])('is one of a closed list: %j is refused', (wrong) => {
    expect(() => operation.check({ kind: 'guard-stop', ...wrong })).toThrow(/not valid/);
    expect(operation.check(stop)).toEqual(stop);
  });

  it('is not planned where it does not run, or there is no systemd', async () => {
    await expect(operation.capture(stop, fakeSystemctl('inactive\n', 3))).rejects.toThrow(/does not run/);
    const none = fakeSystemctl('', 1, 'System has not been booted with systemd as init system');
    await expect(operation.capture(stop, none)).rejects.toThrow(/not been booted/);
    await expect(operation.capture(stop, fakeSystemctl('active\n'))).resolves.toBe(null);
  });

  it('is told from one that is just starting', async () => {
    const looks = await Promise.all(
      ['active', 'inactive', 'failed', 'activating'].map(async (word) => (await operation.look(stop, null, fakeSystemctl(`${word}\n`))).is), // prettier-ignore
    );
    expect(looks).toEqual(['before', 'after', 'after', 'torn']);
  });
});
