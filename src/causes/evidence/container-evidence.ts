import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import type { ComposeService, ContainerFact } from '../../model/container-facts.js';
import { fact } from '../../model/facts.js';

/** The resolver that Docker gives its containers; others ask theirs at the network's gateway. */
const embeddedResolver = '127.0.0.11';

/** The container that it is diagnosed from, if it is one. */
export function ownContainer(scene: Scene): ContainerFact | undefined {
  const id = fact(scene.facts, 'device.program')?.container ?? null;
  if (id === null) return undefined;
  return fact(scene.facts, 'device.containers')?.containers.find((one) => one.id === id || one.name === id);
}

/** The container that the target names, or whose address it is. */
export function targetContainer(attempt: FailedAttempt, scene: Scene): ContainerFact | undefined {
  const all = fact(scene.facts, 'device.containers')?.containers ?? [];
  const own = ownContainer(scene);
  const host = attempt.host.toLowerCase();
  const ofProject = (one: ContainerFact): boolean => own === undefined || one.project === own.project;
  const named = all.filter(
    (one) =>
      one.name.toLowerCase() === host ||
      one.service?.toLowerCase() === host ||
      one.networks.some(({ names }) => names.some((name) => name.toLowerCase() === host)),
  );
  const nearest = named.find(ofProject) ?? named[0];
  if (nearest) return nearest;
  if (attempt.address === null) return undefined;
  return all.find((one) => one.networks.some(({ addresses }) => addresses.includes(attempt.address ?? '')));
}

/** Where the folder's compose file has the service that a container belongs to; null without one. */
export function composedAs(
  container: ContainerFact,
  scene: Scene,
): { readonly service: ComposeService; readonly at: string; readonly file: string } | null {
  const compose = fact(scene.facts, 'device.containers')?.compose;
  const service = compose?.services.find(({ name }) => name === container.service);
  if (!compose || !service) return null;
  return { service, at: `${compose.location}:${service.line}`, file: compose.location };
}

export function commonNetworks(a: ContainerFact, b: ContainerFact): string[] {
  return a.networks.map(({ name }) => name).filter((name) => b.networks.some((other) => other.name === name));
}

/**
 * Of a name that was not found: whether an engine of containers had a say. Null where it may have had: it is diagnosed from
 * a container, and the engine is not asked yet or knows a container of that name, whoever its resolver is.
 */
export function noEngineAsked(attempt: FailedAttempt, scene: Scene): Finding | null {
  const program = fact(scene.facts, 'device.program');
  const config = fact(scene.facts, 'name.config');
  if (!config) return { says: 'unknown', missing: [], because: 'which resolver is asked is not known' };
  if ((program?.container ?? null) === null) return program === undefined && isEmbedded(scene) ? null : ruledOut;
  if (isEmbedded(scene) || scene.facts['device.containers'] === undefined) return null;
  return targetContainer(attempt, scene) ? null : ruledOut;
}

function isEmbedded(scene: Scene): boolean {
  return fact(scene.facts, 'name.config')?.resolvers.some(({ address }) => address === embeddedResolver) ?? false;
}

const ruledOut: Finding = {
  says: 'ruledOut',
  because: 'the name is not asked of an engine of containers',
  facts: ['name.config'],
};

/** "it ended with 1", "it starts again and again". */
export function howItStands(container: ContainerFact): string {
  const { state, exitCode, outOfMemory, health } = container;
  if (outOfMemory) return 'it was ended because memory ran out';
  if (state === 'restarting')
    return `it starts again and again${exitCode === null ? '' : `, and ended last with ${exitCode}`}`;
  if (state === 'exited' || state === 'dead')
    return exitCode === null ? 'it has ended' : `it ended with code ${exitCode}`;
  if (state === 'created') return 'it was made and never started';
  if (state === 'paused') return 'it is paused';
  if (health === 'unhealthy') return 'it runs, and its own check says that it is not well';
  if (health === 'starting') return 'it runs, and its own check has not called it ready yet';
  return state === 'running' ? 'it runs' : `it is ${state}`;
}
