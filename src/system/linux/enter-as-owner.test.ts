import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { placeOfProcess } from '../process-place.js';
import { couldLookIntoUs, ownerOfNetwork } from './enter-as-owner.js';

/** Runs `work` beside a process in namespaces of its own; skipped where this user may make none. */
async function beside(options: string[], work: (pid: number) => void): Promise<boolean> {
  const child = spawn('unshare', [...options, 'sh', '-c', 'echo $$; exec sleep 60'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  try {
    const said = await Promise.race([once(child.stdout, 'data'), once(child, 'error'), once(child, 'close')]);
    if (!(said[0] instanceof Buffer)) return false;
    const pid = options.includes('--fork')
      ? Number(fs.readFileSync(`/proc/${child.pid ?? 0}/task/${child.pid ?? 0}/children`, 'latin1'))
      : (child.pid ?? 0);
    work(pid);
    return true;
  } finally {
    child.kill('SIGKILL');
  }
}

describe.skipIf(process.platform !== 'linux')('a network that its owner may enter', () => {
  it('tells whose it is, and by which user namespace', async (context) => {
    const ran = await beside(['-r', '-n'], (pid) => {
      const place = placeOfProcess(pid);
      const owner = ownerOfNetwork(place?.network ?? null);
      expect(owner?.uid).toBe(process.geteuid?.());
      const { ino } = fs.fstatSync(owner?.namespace ?? -1);
      expect(`user:[${ino}]`).toBe(fs.readlinkSync(`/proc/${pid}/ns/user`));
    });
    if (!ran) context.skip();
  });

  it('is not entered where those inside see our processes, and have other files', async (context) => {
    const shared = await beside(['-r', '-n', '-m'], (pid) => {
      const place = placeOfProcess(pid);
      expect(place && couldLookIntoUs(place)).toBe(true);
    });
    await beside(['-r', '-n', '-m', '-p', '--fork', '--kill-child'], (pid) => {
      const place = placeOfProcess(pid);
      expect(place && couldLookIntoUs(place)).toBe(false);
    });
    // The same files: nothing is to be gained.
    await beside(['-r', '-n'], (pid) => {
      const place = placeOfProcess(pid);
      expect(place && couldLookIntoUs(place)).toBe(false);
    });
    if (!shared) context.skip();
  });
});
