import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { shownByProgramHere } from '../evidence/interception-evidence.js';
import { certificateCulprit, commonName, failedHandshake, leafOf, place } from '../evidence/tls-evidence.js';

/**
 * The server leaves out an intermediate certificate, which browsers often have or fetch and other programs do not. From
 * here it is a guess until the missing one is at hand: a root that this device does not know can look like it.
 */
export const cause: Cause = {
  id: 'certificate-chain-incomplete',
  side: 'server',
  stage: 'tls',
  title: 'The server does not send its intermediate certificate',
  symptoms: symptoms('tls', 'chain-incomplete', 'untrusted-root'),
  needs: ['tls'],
  yieldsTo: [
    'captive-portal',
    'tls-intercepted',
    'antivirus-intercepts-tls',
    'connection-redirected',
    'hosts-file-override',
  ],
  judge(attempt, scene) {
    const tls = failedHandshake(attempt, scene);
    if (!tls) return { says: 'unknown', missing: ['tls'] };
    const here = shownByProgramHere(attempt, scene, tls);
    if (here) return here;
    const top = tls.chain.at(-1);
    if (attempt.outcome.code === 'untrusted-root') {
      return top?.selfSigned
        ? { says: 'ruledOut', because: 'the server sends the chain up to its root', facts: ['tls'] }
        : { says: 'unknown', missing: [], because: 'whether a certificate in between is missing cannot be seen' };
    }
    const leaf = leafOf(tls);
    const issuer = commonName(leaf?.issuer ?? '') ?? 'its issuer';
    return {
      says: 'fits',
      weight: leaf?.issuerUrl === undefined ? 0.6 : 0.8,
      culprit: certificateCulprit(attempt, leaf),
      summary: `${place(attempt)} does not send the certificate of ${issuer}, without which its own cannot be verified.`,
      advice: 'the owner of the server has to install the whole chain; many browsers get along without',
      evidence: [
        {
          fact: 'tls',
          says: `sent: ${tls.chain.length === 1 ? 'one certificate' : `${tls.chain.length} certificates`}, and not that of ${issuer}`,
        },
        ...(leaf?.issuerUrl === undefined
          ? []
          : [{ fact: 'tls' as const, says: 'its authority publishes the missing one' }]),
      ],
    };
  },
};
