import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { routeOf, sendersOf, triesOf } from '../connection-evidence.js';
import { carriedOut } from '../firewall-evidence.js';
import { ownerName } from '../owner-words.js';
import type { Stop } from '../stop.js';

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
  judge(attempt, scene) {
    const traced = carriedOut('client-banned', attempt, scene, (stop, { owner, about }) => {
      const who = owner === null ? 'A ban list' : ownerName(owner);
      const list = owner?.id === 'fail2ban' && about !== null ? ` (jail "${about}")` : '';
      return {
        summary: `${who} on this computer has banned ${bannedAddress(stop, attempt)}${list}.`,
        advice: unban(owner?.id, about, bannedAddress(stop, attempt)),
      };
    });
    if (traced) return traced;
    const hop = hopOf(attempt, scene);
    if (hop !== undefined) return { says: 'ruledOut', because: `${hop} on the way said so`, facts: ['connect'] };
    return { says: 'unknown', missing: [], because: "a server's list of bans cannot be seen from outside" };
  },
};

/** The element of the list, where it is known; else the other side. */
function bannedAddress({ flow }: Stop, { address }: FailedAttempt): string {
  return flow?.excerpt?.caught[0]?.element ?? address ?? 'the other side';
}

function unban(owner: string | undefined, jail: string | null, address: string): string {
  if (owner === 'fail2ban' && jail !== null && /^[\w.-]+$/.test(jail))
    return `see why (fail2ban-client status ${jail}), then take it back: fail2ban-client set ${jail} unbanip ${address}`;
  if (owner === 'crowdsec')
    return `see why (cscli decisions list --ip ${address}), then take it back: cscli decisions delete --ip ${address}`;
  return 'take the address off the list, or wait until the ban ends';
}

/** A router that is not the target answered for it: then it is that hop (contract, "Which of two"). */
function hopOf(attempt: FailedAttempt, scene: Scene): string | undefined {
  const [hop] = attempt.stage === 'connect' ? sendersOf(triesOf(attempt, scene)).hops : [];
  return hop && hop.from !== routeOf(attempt, scene)?.via ? hop.from : undefined;
}
