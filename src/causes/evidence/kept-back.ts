import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import { interferenceOf, neverSent, plainTrials } from './interference-evidence.js';

/**
 * What was said on a connection that was open never left this device, though the other side had room for it: a rule here
 * stops it behind the handshake, by its length, its content, its amount or its place in the connection, or a policy of this
 * program's does. Nobody else has met it. Null where that was not seen.
 */
export function keptBack(attempt: FailedAttempt, scene: Scene): readonly Evidence[] | null {
  const { stage, outcome } = attempt;
  if (stage === 'connect' || stage === 'name' || attempt.toProxy || attempt.throughProxy) return null;
  if (outcome.code !== 'timed-out' && outcome.code !== 'reset') return null;
  const evidence: Evidence[] = [];
  if (outcome.unsent)
    evidence.push({
      fact: stepOf(attempt),
      says: 'the connection opened, and nothing of what was said on it left this computer',
    });
  const found = interferenceOf(attempt, scene);
  const same = found ? plainTrials(found, 'same') : [];
  // One whose words left, and were not answered either, failed for something else.
  if (same.some(({ unsent }) => unsent === false)) return null;
  const kept = found ? found.trials.filter(({ place, unsent }) => place === 'target' && unsent === true) : [];
  if (found && same.length > 0 && neverSent(found) && kept.length > 1)
    evidence.push({
      fact: 'interference',
      says: `on ${kept.length} more connections that opened, what was said never left this computer, though the other side had room for it`,
    });
  const held = heldByteOf(attempt, scene);
  if (held?.neverSent)
    evidence.push({
      fact: 'connect.held',
      says: 'not even a single byte left this computer on a connection that opened',
    });
  else if (held?.acknowledged === true && evidence.length > 0)
    evidence.push({
      fact: 'connect.held',
      says: 'a single byte did leave it, and was acknowledged: it hangs on the length or the content',
    });
  return evidence.length > 0 ? evidence : null;
}

/** For whoever would have to have met it. */
export function ruledOutAsKept(attempt: FailedAttempt, scene: Scene): Finding | null {
  const evidence = keptBack(attempt, scene);
  return (
    evidence && {
      says: 'ruledOut',
      because: 'what was said on the open connection never left this computer',
      facts: evidence.map((one) => one.fact),
    }
  );
}

function stepOf({ hop, stage }: FailedAttempt): FactKey {
  if (hop > 0) return 'redirects';
  return stage === 'tls' || stage === 'http' ? stage : 'greeting';
}

function heldByteOf({ address, port }: FailedAttempt, { facts }: Scene) {
  return fact(facts, 'connect.held')?.find((one) => one.address === address && one.port === port);
}
