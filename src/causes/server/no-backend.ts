import { hostPort } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  answeredFromOutside,
  isOwnAddress,
  neverLeft,
  refusedByReset,
  sendersOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { saysOfMachineBehind } from '../evidence/machine-behind.js';
import { carriedOut } from '../evidence/firewall-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { notReached } from '../evidence/refused-by-own-stack.js';

/** kube-proxy refuses what goes to a service of Kubernetes without a ready pod: the pods are what is missing. */
export const cause: Cause = {
  id: 'no-backend',
  side: 'server',
  stage: 'connect',
  title: 'The service has no working backend',
  symptoms: symptoms('connect', 'refused', 'timed-out', 'host-unreachable'),
  needs: ['kernel.trace'],
  judge(attempt, scene) {
    const traced = carriedOut('no-backend', attempt, scene, (_, { about }) => {
      const service = about === null ? null : about.replace(/:[^:/]*$/, '');
      const [namespace, name] = service?.split('/') ?? [];
      const which = service === null ? 'The service' : `The Kubernetes service ${service}`;
      const look =
        namespace === undefined || name === undefined
          ? 'kubectl get endpoints'
          : `kubectl -n ${namespace} get endpoints ${name}; kubectl -n ${namespace} describe service ${name}`;
      return {
        summary: `${which} has no ready pod behind it, so this computer refuses the connection at once.`,
        advice: `look why no pod is ready: ${look}`,
        ...(service === null ? {} : { name: service }),
      };
    });
    if (traced) return traced;
    const own = notReached(attempt, scene);
    if (own) return own;
    const virtual = withoutServers(attempt, scene);
    if (virtual) return virtual;
    const behind = machineBehind(attempt, scene);
    if (behind) return behind;
    if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer and was answered outside',
        facts: ['connect'],
      };
    }
    return { says: 'unknown', missing: [], because: 'the backends of a service were not looked at' };
  },
};

/** A router or balancer in front leads the port on to a machine that is off. */
function machineBehind(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.stage !== 'connect' || isOwnAddress(attempt.address, scene)) return null;
  const tries = triesOf(attempt, scene);
  if (attempt.outcome.code === 'host-unreachable' && (neverLeft(tries) || sendersOf(tries).self.length > 0))
    return { says: 'ruledOut', because: 'this computer itself said so', facts: ['connect'] };
  const said = saysOfMachineBehind(attempt, scene);
  if (said === null) return null;
  const address = attempt.address ?? '';
  return {
    says: 'fits',
    weight: said === 'after-search' ? 0.8 : 0.5,
    atMost: 'likely',
    culprit: { kind: 'service', name: `what ${address} leads port ${attempt.port ?? 0} on to`, address },
    summary: `${address} leads port ${attempt.port ?? 0} on to a machine behind it, and that one cannot be reached: it is off, or has another address.`,
    advice:
      'on what has that address (a router, a balancer), look where the port is led to and whether that machine runs',
    evidence: [
      {
        fact: 'connect',
        says:
          said === 'after-search'
            ? `${address} itself said "host unreachable", after it had looked for a machine for three seconds`
            : `${address} itself said "host unreachable", which is what a router says of a machine that it does not find`,
      },
    ],
  };
}

/**
 * IPVS answers for a service without a server that takes new connections by "port unreachable" (ip_vs_leave); kube-proxy in its
 * mode ipvs gives the service's address to this computer. Null where it is not so.
 */
function withoutServers(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { address, port, stage, outcome } = attempt;
  if (stage !== 'connect' || outcome.code !== 'refused' || !isOwnAddress(address, scene)) return null;
  // A port where nothing listens refuses by a reset.
  if (refusedByReset(triesOf(attempt, scene)) !== false) return null;
  const services = fact(scene.facts, 'device.balancer');
  if (!services) {
    const missing = notYetAsked(scene, 'device.balancer');
    return missing.length === 0 ? null : { says: 'unknown', missing, because: 'services of IPVS were not looked at' };
  }
  const found = services.find((one) => one.protocol === 'tcp' && one.address === address && one.port === port);
  if (!found || found.servers.some(({ weight }) => weight > 0)) return null;
  const place = hostPort(found.address, found.port);
  const why =
    found.servers.length === 0 ? 'no server at all' : 'only servers of weight 0, which get no new connections';
  return {
    says: 'fits',
    weight: 0.95,
    atMost: 'likely',
    side: 'this-device',
    culprit: { kind: 'service', name: place, address: found.address },
    summary: `The service ${place} has no server behind it in this computer's balancer (IPVS), so the kernel refuses the connection at once.`,
    advice:
      'look why no server is ready: kubectl get endpoints -A shows those of Kubernetes, sudo ipvsadm -Ln all of IPVS',
    evidence: [
      { fact: 'device.balancer', says: `IPVS leads ${place} (${found.scheduler}), and has ${why} for it` },
      { fact: 'connect', says: 'it was refused by an ICMP error of this computer, and not by a reset' },
    ],
  };
}
