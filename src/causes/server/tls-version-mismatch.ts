import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import type { Target } from '../../model/target.js';
import { handshakeDone, needsVariations, place, variation, variationsSettled } from '../evidence/tls-evidence.js';

/**
 * Nothing in common to speak in: the server knows only versions (or ciphers) that programs of today no longer use.
 * Proven by a handshake that differs in nothing but what is offered, and works, while the usual one fails again.
 */
export const cause: Cause = {
  id: 'tls-version-mismatch',
  side: 'server',
  stage: 'tls',
  title: 'The server and this computer have no version of TLS in common',
  symptoms: symptoms('tls', 'protocol-version', 'handshake-failure', 'alert', 'failed', 'closed', 'reset'),
  needs: ['tls', 'tls.variations'],
  judge(attempt, scene) {
    const said = attempt.outcome.code === 'protocol-version';
    const settled = variationsSettled(attempt, scene);
    const old = variation(attempt, scene, 'old-versions');
    if (handshakeDone(old) && old?.version !== undefined) {
      const usualFails = variation(attempt, scene, 'same')?.failure !== undefined;
      return speaks(attempt, old.version, usualFails, scene.facts.target);
    }
    if (said) return announced(attempt, scene, settled);
    if (!settled) return needsVariations;
    if (!old) return { says: 'unknown', missing: [], because: 'no handshake with older versions was made' };
    if (attempt.outcome.code !== 'handshake-failure') {
      return { says: 'ruledOut', because: 'it fails with older versions as well', facts: ['tls.variations'] };
    }
    return handshakeDone(variation(attempt, scene, 'no-name'))
      ? { says: 'ruledOut', because: 'the handshake works when no name is sent', facts: ['tls.variations'] }
      : {
          says: 'fits',
          weight: 0.3,
          summary: `${place(attempt)} and this computer agree on no way to encrypt.`,
          culprit: { kind: 'server', ...(attempt.address !== null && { address: attempt.address }) },
          evidence: [{ fact: 'tls', says: 'the server says "handshake failure"' }],
        };
  },
};

/** The server's own word for it: "protocol version" (RFC 8446 6.2). */
function announced(attempt: FailedAttempt, scene: Scene, settled: boolean): Finding {
  return {
    says: 'fits',
    weight: 0.8,
    ...(settled ? {} : { missing: ['tls.variations'] }),
    culprit: { kind: 'server', ...(attempt.address !== null && { address: attempt.address }) },
    summary: `${place(attempt)} speaks none of the versions of TLS that programs of today use (1.2 and 1.3).`,
    advice: 'its owner has to update the server',
    evidence: [
      {
        fact: scene.facts['tls.variations'] ? 'tls.variations' : 'tls',
        says: 'the server refuses TLS 1.2 and 1.3 by version',
      },
    ],
  };
}

/**
 * One call of one program one step down; nothing is set, so there is nothing to take back. The level of a whole computer
 * (crypto-policies, openssl.cnf) or of a browser is never lowered for one server: it holds for all others too.
 */
function oneStepDown(byCipher: boolean, { scheme, host, port, literal }: Target): string {
  const name = literal === 6 ? `[${host}]` : host;
  if (scheme !== 'https' || !/^[\w.:[\]-]+$/.test(name)) return '';
  // OpenSSL 3 gives TLS below 1.2, and ciphers held for broken, at its lowest level alone (SSL_CTX_set_security_level(3)).
  const words = byCipher
    ? '--tls-max 1.2 --ciphers ALL@SECLEVEL=0'
    : '--tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0';
  return `; until then a single call can go one step down, for this server alone: curl ${words} https://${name}:${port}/ (whoever is on the way may then read and change what passes: send no password)`;
}

function speaks(attempt: FailedAttempt, version: string, usualFails: boolean, target: Target): Finding {
  const byCipher = version === 'TLSv1.2' || version === 'TLSv1.3';
  const common = {
    culprit: { kind: 'server', name: version, ...(attempt.address !== null && { address: attempt.address }) } as const,
    summary: byCipher
      ? `${place(attempt)} encrypts only in ways that are held for broken today.`
      : `${place(attempt)} speaks at best ${version.replace('TLSv1', 'TLS 1').replace(/^TLS 1$/, 'TLS 1.0')}, which programs of today refuse as unsafe.`,
    advice: `its owner has to update the server${oneStepDown(byCipher, target)}`,
    evidence: [
      { fact: 'tls.variations' as const, says: `with everything old allowed, the handshake works (${version})` },
      ...(usualFails ? [{ fact: 'tls.variations' as const, says: 'at the same time the usual one fails again' }] : []),
    ],
  };
  return usualFails ? { says: 'proven', ...common } : { says: 'fits', ...common };
}
