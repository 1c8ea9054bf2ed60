import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { failedAnswer, httpEvidence, httpFact, serverCulprit, statusOf } from '../evidence/http-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';

/**
 * The server was reached and does not give the page. A filter on the way can write a 403 into an answer that is not
 * encrypted, and whoever intercepts TLS into the others; a ban of this address looks the same from here.
 */
export const cause: Cause = {
  id: 'http-forbidden',
  side: 'server',
  stage: 'http',
  title: 'The server forbids this page',
  symptoms: symptoms('http', 'forbidden'),
  needs: ['http'],
  yieldsTo: [
    'http-filtered',
    'captive-portal',
    'proxy-refuses',
    'client-banned',
    'antivirus-blocks-url',
    'client-certificate-required',
  ],
  judge(attempt, scene) {
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: [httpFact(attempt)] };
    const sure = serverAuthenticated(attempt, scene);
    return {
      says: 'fits',
      weight: sure ? 0.8 : 0.6,
      culprit: serverCulprit(attempt, answer),
      summary: `${place(attempt)} works, but forbids this page (${statusOf(answer)}).`,
      advice:
        'log in if you have an account; else ask the owner: it may be meant for others, or refuse this country or address',
      evidence: [
        ...httpEvidence(attempt, `the answer's status is ${attempt.outcome.raw}`),
        ...(sure ? [{ fact: 'tls' as const, says: 'it came encrypted from the site itself' }] : []),
      ],
    };
  },
};
