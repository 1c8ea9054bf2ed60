import { hostPort } from '../model/address.js';
import { hasFailed, type Attempt, type FailedAttempt } from '../model/attempt.js';
import type { Evidence, Scene } from '../model/cause.js';
import type { FactKey } from '../model/facts.js';
import { probesOf } from '../model/probed.js';
import type { Verdict } from '../model/report.js';
import { lowerFirst } from './verdict-of.js';

/**
 * Programs go on to the next address where no connection opens (RFC 8305); what fails on one that is open they do not try
 * at another. So a target of several addresses that holds at a later one alone does not hold for them: curl, wget, Node
 * and browsers end with what the first one said.
 */
export interface FailsAtOne {
  readonly attempt: FailedAttempt;
  /** The address that held. */
  readonly held: string;
}

/** What failed on an open connection to an address that programs take before the one that held; the first of them. */
export function failsAtOne(beside: readonly FailedAttempt[], scene: Scene): FailsAtOne | null {
  const order = probesOf(scene.facts).map(({ address }) => address);
  const placeOf = ({ address }: Attempt): number => order.indexOf(address ?? '');
  for (const attempt of beside) {
    if (attempt.hop !== 0 || attempt.toProxy || attempt.throughProxy || placeOf(attempt) < 0) continue;
    if (attempt.stage !== 'tls' && attempt.stage !== 'http' && attempt.stage !== 'service') continue;
    const held = scene.attempts
      .filter((one) => one.hop === 0 && !one.toProxy && one.stage === attempt.stage && !hasFailed(one))
      .toSorted((a, b) => placeOf(a) - placeOf(b))[0];
    if (held?.address && placeOf(attempt) < placeOf(held)) return { attempt, held: held.address };
  }
  return null;
}

/** What stops it there, and that it is so there alone. */
export function saidOfOne(verdict: Verdict, one: FailsAtOne): Verdict {
  const { host, address, port } = one.attempt;
  const at = hostPort(address ?? '', port ?? 0);
  return {
    ...verdict,
    outcome: 'degraded',
    summary: `${host} works at ${hostPort(one.held, port ?? 0)}, but not at ${at}, which programs here try before it: ${lowerFirst(verdict.summary)}`,
  };
}

function factOf({ stage }: Attempt): FactKey {
  return stage === 'tls' || stage === 'http' ? stage : 'greeting';
}

/** Why "it can be reached" is no more than likely where nobody can tell what fails there. */
export function doubtOfOne({ attempt, held }: FailsAtOne): Evidence {
  const { address, outcome } = attempt;
  return {
    fact: factOf(attempt),
    says: `it held at ${held}; ${address ?? ''}, which programs here try before it, takes the connection and fails then (${outcome.raw})`,
  };
}

/** That it is so at one address alone. */
export function evidenceOfOne({ attempt, held }: FailsAtOne): Evidence {
  return {
    fact: factOf(attempt),
    says: `at ${held} the same held; programs that have a connection to ${attempt.address ?? ''} do not go on to it`,
  };
}
