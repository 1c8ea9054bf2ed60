import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside, isOwnAddress, neverLeft, sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { saysOfMachineBehind } from '../evidence/machine-behind.js';
import { carriedOut } from '../evidence/firewall-evidence.js';
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
