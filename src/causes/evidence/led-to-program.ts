import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { isOwnAddress, routeOf, traceOf } from './connection-evidence.js';
import { localEndOf, onwardEvidence, programAt, speaksForItself } from './interception-evidence.js';
import { ledAsRead } from './led-as-read.js';
import { notYetAsked } from './not-yet-asked.js';

/**
 * The connection was opened, nothing comes on it or it is ended, and its other end is a socket of this very device, though the target is
 * none of its addresses: the server that was meant has perhaps never heard of it. Null where that is not so.
 */
export function ledToSilentProgram(attempt: FailedAttempt, scene: Scene): Finding | null {
  const end = localEndOf(attempt, scene);
  const missing = notYetAsked(scene, 'connect.localEnd', 'kernel.trace');
  const { code } = attempt.outcome;
  const isClosed = code === 'closed' || code === 'reset';
  if ((code !== 'timed-out' && !isClosed) || isHere(attempt, scene)) return null;
  // Few servers that close are looked at so closely: only where it was measured for another reason.
  if (isClosed && (!end || end.taken === false)) return null;
  if (end === undefined && missing.length > 0)
    return { says: 'unknown', missing, because: 'whether a program of this computer is at the other end is not known' };
  if (!end) return null;
  // Who cannot get through closes as well, and has nothing that leads on.
  const isAtFault = !isClosed && (end.taken === false || speaksForItself(end) === true);
  const read = ledAsRead(attempt, scene);
  const followed = traceOf(attempt, scene)?.redirectedBy;
  const rule = followed ?? (read?.proven ? read.rule : undefined);
  // A rule of iptables-legacy is found by reading alone.
  const unread = followed ? [] : (read?.missing ?? notYetAsked(scene, 'device.firewall'));
  const who = end.taken === false ? `port ${end.port} of this computer` : `${programAt(end)} of this computer`;
  const what = isClosed
    ? 'which ends the connection; whether of itself or because it does not get through to the server is not seen'
    : !isAtFault
      ? 'which does not answer; whether that one or the server behind it hangs is not seen'
      : end.taken === false
        ? 'where a program listens and takes no connection: it hangs'
        : 'which does not answer';
  return {
    says: 'fits',
    weight: isAtFault ? 0.95 : 0.5,
    atMost: 'likely',
    side: 'this-device',
    stage: attempt.stage,
    culprit: rule
      ? { kind: 'firewall-rule', name: rule.text ?? `${rule.family} ${rule.table}, chain ${rule.chain}`, rule }
      : { kind: 'service', name: `port ${end.port}`, address: end.address },
    summary: `Something on this computer leads what is sent to ${attempt.address ?? ''} port ${attempt.port ?? 0} to ${who}, ${what}.`,
    advice: 'start that program anew (a proxy or a web shield of this computer), or take out the rule that leads there',
    missing: [...missing, ...unread],
    evidence: [
      {
        fact: 'connect.localEnd',
        says: `the other end of the connection is a socket of this computer, on port ${end.port}`,
      },
      ...(end.taken === false
        ? [{ fact: 'connect.localEnd' as const, says: 'no program has taken it over from the queue there' }]
        : []),
      ...onwardEvidence(end),
    ],
  };
}

/** Of causes that lay the silence on the server: it was not asked at all. */
export function heldByProgramHere(attempt: FailedAttempt, scene: Scene): Finding | null {
  const end = localEndOf(attempt, scene);
  if (!end || isHere(attempt, scene)) return null;
  if (end.taken === false || speaksForItself(end) === true)
    return {
      says: 'ruledOut',
      because: 'the other end is a program of this computer, and nothing leads on from it',
      facts: ['connect.localEnd'],
    };
  return null;
}

function isHere(attempt: FailedAttempt, scene: Scene): boolean {
  return isOwnAddress(attempt.address, scene) || routeOf(attempt, scene)?.type === 'local';
}
