import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { author, failedAnswer } from './http-evidence.js';
import { isOwnAddress, routeOf, traceOf } from './connection-evidence.js';
import { localEndOf, programAt, speaksForItself } from './interception-evidence.js';
import { ledAsRead } from './led-as-read.js';
import { notYetAsked } from './not-yet-asked.js';
import { serverAuthenticated } from './tls-evidence.js';

/** Statuses with which whoever answers says no, in his own name or another's. */
const refusals: ReadonlySet<string> = new Set([
  'forbidden',
  'rate-limited',
  'legal-block',
  'server-error',
  'unavailable',
  'bad-gateway',
  'gateway-timeout',
]);

const weight = 0.6;

/**
 * An answer that says no was written by a program of this computer, to which something leads what is sent to the target, or
 * came through it: in the clear the two look the same. Null where it is no such answer.
 */
export function answeredByProgram(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { stage, outcome, address, port } = attempt;
  if (stage !== 'http' || !refusals.has(outcome.code)) return null;
  if (attempt.throughProxy) return { says: 'ruledOut', because: 'what was asked is the proxy', facts: [] };
  if (serverAuthenticated(attempt, scene))
    return { says: 'ruledOut', because: 'what came back came encrypted from the site itself', facts: ['tls'] };
  if (isHere(attempt, scene)) return { says: 'ruledOut', because: 'the target is this computer itself', facts: [] };
  const end = localEndOf(attempt, scene);
  if (end === undefined) {
    const missing = notYetAsked(scene, 'connect.localEnd');
    return { says: 'unknown', missing, because: 'what is at the other end of the connection is not known' };
  }
  if (end === null)
    return {
      says: 'ruledOut',
      because: 'no program of this computer is at the other end of the connection',
      facts: ['connect.localEnd'],
    };
  if (speaksForItself(end) === false)
    return {
      says: 'ruledOut',
      because: `${programAt(end)} of this computer only passes on what it gets`,
      facts: ['connect.localEnd'],
    };
  if (passedOn(attempt, scene))
    return {
      says: 'unknown',
      missing: [],
      because: `${programAt(end)} of this computer is at the other end, and says that it passes on what somebody else has written`,
    };
  const read = ledAsRead(attempt, scene);
  const rule = traceOf(attempt, scene)?.redirectedBy ?? (read?.proven ? read.rule : undefined);
  return {
    says: 'fits',
    weight,
    atMost: 'likely',
    side: 'this-device',
    stage: attempt.stage,
    culprit: rule
      ? { kind: 'firewall-rule', name: rule.text ?? `${rule.family} ${rule.table}, chain ${rule.chain}`, rule }
      : { kind: 'service', name: `port ${end.port}`, address: end.address },
    summary: `Something on this computer leads what is sent to ${address ?? ''} port ${port ?? 0} to ${programAt(end)} of this computer, and from there comes "${outcome.raw}"; whether that one has written it or the server behind it is not seen.`,
    advice: 'ask whoever set that program up (a proxy, a web shield, a filter for children) why',
    missing: rule ? [] : (read?.missing ?? notYetAsked(scene, 'kernel.trace', 'device.firewall')),
    evidence: [
      {
        fact: 'connect.localEnd',
        says: `the other end of the connection is a socket of this computer, on port ${end.port}`,
      },
    ],
  };
}

/**
 * How much a cause counts that lays such an answer on the server: as much as that a program of this computer has written it,
 * where one stands before the server; nobody can tell the two apart then.
 */
export function weightBehindProgram(attempt: FailedAttempt, scene: Scene, otherwise: number): number {
  if (attempt.throughProxy || serverAuthenticated(attempt, scene) || isHere(attempt, scene)) return otherwise;
  const end = localEndOf(attempt, scene);
  return !end || speaksForItself(end) === false || passedOn(attempt, scene) ? otherwise : weight;
}

/**
 * Who passes an answer on adds himself under Via (RFC 9110 7.6.3) and leaves the writer's name under Server as it is; in one of
 * his own both are his (Squid: `Server: squid/5.7`, `Via: 1.1 shield (squid/5.7)`).
 */
function passedOn(attempt: FailedAttempt, scene: Scene): boolean {
  const answer = failedAnswer(attempt, scene);
  const via = answer?.headers['via']?.toLowerCase();
  const writer = author(answer)?.toLowerCase();
  return via !== undefined && writer !== undefined && !via.includes(writer);
}

function isHere(attempt: FailedAttempt, scene: Scene): boolean {
  return isOwnAddress(attempt.address, scene) || routeOf(attempt, scene)?.type === 'local';
}
