import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type FactKey, type LocalEnd, type TlsReference, type TlsTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { Culprit } from '../../model/words.js';
import type { Interceptor } from '../../data/interceptors.js';
import { untriedMark } from '../../model/untried.js';
import {
  asKnown,
  interceptionNotYet,
  interceptorIn,
  localEndOf,
  madeForEach,
  programAt,
  sameIssuerElsewhere,
  speaksForItself,
  trustedElsewhere,
  trustedElsewhereEvidence,
} from '../evidence/interception-evidence.js';
import { acceptedNear } from '../evidence/near-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { commonName, failedHandshake, place } from '../evidence/tls-evidence.js';
import { placeOf } from './hop-place.js';

/**
 * Somebody between answers in the server's name, with a certificate of his own. Told by the name of a known product, or
 * by another host that has nothing to do with this one and comes with a certificate of the same unknown authority. That
 * an authority is unknown is not enough: a company's own server looks the same.
 */
export const cause: Cause = {
  id: 'tls-intercepted',
  side: 'path',
  stage: 'tls',
  title: 'Somebody on the way gets in between',
  symptoms: symptoms(
    'tls',
    'self-signed',
    'untrusted-root',
    'name-mismatch',
    'certificate-invalid',
    'expired',
    'chain-incomplete',
  ),
  needs: ['tls.references', 'connect.localEnd', 'references', 'connect.near', 'device.routes'],
  yieldsTo: ['captive-portal', 'antivirus-intercepts-tls', 'hosts-file-override'],
  beside: trusted,
  judge(attempt, scene): Finding {
    const tls = failedHandshake(attempt, scene);
    if (!tls) return { says: 'unknown', missing: ['tls'] };
    if (tls.anchor?.public === true) {
      return {
        says: 'ruledOut',
        because: 'a public authority signed the certificate, which nobody between can have done',
        facts: ['tls'],
      };
    }
    // By an empty list every certificate is unknown, and two of one authority are nothing special.
    if (tls.storeLacks && !interceptorIn(tls))
      return {
        says: 'unknown',
        missing: [],
        because:
          'this computer has no list of authorities, or not the one that is set, or lacks a public one: whom the others trust is not known',
      };
    const end = localEndOf(attempt, scene);
    const itself = end ? speaksForItself(end) : false;
    if (itself)
      return {
        says: 'ruledOut',
        because: 'a program of this computer itself is at the other end, and speaks for itself',
        facts: ['connect.localEnd'],
      };
    if (itself === undefined)
      return {
        says: 'unknown',
        missing: [],
        because: 'a program of this computer is at the other end, and whether it only passes on was not seen',
      };
    const known = interceptorIn(tls);
    const other = sameIssuerElsewhere(tls, scene);
    const missing = [...interceptionNotYet(scene), ...(known || other ? notYetAsked(scene, 'device.guards') : [])];
    const near = known || other ? null : answeredNear(attempt, scene, tls);
    if (near) return near;
    if (!known && !other)
      return { says: 'unknown', missing, because: 'nothing shows that others get certificates of the same authority' };
    return intercepted(attempt, scene, tls, { known, other, end, missing });
  },
};

/**
 * The connection is accepted nearer than the server, by one that what goes to unrelated hosts comes by as well and passes: he
 * stands between, for this target alone. That he only passes on what the server sends is not shown to be otherwise.
 */
function answeredNear(attempt: FailedAttempt, scene: Scene, tls: TlsTry): Finding | null {
  const found = acceptedNear(scene);
  if (!found || found.address !== attempt.address || found.port !== attempt.port) return null;
  if (!found.onCommonWay || found.alike.length > 0) return null;
  const missing = notYetAsked(scene, 'connect.localEnd', 'device.routes');
  if (missing.length > 0) return { says: 'unknown', missing };
  // With a hop limit of 1 a program of this very device may be who accepts it.
  const end = localEndOf(attempt, scene);
  if (found.hopLimit === 1 && end !== null) return null;
  const at = placeOf(found.at, scene);
  const issuer = commonName(tls.chain.at(-1)?.issuer ?? '') ?? 'an unknown authority';
  return {
    says: 'fits',
    weight: 0.8,
    atMost: 'likely',
    side: at.side,
    culprit: { kind: 'hop', address: found.at, name: `at ${at.name}` },
    summary: `${at.name.charAt(0).toUpperCase()}${at.name.slice(1)}, or something right beside it, answers in the place of ${place(attempt)}, with a certificate of its own (${issuer}).`,
    advice: `do not go on; ask whoever runs ${at.side === 'local-network' ? 'that router' : 'this network'}, or use another network`,
    evidence: [
      { fact: 'tls', says: `the certificate for ${place(attempt)} is signed by ${issuer}` },
      {
        fact: 'connect.near',
        says: `the connection is accepted although its first packet goes only ${found.hopLimit} hop${found.hopLimit === 1 ? '' : 's'} far; packets to its other ports, and to other hosts, are turned back there, by ${found.at}`,
      },
    ],
  };
}

