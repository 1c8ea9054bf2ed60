import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import type { ContainerFact } from '../../model/container-facts.js';
import { fact, type FactKey } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';
import { isOwnAddress } from './connection-evidence.js';
import { howItStands, ownContainer, targetContainer } from './container-evidence.js';
import { notYetAsked } from './not-yet-asked.js';

export interface ContainerBehind {
  readonly container: ContainerFact;
  readonly culprit: Culprit;
  readonly evidence: readonly Evidence[];
  /** ", and …": what the engine says of it, where it says that something is wrong; else nothing. */
  readonly clause: string;
  readonly advice: string;
}

/**
 * The container that runs where the attempt went: by its name or address from another container, or by its published port on
 * this computer. That its own check says it is not well is told, and is no cause by itself: the check may ask something else.
 */
export function containerBehind(attempt: FailedAttempt, scene: Scene): ContainerBehind | null {
  const container = behind(attempt, scene);
  // The kernel goes on taking connections for one that is paused.
  if (container?.state !== 'running' && container?.state !== 'paused') return null;
  const { name, health } = container;
  const isPaused = container.state === 'paused';
  const isSick = isPaused || health === 'unhealthy' || health === 'starting';
  const stands = howItStands(container);
  return {
    container,
    culprit: { kind: 'container', name, ...(attempt.address !== null && { address: attempt.address }) },
    clause: isSick ? `, and the engine of containers says of it: ${stands}` : '',
    advice: isPaused
      ? `let it go on: docker unpause ${name}`
      : `look at what it says: docker logs --tail 20 ${name}${health === 'unhealthy' ? `; what its check saw: docker inspect ${name}` : ''}`,
    evidence: [{ fact: 'device.containers', says: `the container ${name} stands behind it: ${stands}` }],
  };
}

/** " (the container web)", for behind an address. */
export function containerWords(found: ContainerBehind | null): string {
  return found ? ` (the container ${found.container.name})` : '';
}

/** What has to be asked to know whether a container is behind it. */
export function containerNotAsked(attempt: FailedAttempt, scene: Scene): FactKey[] {
  const fromContainer = (fact(scene.facts, 'device.program')?.container ?? null) !== null;
  return fromContainer || isOwnAddress(attempt.address, scene) ? notYetAsked(scene, 'device.containers') : [];
}

function behind(attempt: FailedAttempt, scene: Scene): ContainerFact | undefined {
  const own = ownContainer(scene);
  if (own) {
    const target = targetContainer(attempt, scene);
    return target === own ? undefined : target;
  }
  const { address, port } = attempt;
  if (address === null || port === null || !isOwnAddress(address, scene)) return undefined;
  return fact(scene.facts, 'device.containers')?.containers.find(({ ports }) =>
    ports.some(({ published }) =>
      published.some(
        (one) => one.port === port && (one.address === address || ['0.0.0.0', '::'].includes(one.address)),
      ),
    ),
  );
}
