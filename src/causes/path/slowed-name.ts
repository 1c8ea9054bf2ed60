import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { isSlowed, type PaceTry } from '../../model/pace.js';
import { filterPlace } from './filter-place.js';

/**
 * What TLS is opened for in this name comes in a trickle, and for another name the same server sends many times as much,
 * each time. Nothing but the name differs; that the server itself makes the difference is left open.
 */
export function slowedName(attempt: FailedAttempt, scene: Scene): Finding | null {
  const pace = fact(scene.facts, 'tls.pace');
  if (!pace || pace.address !== attempt.address || pace.port !== attempt.port || attempt.hop > 0) return null;
  if (pace.rounds.length < 2 || !pace.rounds.every(isSlowed)) return null;
  const same = paceOf(pace.rounds.map((round) => round.same));
  const other = paceOf(pace.rounds.map((round) => round.other));
  const { side, culprit, subject } = filterPlace(null, scene);
  const [{ other: control }] = pace.rounds as [(typeof pace.rounds)[number]];
  return {
    says: 'fits',
    weight: 0.7,
    atMost: 'likely',
    stage: attempt.stage,
    side,
    culprit,
    summary: `${subject} slows down what is opened for the name ${attempt.host}, to about ${inKilobytes(same)} a second; for another name the same server sends ${Math.round(other / same)} times as much.`,
    advice:
      'another network or a VPN avoids it; ask whoever runs this network why the name is slowed down (the server itself could do it too)',
    evidence: pace.rounds.map((round) => ({
      fact: 'tls.pace',
      says: `at the same moment ${round.same.bytes} bytes came in ${round.same.ms} ms for this name, ${round.other.bytes} in ${round.other.ms} ms for ${control.name}`,
    })),
  };
}

/** Bytes a second. */
function paceOf(tries: readonly PaceTry[]): number {
  const sum = (of: (one: PaceTry) => number): number => tries.reduce((all, one) => all + of(one), 0);
  return Math.max(
    1,
    (1_000 * sum(({ bytes }) => bytes)) /
      Math.max(
        1,
        sum(({ ms }) => ms),
      ),
  );
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