/** Interception that this device is told to trust harms nobody's connection, and is worth knowing. */
function trusted({ facts }: Scene): ReturnType<NonNullable<Cause['beside']>> {
  for (const one of fact(facts, 'tls') ?? []) {
    if (one.failure || one.anchor?.public !== false) continue;
    const end = fact(facts, 'connect.localEnd')?.find(
      ({ address, port }) => address === one.address && port === one.port,
    )?.end;
    if (end && speaksForItself(end) !== false) continue;
    const known = interceptorIn(one);
    if (!known) continue;
    const issuer = commonName(one.chain.at(-1)?.issuer ?? '') ?? one.anchor.subject;
    return {
      says: 'fits',
      stage: 'tls',
      culprit: { kind: 'product', name: known.product },
      summary: `${known.product} seems to look into this connection: the certificate comes from it, and this computer is set to trust it.`,
      advice:
        'that is usual in schools and companies, and with some security programs; whoever runs it can read what is sent',
      evidence: [
        {
          fact: 'tls',
          says: `the certificate is signed by ${issuer}, as ${known.product} does${untriedMark(known)}, and not by a public authority`,
        },
      ],
    };
  }
  return null;
}

interface Signs {
  readonly known: Interceptor | undefined;
  readonly other: TlsReference | undefined;
  readonly end: LocalEnd | null | undefined;
  readonly missing: readonly FactKey[];
}

function intercepted(
  attempt: FailedAttempt,
  scene: Scene,
  tls: TlsTry,
  { known, other, end, missing }: Signs,
): Finding {
  const product = known?.product;
  const issuer = commonName(tls.chain.at(-1)?.issuer ?? '') ?? 'an unknown authority';
  const culprit: Culprit =
    product === undefined ? { kind: 'certificate', name: issuer } : { kind: 'product', name: product };
  const who = product ?? `Somebody (${issuer})`;
  const evidence: Evidence[] = [
    {
      fact: 'tls',
      says: `the certificate for ${place(attempt)} is signed by ${issuer}${asKnown(known)}`,
    },
    ...(other
      ? [
          {
            fact: 'tls.references' as const,
            says: `${other.name}, which has nothing to do with it, comes with a certificate of the same authority`,
          },
        ]
      : []),
    ...(end === undefined
      ? []
      : [
          {
            fact: 'connect.localEnd' as const,
            says: end
              ? `${programAt(end)} of this computer is at the other end, and only passes on what it gets`
              : 'no program of this computer is at the other end of the connection',
          },
        ]),
    ...trustedElsewhereEvidence(trustedElsewhere(tls, scene)),
  ];
  const near = acceptedNear(scene);
  // Whose router accepts it tells on which side he stands.
  const side = near && near.address === attempt.address && end === null ? placeOf(near.at, scene).side : null;
  const common = {
    culprit,
    ...(side !== null && { side }),
    summary: `${who} gets in between this computer and ${place(attempt)}, with a certificate of its own.`,
    advice:
      "if this network belongs to your school or company, its authority's certificate has to be installed here; else do not go on, and use another network",
    evidence,
  };
  const noPortal = fact(scene.facts, 'references')?.some((one) => one.kind === 'portal' && one.ok) ?? false;
  if (other && end !== undefined && noPortal && madeForEach(tls, attempt.host, other))
    return { says: 'proven', ...common };
  return { says: 'fits', weight: 0.9, missing, ...(other ? {} : { atMost: 'likely' as const }), ...common };
}
