import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { localEndOf } from '../evidence/interception-evidence.js';
import { takesNothing } from '../evidence/takes-nothing.js';
import { place } from '../evidence/tls-evidence.js';

/**
 * A filter that lets connections begin and swallows all that is sent on them: the server has the connection, and its system,
 * which acknowledges by itself, gets nothing. On the way and at the server's own firewall it looks the same, so both causes
 * say it, and neither is surer than the other.
 */
export function swallowedOnceOpen(attempt: FailedAttempt, scene: Scene): Finding | null {
  if (attempt.hop > 0 || attempt.toProxy || attempt.throughProxy || localEndOf(attempt, scene)) return null;
  const found = takesNothing(attempt, scene);
  if ('says' in found || found.stands !== 'on-both-sides') return null;
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    stage: attempt.stage,
    culprit: { kind: 'hop', name: 'somewhere on the way' },
    summary: `${place(attempt)} lets connections begin, and nothing that is sent on them is taken: it is swallowed on the way, or by a filter of the server; from here nobody can tell which.`,
    advice: 'a look from another network would decide it',
    evidence: [found.evidence],
  };
}
