import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { handshakesOf, place, variationsSettled } from '../evidence/tls-evidence.js';

/** The server asks who the client is, by a certificate of its own, and turns away who has none. */
export const cause: Cause = {
  id: 'client-certificate-required',
  side: 'server',
  stage: 'tls',
  title: 'The server wants a certificate from its visitors',
  symptoms: symptoms('tls', 'client-certificate-required', 'closed', 'reset'),
  needs: ['tls'],
  judge(attempt, scene) {
    const tries = handshakesOf(attempt, scene);
    const asked = tries.some((one) => one.clientCertificateAsked);
    const said = attempt.outcome.code === 'client-certificate-required';
    if (tries.length === 0 && !said) return { says: 'unknown', missing: ['tls'] };
    if (!asked && !said)
      return { says: 'ruledOut', because: 'the server did not ask for a certificate', facts: ['tls'] };
    const common = {
      culprit: {
        kind: 'server',
        name: attempt.host,
        ...(attempt.address !== null && { address: attempt.address }),
      } as const,
      summary: `${place(attempt)} lets in only visitors who show a certificate of their own.`,
      advice: 'install the client certificate that its owner has given you, or ask for one',
    };
    if (said) {
      return {
        // The server's own words, in this very connection: a request, then an alert or a page about the answer.
        says: 'proven',
        ...common,
        evidence: [
          {
            fact: attempt.stage === 'http' ? 'http' : 'tls',
            says: `asked for a certificate and got none: ${attempt.outcome.raw}`,
          },
        ],
      };
    }
    return {
      says: 'fits',
      weight: 0.6,
      ...(variationsSettled(attempt, scene) ? {} : { missing: ['tls.variations'] }),
      ...common,
      evidence: [{ fact: 'tls', says: 'it asked for a certificate and broke off when none came' }],
    };
  },
};
