import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type FactKey } from '../../model/facts.js';
import type { RuleReference } from '../../model/words.js';
import { traceOf } from './connection-evidence.js';
import { notYetAsked } from './not-yet-asked.js';
import { placeOf } from './rule-place.js';
import { countEvidence, countOf } from './rule-counts.js';

export interface LedAsRead {
  readonly rule: RuleReference;
  /** The rule counts each of our connections. */
  readonly proven: boolean;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly FactKey[];
}

/**
 * The rule that, as the rules are read, gives a connection like this attempt's another destination. The kernel's trace shows
 * such rules of nf_tables at work, and is believed; those of iptables-legacy it cannot follow.
 */
export function ledAsRead(attempt: FailedAttempt, scene: Scene): LedAsRead | null {
  const read = fact(scene.facts, 'device.firewall');
  const found = [...(read?.decisions ?? []), ...(read?.led ?? [])].find(
    (one) =>
      one.verdict === 'redirect' &&
      one.protocol === 'tcp' &&
      one.direction === 'out' &&
      one.address === attempt.address &&
      one.port === attempt.port,
  );
  const rule = found?.rule;
  if (!found || !rule || isWhereItWas(found.to, attempt)) return null;
  const trace = traceOf(attempt, scene);
  if (rule.backend !== 'iptables-legacy' && trace !== undefined) return null;
  // Led elsewhere or not, it came to a rule that ended it: whoever is at that other place was not asked.
  if (trace?.stoppedBy) return null;
  const count = rule.backend === 'iptables-legacy' ? countOf(found, rule, scene) : null;
  const isAlike = count !== null && (count.ended === 'connected') === (attempt.stage !== 'connect');
  return {
    rule,
    proven: isAlike,
    evidence: [
      {
        fact: 'device.firewall',
        says: `read as they stand, the rules lead our packet to that rule (${placeOf(rule)}${rule.number === undefined ? '' : ` number ${rule.number}`}), which gives it another destination${found.to === undefined ? '' : ` (${found.to})`}`,
      },
      ...(count !== null && isAlike ? [countEvidence(count)] : []),
    ],
    missing: rule.backend === 'iptables-legacy' ? notYetAsked(scene, 'device.ruleCounts') : [],
  };
}

/** A translation to the place that was asked for translates nothing. */
function isWhereItWas(to: string | undefined, { address, port }: FailedAttempt): boolean {
  return to !== undefined && (to === address || to === `${address}:${port}` || to === `[${address}]:${port}`);
}
