// What a diagnosis must not leave behind: nft tables, processes, tracing instances; and what the lab must not: mounts.
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { must, until } from '../world/process.js';
import type { World } from '../world/world.js';

const TRACING = ['/sys/kernel/tracing/instances', '/sys/kernel/debug/tracing/instances'];

export function tracingInstances(): Set<string> {
  const found = new Set<string>();
  for (const directory of TRACING) {
    try {
      for (const name of readdirSync(directory)) found.add(name);
    } catch {
      // not mounted
    }
  }
  return found;
}

/** What is mounted where all programs of this machine see it, by its id (proc_pid_mountinfo(5)). */
export function machineMounts(): Map<string, string> {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  const mounts = lines.map((line) => line.split(' ')).map(([id = '', , , , place = '']) => [id, place] as const);
  return new Map(mounts.filter(([, place]) => place !== '' && !isForAWhile(place)));
}

/** Networks of worlds that run, and what tests hold in directories of their own. */
function isForAWhile(place: string): boolean {
  return ['/run', tmpdir()].some((directory) => place.startsWith(`${directory}/`));
}

export async function tables(world: World): Promise<string> {
  return must(...world.inside('device', 'nft', 'list', 'tables')).catch(() => '');
}

/**
 * Waits until the device holds no more tables and processes than before. The kernel removes the trace's table once
 * its owner has died, which may be some milliseconds after the command's own end.
 */
export async function leftovers(world: World, tablesBefore: string): Promise<string[]> {
  let left: string[] = [];
  await until(
    async () => {
      const now = await tables(world);
      const strangers = await world.strangers('device');
      left = [
        ...(now === tablesBefore ? [] : [`tables left: ${now.trim().replaceAll('\n', ', ')}`]),
        ...(strangers.length === 0 ? [] : [`processes left: ${strangers.join(', ')}`]),
      ];
      return left.length === 0;
    },
    1500,
    25,
  );
  return left;
}
