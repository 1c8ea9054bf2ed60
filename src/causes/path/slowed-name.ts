import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { dependsOnName, isSlowed, type Pace, type PaceTry } from '../../model/pace.js';
import { losesMuch } from '../evidence/connection-evidence.js';
import { filterPlace } from './filter-place.js';

/**
 * What TLS is opened for in this name comes in a trickle, and for another name the same server sends many times as much,
 * or opens TLS in a fraction of the time, each time. Nothing but the name differs; that the server itself makes the difference is left open.
 */
export function slowedName(attempt: FailedAttempt, scene: Scene): Finding | null {
  const pace = fact(scene.facts, 'tls.pace');
  if (!pace || pace.address !== attempt.address || pace.port !== attempt.port || attempt.hop > 0) return null;
  if (dependsOnName(pace.rounds) !== true || losesMuch(attempt, scene)) return null;
  const sent = pace.rounds.every((round) => isSlowed(round) && round.same.bytes > 0);
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
    summary: sent
      ? `${subject} slows down what is opened for the name ${attempt.host}, to about ${inKilobytes(same)} a second; for another name the same server sends ${Math.round(other / same)} times as much.`
      : `${subject} slows down what is opened for the name ${attempt.host}: opening TLS for it takes ${inSeconds(leastFor(attempt, scene, pace))} or more each time, and for another name at the same server ${inSeconds(Math.max(...pace.rounds.map(({ other: one }) => openedAfter(one))))} at most.`,
    advice:
      'another network or a VPN avoids it; ask whoever runs this network why the name is slowed down (the server itself could do it too)',
    evidence: pace.rounds.map((round) => ({
      fact: 'tls.pace',
      says: `at the same moment ${told(round.same)} for this name, ${told(round.other)} for ${control.name}`,
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

function told({ bytes, ms, handshakeMs }: PaceTry): string {
  const opened = handshakeMs === null ? ', and TLS was not opened,' : '';
  return `${bytes} bytes came in ${ms} ms${opened}`;
}

const openedAfter = ({ handshakeMs, ms }: PaceTry): number => handshakeMs ?? ms;

/** The handshake that came first counts as well. */
function leastFor({ address, port }: FailedAttempt, { facts }: Scene, { rounds }: Pace): number {
  const first = fact(facts, 'tls')?.find((one) => one.address === address && one.port === port && !one.failure);
  return Math.min(...rounds.map(({ same }) => openedAfter(same)), first?.ms ?? Infinity);
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 100 ? 2 : 1)} s`;
}

function inKilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
