// Removes what a killed run of the lab left behind; a living run's worlds and other people's namespaces stay.
import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './process.js';
import { isLeftover } from './names.js';

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Ends every process inside a namespace of ours, then removes the namespace. */
export async function removeNamespaces(names: readonly string[]): Promise<number[]> {
  const killed: number[] = [];
  for (const name of names) {
    const pids = await run('ip', ['netns', 'pids', name]);
    for (const word of pids.stdout.split('\n')) {
      const pid = Number(word);
      if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) continue;
      try {
        process.kill(pid, 'SIGKILL');
        killed.push(pid);
      } catch {
        // already gone
      }
    }
  }
  if (names.length > 0) {
    await run('ip', ['-force', '-batch', '-'], { input: names.map((name) => `netns del ${name}\n`).join('') });
  }
  return killed;
}

export function removeDeviceFiles(names: readonly string[]): void {
  for (const name of names) rmSync(path.join('/etc/netns', name), { recursive: true, force: true });
  try {
    rmdirSync('/etc/netns'); // only when nobody else uses it
  } catch {
    // not empty, or not there
  }
}

/** Sweeps leftovers; gives the names of the namespaces removed. */
export async function sweep(): Promise<string[]> {
  const namespaces = list('/run/netns').filter(isLeftover);
  await removeNamespaces(namespaces);
  const files = list('/etc/netns').filter(isLeftover);
  if (files.length > 0) removeDeviceFiles(files);
  for (const name of list(tmpdir()).filter(isLeftover))
    rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  return namespaces;
}
