import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { banOf, unban, untilWords } from '../evidence/bans.js';
import { routeOf, sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { carriedOut } from '../evidence/firewall-evidence.js';
import { ownerName } from '../evidence/owner-words.js';
import { notReached } from '../evidence/refused-by-own-stack.js';
import { endsBefore } from '../path/passing.js';
import type { Stop } from '../evidence/stop.js';

/**
 * A list of addresses that misbehaved holds one of the two ends. Where it is another machine's nobody outside sees it:
 * a ban then looks like any other silence of a server.
 */
export const cause: Cause = {
  id: 'client-banned',
  side: 'server',
  stage: 'connect',
  title: 'The server has banned this computer',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'refused', 'reset'),
    ...symptoms('tls', 'closed', 'reset', 'timed-out'),
    ...symptoms('http', 'closed', 'reset', 'timed-out', 'forbidden', 'rate-limited'),
    ...symptoms('service', 'closed', 'reset', 'timed-out'),
  ],
  needs: ['kernel.trace'],
  remedies: ['unban-address'],
  judge(attempt, scene) {
    const traced = carriedOut('client-banned', attempt, scene, (stop, { owner, about }) => {
      const who = owner === null ? 'A ban list' : ownerName(owner);
      const list = owner?.id === 'fail2ban' && about !== null ? ` (jail "${about}")` : '';
      const ban = banOf(stop, attempt.address, scene.facts);
      const decision = owner?.id === 'crowdsec' && ban !== null ? ` ("${ban.list}")` : '';
      const until = ban === null ? '' : untilWords(ban);
      return {
        summary: `${who} on this computer has banned ${bannedAddress(stop, attempt)}${list}${decision}${until === '' ? '' : ` ${until}`}.`,
        ...(ban !== null && owner?.id === 'crowdsec' ? { name: `CrowdSec decision "${ban.list}"` } : {}),
        advice: unban(stop, bannedAddress(stop, attempt), scene.facts),
      };
    });
    if (traced) return traced;
    const own = notReached(attempt, scene);
    if (own) return own;
    const hop = hopOf(attempt, scene);
    if (hop !== undefined) return { says: 'ruledOut', because: `${hop} on the way said so`, facts: ['connect'] };
    const before = attempt.stage === 'connect' ? endsBefore(attempt, scene) : null;
    if (before) return before;
    return { says: 'unknown', missing: [], because: "a server's list of bans cannot be seen from outside" };
  },
};

/** The element of the list, where it is known; else the other side. */
function bannedAddress({ flow }: Stop, { address }: FailedAttempt): string {
  return flow?.excerpt?.caught[0]?.element ?? address ?? 'the other side';
}

/** A router that is not the target answered for it: then it is that hop (contract, "Which of two"). */
function hopOf(attempt: FailedAttempt, scene: Scene): string | undefined {
  const [hop] = attempt.stage === 'connect' ? sendersOf(triesOf(attempt, scene)).hops : [];
  return hop && hop.from !== routeOf(attempt, scene)?.via ? hop.from : undefined;
}
