import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { weightBehindProgram } from '../evidence/answered-by-program.js';
import { failedAnswer, httpEvidence, httpFact, serverCulprit } from '../evidence/http-evidence.js';
import { place } from '../evidence/tls-evidence.js';

/** Status 429 (RFC 6585): too many requests from this address or account, for now. */
export const cause: Cause = {
  id: 'rate-limited',
  side: 'server',
  stage: 'http',
  title: 'The server has had too many requests from here',
  symptoms: symptoms('http', 'rate-limited'),
  needs: ['http'],
  yieldsTo: ['client-banned'],
  judge(attempt, scene) {
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    const retry = answer.headers['retry-after']?.slice(0, 40);
    return {
      says: 'fits',
      weight: weightBehindProgram(attempt, scene, 0.8),
      culprit: serverCulprit(attempt, answer),
      summary: `${place(attempt)} works, but has had too many requests from this address for now.`,
      advice:
        retry === undefined
          ? 'wait some minutes, then try again'
          : `try again after ${retry}${/^\d+$/.test(retry) ? ' seconds' : ''}, as it asks`,
      evidence: httpEvidence(
        attempt,
        `the answer's status is ${attempt.outcome.raw}${retry === undefined ? '' : `, Retry-After: ${retry}`}`,
      ),
    };
  },
};
