import type { FailedAttempt } from '../../model/attempt.js';
import type { Scene } from '../../model/cause.js';
import { fact, type LossSeries } from '../../model/facts.js';
import { wasReset } from '../../model/icmp.js';
import { sendersOf, seriesOf, traceOf, triesOf } from './connection-evidence.js';

/** Where one of two equal ways is dead, so many connections in a row all meet it once in 256 times. */
export const enoughFlows = 8;

/**
 * Routers spread connections over equal ways by their ports (RFC 2992). Where one of these is dead a part of them is turned
 * away or lost there, and the few that were tried may all have met it by chance. What the target itself, or this device, said
 * met no way at all.
 */
export function mayBeOneWayOfSeveral(attempt: FailedAttempt, scene: Scene): boolean {
  if (!endedOnWay(attempt, scene)) return false;
  return othersGotThrough(attempt, scene) || flowsInVain(attempt, scene) < enoughFlows;
}

/** Nobody answered, or somebody on the way: neither the target itself nor this device. */
function endedOnWay(attempt: FailedAttempt, scene: Scene): boolean {
  return attempt.outcome.code === 'timed-out' || sendersOf(triesOf(attempt, scene)).hops.length > 0;
}

/**
 * Another connection to the very same place came to the target, and this one did not. What the target itself turns away, it
 * turns away on every way.
 */
export function othersGotThrough(attempt: FailedAttempt, scene: Scene): boolean {
  const series = seriesOf(attempt, scene);
  const way = fact(scene.facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
  const traced = traceOf(attempt, scene)?.outcome;
  return (
    triesOf(attempt, scene).some((one) => !one.failure || (endedOnWay(attempt, scene) && wasReset(one))) ||
    (series !== undefined && through(series) > 0) ||
    traced === 'connected' ||
    (endedOnWay(attempt, scene) && ((way !== undefined && way.reachedAt !== null) || traced === 'answered'))
  );
}

/** Each from a port of its own. */
function flowsInVain(attempt: FailedAttempt, scene: Scene): number {
  const series = seriesOf(attempt, scene);
  const waited = triesOf(attempt, scene).filter(({ failure }) => failure?.raw !== 'given up');
  return waited.length + (series ? series.sent - through(series) : 0);
}

/** Being turned away counts as answered too. */
function through({ answered, told, turnedAway = answered }: LossSeries): number {
  return answered - (told ? turnedAway : 0);
}
