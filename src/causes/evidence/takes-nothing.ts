import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import type { HeldTry } from '../../model/device-state.js';
import { fact } from '../../model/facts.js';
import { answeringPorts, seenLost, seriesOf } from './connection-evidence.js';
import { answersSomethingElse, interferenceOf } from './interference-evidence.js';
import { notYetAsked } from './not-yet-asked.js';

/**
 * A connection that opened and of which the other side's system takes nothing. Whoever did not get the last step of the
 * handshake, or has no room for the connection, sends its answer again after 1 s (RFC 6298 2; Linux: TCP_TIMEOUT_INIT): the
 * connection stands on this side only. Where that does not come, the other side has the connection, and what is sent on it
 * does not arrive.
 */
export type TakesNothing = { readonly stands: 'here-only' | 'on-both-sides'; readonly evidence: Evidence };

const firstRepeatMs = 1_000;
/** For a timer that is late, and a way that became longer. */
const slackMs = 250;

export function takesNothing(attempt: FailedAttempt, scene: Scene): TakesNothing | Finding {
  const held = heldOf(attempt, scene);
  if (!held) return { says: 'unknown', missing: notYetAsked(scene, 'connect.held') };
  if (held.acknowledged === true) {
    return {
      says: 'unknown',
      missing: [],
      because: 'its kernel takes what is sent: whether its program is overloaded only the server can tell',
    };
  }
  if (held.acknowledged === null)
    return { says: 'unknown', missing: [], because: 'whether the other side takes anything could not be seen' };
  const found = interferenceOf(attempt, scene);
  if (found && answersSomethingElse(found))
    return { says: 'unknown', missing: [], because: 'it takes and answers what asks for something else' };
  const byLoss = explainedByLoss(attempt, scene);
  if (byLoss) return byLoss;
  const nothing = `connected, and not even one byte was acknowledged in ${held.waitedMs} ms`;
  if ((held.segmentsIn ?? 0) > 1)
    return {
      stands: 'here-only',
      evidence: {
        fact: 'connect.held',
        says: `${nothing}; the server began the connection anew, as one that had not got our answer`,
      },
    };
  if (held.segmentsIn === null || held.waitedMs < firstRepeatMs + slackMs)
    return { says: 'unknown', missing: [], because: 'whether the server itself has the connection was not seen' };
  return {
    stands: 'on-both-sides',
    evidence: {
      fact: 'connect.held',
      says: `${nothing}; nor did the server begin the connection anew, as one does that has no room for it`,
    },
  };
}

/** A program that hangs leaves that to its system, which takes what is sent. */
export function systemTakesNothing(attempt: FailedAttempt, scene: Scene): boolean {
  return heldOf(attempt, scene)?.acknowledged === false && 'stands' in takesNothing(attempt, scene);
}

function heldOf(attempt: FailedAttempt, { facts }: Scene): HeldTry | undefined {
  return fact(facts, 'connect.held')?.find((one) => one.address === attempt.address && one.port === attempt.port);
}

/** Where three of five packets get lost each way, so many other ports answer at once in one of 250 cases. */
const enoughPorts = 3;

/**
 * Heavy loss lets a connection open by chance, and then takes what is sent on it. A row of which none was answered is that,
 * or a queue that is full by now: then the other ports of the server answer at once. Null: loss does not explain it.
 */
function explainedByLoss(attempt: FailedAttempt, scene: Scene): Finding | null {
  const lost = seenLost(attempt, scene);
  if (lost !== null) return { says: 'unknown', missing: [], because: `${lost}: loss takes what is sent as well` };
  const series = seriesOf(attempt, scene);
  if (!series || series.answered > 0 || answeringPorts(attempt, scene).length >= enoughPorts) return null;
  const because = `none of ${series.sent} more was answered: whether it is loss or a full queue cannot be told`;
  return { says: 'unknown', missing: notYetAsked(scene, 'connect.ports'), because };
}
