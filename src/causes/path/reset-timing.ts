import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { controlsOf, triesOf } from '../evidence/connection-evidence.js';

/** More than busy machines and two ways to one host differ by. */
const leastGapMs = 8;
const leastRatio = 2;

/**
 * A refusal that came far sooner than the host itself answers on an open port: kernels send both at once, so whoever refused
 * stands nearer. Of the refusals the quickest counts, measured by us and so rather too late than too early; of the host the
 * kernel's own round trip.
 */
export function tooSoon(attempt: FailedAttempt, scene: Scene): Evidence | null {
  const refused = triesOf(attempt, scene).filter(
    ({ failure, icmp }) => failure?.code === 'refused' && icmp?.length === 0,
  );
  if (refused.length < 2) return null;
  const soonest = Math.min(...refused.map(({ ms }) => ms));
  const open = (controlsOf(attempt, scene)?.ports ?? []).flatMap(({ port, failure, tcp }) =>
    !failure && tcp && tcp.rttUs > 0 ? [{ port, ms: tcp.rttUs / 1000 }] : [],
  );
  const [quickest] = open.toSorted((a, b) => a.ms - b.ms);
  if (!quickest || quickest.ms < leastRatio * soonest || quickest.ms - soonest < leastGapMs) return null;
  return {
    fact: 'connect.ports',
    says: `the refusal came after ${text(soonest)} ms, while the server itself needs ${text(quickest.ms)} ms to answer (port ${quickest.port})`,
  };
}

function text(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}
