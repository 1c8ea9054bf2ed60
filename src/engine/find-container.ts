import { readContainers } from '../inspectors/containers/containers.js';
import type { ContainerFact } from '../model/container-facts.js';
import type { System } from '../model/system.js';

/**
 * The container of that name, or id, or service of a compose file; of several one of the folder's own project, and one that
 * runs, comes first. A text says why there is none to stand in.
 */
export async function findContainer(
  name: string,
  project: string,
  system: System,
  signal: AbortSignal,
): Promise<{ readonly container: ContainerFact; readonly socket: string } | string> {
  const fact = await readContainers(system, signal);
  if (fact === null) {
    const rights = system.identity.root ? '' : '; perhaps only root may ask it';
    return `no engine of containers (Docker, Podman) answers here${rights}`;
  }
  const rank = (one: ContainerFact): number => (one.project === project ? 0 : 2) + (one.state === 'running' ? 0 : 1);
  const found = fact.containers
    .filter((one) => one.name === name || one.service === name || (name.length >= 4 && one.id.startsWith(name)))
    .toSorted((a, b) => Number(b.name === name) - Number(a.name === name) || rank(a) - rank(b))[0];
  if (!found) return 'there is no container of that name';
  if (found.pid === null)
    return `the container does not run: it is ${found.state}${found.exitCode === null ? '' : ` (${found.exitCode})`}`;
  return { container: found, socket: fact.socket };
}
