import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { ownContainer } from './container-evidence.js';

/**
 * The container that it is diagnosed from has interfaces and no way out: all of its networks were made to lead to their own
 * containers alone (`internal: true`, `--internal`), where no engine gives a default route. Null for any other.
 */
export function internalNetwork(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { facts } = scene;
  const program = fact(facts, 'device.program');
  if (!program?.container || !program.adopted.includes('network')) return null;
  const routes = fact(facts, 'device.routes');
  if (!routes) return null;
  const choice = routes.choices.find(({ address }) => address === attempt.address);
  if (!choice || choice.error === null || choice.line !== null) return null;
  if (facts['device.containers'] === undefined)
    return { says: 'unknown', missing: ['device.containers'], because: 'its networks were not looked at' };
  const own = ownContainer(scene);
  const networks = fact(facts, 'device.containers')?.networks ?? [];
  const isInternal = (name: string): boolean => networks.find((one) => one.name === name)?.internal === true;
  if (!own || own.networks.length === 0 || !own.networks.every(({ name }) => isInternal(name))) return null;
  const names = own.networks.map(({ name }) => name).join(', ');
  const plural = own.networks.length > 1;
  return {
    says: 'proven',
    side: 'this-device',
    stage: attempt.stage === 'name' ? 'name' : 'connect',
    culprit: { kind: 'container', name: `${plural ? 'networks' : 'network'} ${names} of ${own.name}` },
    summary: `The container ${own.name} is only on ${plural ? 'networks' : 'a network'} made without a way out (${names}): it reaches nobody but the containers there.`,
    advice: `if it is to get out, put it on another network as well: docker network connect NETWORK ${own.name}; whoever made ${names} internal may have meant it`,
    evidence: [
      {
        fact: 'device.containers',
        says: `the engine of containers says that ${names} ${plural ? 'are' : 'is'} internal, and that ${own.name} is on no other`,
      },
      {
        fact: 'device.routes',
        says: `in its network the kernel finds no route to ${choice.address} (${choice.error})`,
      },
    ],
  };
}
