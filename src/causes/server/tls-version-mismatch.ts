import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import type { Target } from '../../model/target.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import {
  failsByTls13,
  handshakeDone,
  needsVariations,
  place,
  variation,
  variationsSettled,
} from '../evidence/tls-evidence.js';

/**
 * Nothing in common to speak in: the server knows only versions (or ciphers) that programs of today no longer use.
 * Proven by a handshake that differs in nothing but what is offered, and works, while the usual one fails again.
 */
export const cause: Cause = {
  id: 'tls-version-mismatch',
  side: 'server',
  stage: 'tls',
  title: 'The server and this computer have no version of TLS in common',
  symptoms: symptoms('tls', 'protocol-version', 'handshake-failure', 'alert', 'failed', 'closed', 'reset', 'timed-out'),
  needs: ['tls', 'tls.variations'],
  judge(attempt, scene) {
    const said = attempt.outcome.code === 'protocol-version';
    const settled = variationsSettled(attempt, scene);
    if (failsByTls13(attempt, scene)) return withoutTls13(attempt, scene.facts.target);
    const new12 = variation(attempt, scene, 'tls12');
    const old = variation(attempt, scene, 'old-versions');
    if (handshakeDone(new12) && !said)
      return {
        says: 'unknown',
        missing: attempt.outcome.code === 'timed-out' ? notYetAsked(scene, 'path.sizes') : [],
        because: 'whether it is TLS 1.3 that it fails by was not shown',
      };
    if (attempt.outcome.code === 'timed-out')
      return !settled
        ? needsVariations
        : new12
          ? { says: 'ruledOut', because: 'without TLS 1.3 it is silent as well', facts: ['tls.variations'] }
          : { says: 'unknown', missing: [], because: 'no handshake without TLS 1.3 was made' };
    if (handshakeDone(old) && old?.version !== undefined) {
      const usualFails = variation(attempt, scene, 'same')?.failure !== undefined;
      // Where TLS 1.2 was not tried with today's ciphers, it may be TLS 1.3 that somebody minds.
      const known = !isNew(old.version) || new12?.failure !== undefined;
      return speaks(attempt, old.version, usualFails && known, scene.facts.target);
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

const isNew = (version: string): boolean => version === 'TLSv1.2' || version === 'TLSv1.3';

/** Nobody can tell from here whether a program of the server's own or somebody on the way minds the version. */
function withoutTls13(attempt: FailedAttempt, { scheme, host, port, literal }: Target): Finding {
  const { code } = attempt.outcome;
  const name = literal === 6 ? `[${host}]` : host;
  const isPlain = scheme === 'https' && /^[\w.:[\]-]+$/.test(name);
  const becomes =
    code === 'timed-out' ? 'is never answered' : code === 'reset' || code === 'closed' ? 'is cut off' : 'is refused';
  return {
    says: 'fits',
    weight: 0.75,
    atMost: 'likely',
    side: 'unknown',
    culprit: { kind: 'limit', name: 'TLS 1.3', ...(attempt.address !== null && { address: attempt.address }) },
    summary: `Whatever opens TLS 1.3 with ${place(attempt)} ${becomes}, and TLS 1.2 works: somebody on the way stops the newer version, or the server does.`,
    advice: `another network shows which of them it is${isPlain ? `; until then a single call can leave TLS 1.3 out: curl --tls-max 1.2 https://${name}:${port}/` : ''}`,
    evidence: [
      { fact: 'tls.variations', says: 'without TLS 1.3, and nothing else changed, the handshake works each time' },
      { fact: 'tls.variations', says: 'at the same time the usual one fails again' },
    ],
  };
}

function speaks(attempt: FailedAttempt, version: string, usualFails: boolean, target: Target): Finding {
  const byCipher = isNew(version);
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
