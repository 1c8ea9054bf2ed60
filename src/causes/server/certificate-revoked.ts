import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { certificateCulprit, failedHandshake, leafOf, place } from '../evidence/tls-evidence.js';

/** The authority's own signed word, which the server staples itself: nobody else can have written it. */
export const cause: Cause = {
  id: 'certificate-revoked',
  side: 'server',
  stage: 'tls',
  title: "The server's certificate has been revoked",
  symptoms: symptoms('tls', 'revoked'),
  needs: ['tls'],
  judge(attempt, scene) {
    const tls = failedHandshake(attempt, scene);
    if (!tls) return { says: 'unknown', missing: ['tls'] };
    if (tls.ocsp !== 'revoked')
      return { says: 'ruledOut', because: 'no answer of the authority says so', facts: ['tls'] };
    return {
      says: 'proven',
      culprit: certificateCulprit(attempt, leafOf(tls)),
      summary: `The authority that signed the certificate of ${place(attempt)} has revoked it.`,
      advice: 'do not go on; only the owner of the server can get a new one',
      evidence: [{ fact: 'tls', says: "the authority's signed answer, which came with the certificate, says revoked" }],
    };
  },
};
