import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { answeredFromOutside } from '../connection-evidence.js';
import { carriedOut } from '../firewall-evidence.js';
import { ownerName } from '../owner-words.js';

/** Docker and Podman keep their networks apart by rules; the way out is a common network, never a hole in the rules. */
export const cause: Cause = {
  id: 'containers-not-connected',
  side: 'this-device',
  stage: 'connect',
  title: 'The containers are not on a common network',
  symptoms: symptoms('connect', 'timed-out', 'host-unreachable', 'network-unreachable', 'refused'),
  needs: ['kernel.trace'],
  judge(attempt, scene) {
    const traced = carriedOut('containers-not-connected', attempt, scene, (_, { owner, about }) => {
      const who = owner === null ? 'The container system' : ownerName(owner);
      const network = about === null ? 'its networks' : `its network "${about}" from the others`;
      return {
        summary: `${who} keeps ${network} apart: ${attempt.address ?? 'the target'} is in another one.`,
        advice: `put both containers on a common network (docker network connect NETWORK CONTAINER); a rule that lets them through would be undone by ${who}`,
      };
    });
    if (traced) return traced;
    if (attempt.stage === 'connect' && answeredFromOutside(attempt, scene)) {
      return {
        says: 'ruledOut',
        because: 'the packet left this computer and was answered outside',
        facts: ['connect'],
      };
    }
    return { says: 'unknown', missing: [], because: 'the networks of containers were not looked at' };
  },
};
