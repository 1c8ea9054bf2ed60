import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding } from '../../model/cause.js';
import type { ConnectTry } from '../../model/facts.js';
import { littleLoss } from '../evidence/connection-evidence.js';

/** Fewer say too little of a share. */
const enough = 4;
/** By then the kernel would have sent the first packet again (RFC 6298). */
const silenceMs = 900;

/**
 * Where no row of connections may be counted (a login is asked there, and others count them too): how many first packets of
 * the few that were made got an answer. Null where hardly any was lost.
 */
export function fromFirstPackets(attempt: FailedAttempt, tries: readonly ConnectTry[]): Finding | null {
  const answered = tries.filter(({ failure }) => !failure).length;
  const sent = tries.reduce((all, one) => all + copiesOf(one), 0);
  if (answered === 0 || sent < enough || (sent - answered) / sent <= littleLoss) return null;
  return {
    says: 'fits',
    weight: 0.5,
    // A server whose queue is full drops first packets too.
    atMost: 'likely',
    stage: attempt.stage,
    culprit: {
      kind: 'hop',
      name: `on the way to ${attempt.address ?? attempt.host}`,
      ...(attempt.address !== null && { address: attempt.address }),
    },
    summary: `Packets get lost on the way: of ${sent} that asked ${attempt.host} for a connection ${sent - answered} got no answer.`,
    advice: 'go nearer to the Wi-Fi router or use a cable; if it stays, tell your provider',
    evidence: [
      { fact: 'connect', says: `${sent} first packets were sent, copies included, and ${answered} answered in time` },
    ],
  };
}

/** Of one that was given up at once nobody knows whether it would have been answered. */
function copiesOf({ failure, ms, tcp }: ConnectTry): number {
  if (failure && (failure.code !== 'timed-out' || ms < silenceMs)) return 0;
  return 1 + (tcp?.totalRetransmitted ?? 0);
}
