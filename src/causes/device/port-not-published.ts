import { scopeOf } from '../../model/address.js';
import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { carriedOut } from '../firewall-evidence.js';
import { ownerName } from '../owner-words.js';

/** Docker drops what reaches a container from outside on a port that was not published. */
export const cause: Cause = {
  id: 'port-not-published',
  side: 'this-device',
  stage: 'connect',
  title: "The container's port is not published",
  symptoms: symptoms('connect', 'refused', 'timed-out'),
  needs: ['kernel.trace'],
  judge(attempt, scene) {
    const traced = carriedOut('port-not-published', attempt, scene, (_, { owner }) => {
      const who = owner === null ? 'The container system' : ownerName(owner);
      return {
        summary: `${who} lets nobody in to port ${attempt.port ?? 0} of this container: it is not published.`,
        advice: `publish it when the container is started (docker run -p ${attempt.port ?? 0}:${attempt.port ?? 0} …, or "ports:" in the compose file)`,
      };
    });
    if (traced) return traced;
    if (attempt.address !== null && scopeOf(attempt.address) === 'public')
      return { says: 'ruledOut', because: 'the target is a public address', facts: ['connect'] };
    return { says: 'unknown', missing: [], because: 'published ports of containers were not looked at' };
  },
};
