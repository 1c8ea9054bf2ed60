import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import type { FactKey, HttpTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { triesOf } from '../evidence/connection-evidence.js';
import { containerBehind, containerNotAsked, containerWords } from '../evidence/container-behind.js';
import { httpFact } from '../evidence/http-evidence.js';
import { dependsOn, interferenceOf } from '../evidence/interference-evidence.js';
import { cutsInARow, pageCutShort } from '../evidence/page-cut-short.js';
import {
  failsByTls13,
  handshakeDone,
  handshakesOf,
  place,
  variation,
  variationsSettled,
} from '../evidence/tls-evidence.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/**
 * The connection is accepted and then ended without an answer. Who else could do it: somebody on the way who does not
 * like the name (another name then works), a server that wants another version or scheme (those then work).
 */
export const cause: Cause = {
  id: 'server-closes-at-once',
  side: 'server',
  stage: 'service',
  title: 'The server accepts the connection and ends it at once',
  symptoms: [
    ...symptoms('connect', 'reset'), // the reset came before the program could use the open connection
    ...symptoms('tls', 'closed', 'reset'),
    ...symptoms('http', 'closed', 'reset'),
    ...symptoms('service', 'closed', 'reset'),
  ],
  unix: true,
  needs: ['tls.variations', 'device.containers'],
  yieldsTo: [
    'client-certificate-required',
    'wrong-scheme-or-port',
    'transparent-proxy',
    'tls-version-mismatch',
    'reset-injected',
    'sni-filtered',
    'http-filtered',
    'client-banned',
    'server-overloaded',
    'too-many-open-files',
  ],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    if (attempt.stage === 'connect' && !wasOpen(attempt, scene)) {
      return { says: 'unknown', missing: [], because: 'whether the connection was ever open is not known' };
    }
    const page = pageCutShort(attempt, scene);
    if (page) return cutShort(attempt, page, scene);
    const other = otherWorks(attempt, scene) ?? otherNameWorks(attempt, scene);
    if (other) return { says: 'ruledOut', because: other, facts: ['tls.variations', 'interference'] };
    if (handshakesOf(attempt, scene).some((one) => one.clientCertificateAsked) && attempt.stage === 'tls') {
      return { says: 'ruledOut', because: 'the server first asked for a client certificate', facts: ['tls'] };
    }
    const how = attempt.outcome.code === 'reset' ? 'resets' : 'closes';
    const fact: FactKey =
      attempt.hop > 0
        ? 'redirects'
        : attempt.stage === 'connect'
          ? 'connect'
          : attempt.stage === 'tls'
            ? 'tls'
            : attempt.stage === 'http'
              ? 'http'
              : 'greeting';
    const container = containerBehind(attempt, scene);
    const notAsked = containerNotAsked(attempt, scene);
    const otherName = attempt.hop === 0 ? variation(attempt, scene, 'other-name') : undefined;
    const settled =
      attempt.stage === 'connect' ||
      (attempt.stage === 'tls' && attempt.hop === 0 ? otherName !== undefined : variationsSettled(attempt, scene));
    return {
      says: 'fits',
      weight: how === 'closes' ? 0.6 : 0.5,
      stage: attempt.stage,
      missing: [...(settled ? [] : (['tls.variations'] as const)), ...notAsked],
      ...(container && { side: 'this-device' as const }),
      culprit: container?.culprit ?? {
        kind: 'server',
        ...(attempt.address !== null && { address: attempt.address }),
      },
      summary: `${place(attempt)}${containerWords(container)} accepts the connection and ${how} it without an answer${container?.clause ?? ''}.`,
      advice:
        container?.advice ??
        'look at what runs there and at its log: the service may be failing, full, or refusing this address',
      evidence: [
        {
          fact,
          says: `connected, then ${how === 'resets' ? 'reset' : 'closed'} by the other side: ${attempt.outcome.raw}`,
        },
        ...(otherName?.failure
          ? [{ fact: 'tls.variations' as const, says: 'it does so whatever name is asked for' }]
          : []),
        ...(container?.evidence ?? []),
      ],
    };
  },
};

/**
 * It answered, and the connection ended before the answer did: most often its own program broke off, or counts wrongly.
 * Somebody between can end a connection just so, and even where it is encrypted: what ends it is not.
 */
function cutShort(attempt: FailedAttempt, page: HttpTry, scene: Scene): Finding {
  const container = containerBehind(attempt, scene);
  const how = attempt.outcome.code === 'reset' ? 'resets' : 'closes';
  const row = cutsInARow(page, scene);
  return {
    says: 'fits',
    weight: 0.5,
    atMost: 'likely',
    stage: attempt.stage,
    missing: containerNotAsked(attempt, scene),
    ...(container && { side: 'this-device' as const }),
    culprit: container?.culprit ?? {
      kind: 'server',
      ...(attempt.address !== null && { address: attempt.address }),
    },
    summary: `${place(attempt)}${containerWords(container)} begins to send the page, and ${how} the connection before it is whole${container?.clause ?? ''}.`,
    advice:
      container?.advice ??
      'look at what runs there and at its log: it may break off, or announce another length than it sends; another network tells whether somebody on the way cuts it',
    evidence: [
      { fact: httpFact(attempt), says: `HTTP ${page.status ?? ''}, ${attempt.outcome.raw}` },
      ...(row === null ? [] : [{ fact: httpFact(attempt), says: `so it went ${row}` }]),
      ...(container?.evidence ?? []),
    ],
  };
}

/** Shown by the experiments, which follow redirects too: what is asked for decides. */
function otherNameWorks(attempt: FailedAttempt, scene: Scene): string | null {
  const found = interferenceOf(attempt, scene);
  const depends = found ? dependsOn(found) : null;
  return depends === null ? null : `it answers when another ${depends === 'path' ? 'page' : 'name'} is asked for`;
}

/** The kernel measured a round trip: the handshake was done on this side before the reset came. */
function wasOpen(attempt: FailedAttempt, scene: Scene): boolean {
  const tries = triesOf(attempt, scene).filter((one) => one.failure?.code === 'reset');
  return tries.length > 0 && tries.every((one) => (one.tcp?.segmentsIn ?? 0) >= 2 && (one.tcp?.rttUs ?? 0) > 0);
}

function otherWorks(attempt: FailedAttempt, scene: Scene): string | null {
  // A control that holds now shows that it comes and goes, and then the others prove nothing either.
  if (handshakeDone(variation(attempt, scene, 'same'))) return null;
  if (handshakeDone(variation(attempt, scene, 'other-name'))) return 'it answers when another name is asked for';
  if (handshakeDone(variation(attempt, scene, 'no-name'))) return 'it answers when no name is sent';
  if (failsByTls13(attempt, scene)) return 'it answers when TLS 1.3 is left out';
  if (handshakeDone(variation(attempt, scene, 'old-versions'))) return 'it answers to older versions of TLS';
  if (handshakeDone(variation(attempt, scene, 'tls'))) return 'it answers when TLS is spoken';
  const plain = variation(attempt, scene, 'plain-http');
  return plain && !plain.failure ? 'it answers when HTTP is spoken without TLS' : null;
}
