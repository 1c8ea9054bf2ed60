import { composeFile } from './compose-file.js';
import type { ContainersFact } from '../../model/container-facts.js';
import type { Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { System } from '../../model/system.js';
import { askEngine, engineSockets, textAt } from './engine-api.js';
import { containerOf, networkOf } from './read-container.js';

const mostContainers = 64;

/** Containers of this device and their networks, as their engine tells. It only reads. */
export const deviceContainers: Gatherer<'device.containers'> = {
  fact: 'device.containers',
  needs: [],
  base: false,
  cost: 'local',
  platforms: ['linux'],
  privilege: 'none',
  async gather(_facts, { system, signal }) {
    const [found, compose] = await Promise.all([readContainers(system, signal), composeFile(system)]);
    if (found === null) return skipped('no engine of containers can be asked');
    return known({ ...found, ...(compose && { compose }) }, found.socket);
  },
};

export async function readContainers(system: System, signal: AbortSignal): Promise<ContainersFact | null> {
  for (const socket of await engineSockets(system)) {
    const ask = (path: string): Promise<unknown> => askEngine(socket, path, { system, signal });
    const [list, networks] = await Promise.all([ask('/containers/json?all=1'), ask('/networks')]);
    if (!Array.isArray(list)) continue;
    const ids = list.slice(0, mostContainers).flatMap((entry: unknown) => textAt(entry, 'Id') ?? []);
    const known = ids.filter((id) => /^[0-9a-f]{12,64}$/.test(id));
    const answers = await Promise.all(known.map((id) => ask(`/containers/${id}/json`)));
    return {
      socket,
      containers: answers.flatMap((answer) => containerOf(answer) ?? []),
      networks: (Array.isArray(networks) ? networks : []).slice(0, 64).flatMap((one: unknown) => networkOf(one) ?? []),
    };
  }
  return null;
}
