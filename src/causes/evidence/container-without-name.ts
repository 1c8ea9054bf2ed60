import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { commonNetworks, ownContainer, targetContainer } from './container-evidence.js';

/**
 * The name is a container's, which runs on the same network; nobody there gives containers names: Docker's default bridge
 * does not, nor does Podman without its own name server. Null for any other.
 */
export function containerWithoutName(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.stage !== 'name' || attempt.hop > 0) return null;
  const [own, target] = [ownContainer(scene), targetContainer(attempt, scene)];
  if (!own || !target || own === target || target.state !== 'running') return null;
  const [network] = commonNetworks(own, target);
  const address = target.networks.find(({ name }) => name === network)?.addresses[0];
  if (network === undefined || address === undefined) return null;
  return {
    says: 'fits',
    weight: 0.95,
    side: 'this-device',
    stage: 'name',
    culprit: { kind: 'container', name: `${target.name} on ${network}`, address },
    summary: `The container ${target.name} runs on the same network, but nobody on ${network} knows containers by their names.`,
    advice: `use its address ${address}, or put both on a network that was made with names (docker network create; for Podman the package aardvark-dns or golang-github-containernetworking-plugin-dnsname)`,
    evidence: [
      {
        fact: 'device.containers',
        says: `the engine of containers says that ${target.name} runs with ${address} on ${network}, where ${own.name} is too`,
      },
      { fact: 'name.config', says: `the resolver that ${own.name} asks does not know that name` },
    ],
  };
}
