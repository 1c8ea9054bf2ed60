import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type WireRound, type WireTry } from '../../model/facts.js';
import { isOnLink, isOwnAddress, refusedByReset, triesOf } from './connection-evidence.js';

/**
 * Where a refusal was made: `out`, what is refused leaves this device; `led-here`, this device itself refuses, at a place that
 * a rule leads to; `here`, it refuses by itself and nothing is led anywhere; null, that was not seen.
 */
export type RefusalPlace = 'out' | 'led-here' | 'here';

export function refusalPlace(attempt: FailedAttempt, scene: Scene): RefusalPlace | null {
  const found = wireOf(attempt, scene);
  if (!found || attempt.outcome.code !== 'refused' || !found.rounds.every(({ refused }) => refused)) return null;
  const { rounds, bound } = found;
  if (stayedIn(found).length > 1) return bound === 'silent' ? 'led-here' : 'here';
  const quiet = rounds.filter((one) => one.quiet <= 1);
  return quiet.length > 1 && quiet.every((one) => leftIn(one, found)) && bound === 'refused' ? 'out' : null;
}

function wireOf({ address, port }: FailedAttempt, { facts }: Scene): WireTry | undefined {
  return fact(facts, 'connect.wire')?.find((one) => one.address === address && one.port === port);
}

/**
 * Others' packets are counted too: they can hide that none of ours left, and never feign it. A driver that brings its counter
 * up to date only now and then could: it counts both in the time of the datagrams then, twice as many.
 */
function stayedIn({ rounds, times }: WireTry): readonly WireRound[] {
  return rounds.filter(
    (one) => one.sent + one.sentElsewhere < times && one.control >= times && one.control < 2 * times,
  );
}

function leftIn({ sent, control }: WireRound, { times }: WireTry): boolean {
  return sent >= times && control >= times;
}

/** Asked where a rule of this device and somebody next to it look alike, and the kernel does not tell. */
export function wireNotYet(attempt: FailedAttempt, scene: Scene): readonly 'connect.wire'[] {
  const { facts } = scene;
  if (facts['connect.wire'] !== undefined || fact(facts, 'device.self')?.root === true) return [];
  if (attempt.stage !== 'connect' || attempt.outcome.code !== 'refused' || isOwnAddress(attempt.address, scene))
    return [];
  if (refusedByReset(triesOf(attempt, scene)) !== true) return [];
  const reset = fact(facts, 'connect.reset')?.find(
    (one) => one.address === attempt.address && one.port === attempt.port,
  );
  return isOnLink(attempt, scene) === true || reset?.refusedAtTtl1 === true ? ['connect.wire'] : [];
}

/** It was measured, and others' packets hid it. */
export function wireUntold(attempt: FailedAttempt, scene: Scene): boolean {
  return wireOf(attempt, scene) !== undefined && refusalPlace(attempt, scene) === null;
}

export function wireEvidence(attempt: FailedAttempt, scene: Scene): readonly Evidence[] {
  const found = wireOf(attempt, scene);
  const place = refusalPlace(attempt, scene);
  if (!found || place === null) return [];
  const { device, times, rounds } = found;
  const all = times * (place === 'out' ? rounds.length : stayedIn(found).length);
  const counted =
    place === 'out'
      ? `by the counters of the interfaces each of ${all} connections that were refused left by ${device}`
      : `by the counters of the interfaces not one of ${all} connections that were refused left this computer, and as many datagrams did`;
  const led = `bound to ${device} they hear nothing, so the refusal came by the loopback: something leads them to this computer itself`;
  return [
    { fact: 'connect.wire', says: counted },
    ...(place === 'led-here' ? [{ fact: 'connect.wire' as const, says: led }] : []),
  ];
}
