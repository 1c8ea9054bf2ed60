import { hasFailed, type Attempt, type FailedAttempt } from '../model/attempt.js';
import { familyOf } from '../model/address.js';
import { fact, type Facts } from '../model/facts.js';
import { probesOf } from '../model/probed.js';
import type { Stage } from '../model/words.js';

/** How far the target was reached. */
export interface Standing {
  readonly state: 'reached' | 'failed' | 'unmeasured';
  /** The stage that stopped it, or that was not measured. */
  readonly stage: Stage | null;
  /** The deepest failed attempts: the target hangs on one of them holding. */
  readonly frontier: readonly FailedAttempt[];
  /** Failed as well, while another of their kind held. */
  readonly beside: readonly FailedAttempt[];
}

/**
 * The target is a chain of stages, and each holds when one of its attempts does. The first stage at which all failed is
 * where the target hangs.
 */
export function standingOf(facts: Facts, attempts: readonly Attempt[]): Standing {
  const beside: FailedAttempt[] = [];
  const hops = Math.max(0, ...attempts.map((attempt) => attempt.hop));
  for (let hop = 0; hop <= hops; hop++) {
    for (const stage of expectedStages(facts, hop)) {
      const own = attempts.filter((attempt) => attempt.hop === hop && attempt.stage === stage);
      const asked = own.filter((attempt) => attempt.protocol !== 'dns');
      if (asked.length === 0) {
        if (hop > 0 && stage !== 'http') continue; // literal address, or a step that failed as a whole
        return { state: 'unmeasured', stage, frontier: [], beside };
      }
      if (asked.some((attempt) => attempt.outcome === 'ok')) {
        beside.push(...own.filter(hasFailed).filter((attempt) => !isAbsentFamily(attempt, facts)));
        continue;
      }
      return { state: 'failed', stage, frontier: deepest(own.filter(hasFailed), facts), beside };
    }
  }
  const waits = redirectPending(facts);
  if (waits) return { state: 'unmeasured', stage: 'http', frontier: [], beside };
  return { state: 'reached', stage: null, frontier: [], beside };
}

function expectedStages(facts: Facts, hop: number): Stage[] {
  const { target } = facts;
  if (hop > 0) return ['name', 'connect', 'tls', 'http'];
  const stages: Stage[] = target.literal === 0 && target.scheme !== 'unix' ? ['name', 'connect'] : ['connect'];
  if (target.transport === 'tls') stages.push('tls');
  stages.push(target.protocol === 'http' ? 'http' : 'service');
  return stages;
}

/** The page answered with a redirect that nobody has followed yet. */
function redirectPending(facts: Facts): boolean {
  const answered = fact(facts, 'http')?.find((one) => one.failure === undefined);
  const redirects = (answered?.status ?? 0) >= 300 && (answered?.status ?? 0) < 400 && answered?.location !== undefined;
  return redirects && (facts.redirects === undefined || facts.redirects.state !== 'known');
}

/**
 * A name hangs on the resolvers: where all of them failed they are deeper than the name itself. Of addresses, those of
 * a family that this device does not have at all say nothing while another family's say something.
 */
function deepest(failed: readonly FailedAttempt[], facts: Facts): FailedAttempt[] {
  const present = failed.filter((attempt) => !isAbsentFamily(attempt, facts));
  return present.length > 0 ? present : [...failed];
}

/** IPv6 (or IPv4) addresses on a device without a route of that family: no fault, the family is just not there. */
export function isAbsentFamily(attempt: FailedAttempt, facts: Facts): boolean {
  if (attempt.stage !== 'connect' || attempt.address === null) return false;
  const probes = probesOf(facts);
  const probe = probes.find((one) => one.address === attempt.address && one.port === attempt.port);
  const code = attempt.outcome.code;
  if (!probe?.first.synchronous) return false;
  if (code !== 'network-unreachable' && code !== 'no-local-address' && code !== 'family-unsupported') return false;
  const family = familyOf(attempt.address);
  return probes.some((one) => familyOf(one.address) !== family);
}
