import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { shownByProgramHere } from '../interception-evidence.js';
import { certificateCulprit, commonName, failedHandshake, leafOf, place } from '../tls-evidence.js';

/**
 * Nobody whom this device trusts vouches for the certificate. An interceptor's looks the same: those causes look for
 * him, and this one never claims more than that it fits.
 */
export const cause: Cause = {
  id: 'certificate-untrusted',
  side: 'server',
  stage: 'tls',
  title: "Nobody whom this computer trusts vouches for the server's certificate",
  symptoms: symptoms('tls', 'self-signed', 'untrusted-root', 'chain-incomplete', 'certificate-invalid'),
  needs: ['tls', 'references'],
  yieldsTo: ['captive-portal', 'tls-intercepted', 'antivirus-intercepts-tls', 'hosts-file-override'],
  judge(attempt, scene) {
    const tls = failedHandshake(attempt, scene);
    if (!tls) return { says: 'unknown', missing: ['tls'] };
    const here = shownByProgramHere(attempt, scene, tls);
    if (here) return here;
    const leaf = leafOf(tls);
    const code = attempt.outcome.code;
    if (code === 'chain-incomplete') {
      return { says: 'unknown', missing: [], because: 'the authority behind the missing certificate cannot be seen' };
    }
    const issuer =
      commonName(tls.chain.at(-1)?.issuer ?? '') ?? commonName(leaf?.issuer ?? '') ?? 'an unknown authority';
    const why =
      code === 'self-signed'
        ? 'is signed by itself'
        : code === 'untrusted-root'
          ? `is signed by ${issuer}, which this computer does not know`
          : 'breaks the rules for certificates';
    return {
      says: 'fits',
      weight: 0.6,
      culprit: certificateCulprit(attempt, leaf),
      summary: `The certificate of ${place(attempt)} ${why}.`,
      advice:
        code === 'certificate-invalid'
          ? 'only the owner of the server can replace it'
          : "if the server is your own or your company's, its authority's certificate has to be installed here; else do not go on",
      evidence: [{ fact: 'tls', says: (tls.failure?.raw ?? code).slice(0, 200) }],
    };
  },
};
