import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside } from '../evidence/connection-evidence.js';
import { carriedOut } from '../evidence/firewall-evidence.js';
import { notReached } from '../evidence/refused-by-own-stack.js';

/** kube-proxy refuses what goes to a service of Kubernetes without a ready pod: the pods are what is missing. */
export const cause: Cause = {
  id: 'no-backend',
  side: 'server',
  stage: 'connect',
  title: 'The service has no working backend',
  symptoms: symptoms('connect', 'refused', 'timed-out'),
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
