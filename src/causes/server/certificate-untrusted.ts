import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding } from '../../model/cause.js';
import type { TlsTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { shownByProgramHere } from '../evidence/interception-evidence.js';
import { certificateCulprit, commonName, failedHandshake, leafOf, place } from '../evidence/tls-evidence.js';

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
    if (tls.storeLacks) return lackingStore(attempt, tls, tls.storeLacks);
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

/** Whatever the certificate is worth, this device cannot tell: its own list of authorities is empty, or lacks a public one. */
function lackingStore(
  attempt: FailedAttempt,
  tls: TlsTry,
  { authorities, sources, hollow, holdsPublicly }: NonNullable<TlsTry['storeLacks']>,
): Finding {
  const source = hollow?.path ?? sources[0];
  const issuer = commonName(tls.chain.at(-1)?.issuer ?? '') ?? 'its authority';
  const isEmpty = authorities === 0;
  const install = 'install the package ca-certificates there, or have SSL_CERT_FILE name a list that exists';
  const common = {
    side: 'this-device' as const,
    culprit: {
      kind: 'file' as const,
      name: 'list of trusted authorities',
      ...(source !== undefined && { location: source }),
    },
    summary: hollow
      ? `${hollow.variable} names a list of trusted authorities in which there is none (${hollow.path}), so that it cannot be told whether the certificate of ${place(attempt)} holds.`
      : isEmpty
        ? `This computer (or the sandbox that this runs in) has no list of trusted authorities, so no certificate holds, that of ${place(attempt)} neither.`
        : `This computer's list of trusted authorities lacks ${issuer}, a public one, so that the certificate of ${place(attempt)} does not hold here.`,
    advice: hollow
      ? `correct ${hollow.variable} where it is set, or take it away: then the system’s own list holds`
      : isEmpty
        ? install
        : 'bring the list up to date (the package ca-certificates)',
  };
  const said = isEmpty
    ? 'no certificate of an authority was found where programs look for them (SSL_CERT_FILE, SSL_CERT_DIR, the system’s list)'
    : `${authorities} authorities are trusted (${sources.join(', ')}), and none of them vouches for it`;
  const evidence: Evidence[] = [
    ...(hollow ? [{ fact: 'tls' as const, says: `in ${hollow.path} no certificate was found` }] : []),
    { fact: 'tls', says: said },
  ];
  if (!holdsPublicly) return { says: 'fits', weight: 0.9, ...common, evidence };
  const other = 'by the public list (Mozilla’s) the same certificate holds: only the list differs';
  return { says: 'proven', ...common, evidence: [...evidence, { fact: 'tls', says: other }] };
}
