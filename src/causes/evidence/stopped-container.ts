import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { howItStands, ownContainer, targetContainer } from './container-evidence.js';

/** The target is a container that does not run: its name is then known to nobody. Null for any other. */
export function stoppedContainer(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (!ownContainer(scene)) return null;
  const target = targetContainer(attempt, scene);
  if (!target || target.state === 'running' || target.state === 'unknown') return null;
  const stands = howItStands(target);
  return {
    says: 'fits',
    weight: 0.95,
    side: 'this-device',
    stage: attempt.stage,
    culprit: { kind: 'container', name: target.name },
    summary: `The container ${target.name} does not run: ${stands}.`,
    advice: `see why it ended and start it again: docker logs --tail 20 ${target.name}, docker start ${target.name}`,
    evidence: [
      {
        fact: 'device.containers',
        says: `the engine of containers says of ${target.name}: ${target.state}, ${stands}`,
      },
      ...(target.error === null
        ? []
        : [{ fact: 'device.containers' as const, says: `its own words: ${target.error}` }]),
    ],
  };
}
