import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import type { TlsTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { shownByProgramHere } from '../evidence/interception-evidence.js';
import {
  certificateCulprit,
  failedHandshake,
  handshakeDone,
  leafOf,
  needsVariations,
  overriddenByHosts,
  place,
  variation,
  variationsSettled,
} from '../evidence/tls-evidence.js';

/**
 * The certificate is for another name, or the server says that it knows none for this one. Who else could show a
 * certificate for another name: a portal or a block page to which the connection was led, and a wrong address. A trusted
 * certificate for a name above or below the one that was asked for rules them out: nobody else gets one.
 */
export const cause: Cause = {
  id: 'certificate-name-mismatch',
  side: 'server',
  stage: 'tls',
  title: "The server's certificate is for another name",
  symptoms: symptoms('tls', 'name-mismatch', 'unrecognized-name', 'handshake-failure'),
  needs: ['tls', 'tls.variations', 'name.hosts', 'references'],
  yieldsTo: [
    'captive-portal',
    'hosts-file-override',
    'name-filtered',
    'tls-intercepted',
    'antivirus-intercepts-tls',
    'connection-redirected',
    'client-certificate-required',
    'sni-filtered',
  ],
  judge(attempt, scene) {
    const tls = failedHandshake(attempt, scene);
    if (!tls) return { says: 'unknown', missing: ['tls'] };
    const here = shownByProgramHere(attempt, scene, tls);
    if (here) return here;
    return attempt.outcome.code === 'name-mismatch' ? otherName(attempt, scene, tls) : unknownName(attempt, scene);
  },
};

function otherName(attempt: FailedAttempt, scene: Scene, tls: TlsTry): Finding {
  const leaf = leafOf(tls);
  const names = leaf?.names ?? [];
  const shown = names.slice(0, 3).join(', ') || leaf?.subject || 'no name at all';
  const trusted = tls.faults.every((fault) => fault.code === 'name-mismatch');
  const kin = names.some((name) => related(attempt.host, name));
  const hosts = overriddenByHosts(scene);
  const literal = scene.facts.target.literal !== 0 && attempt.hop === 0;
  const common = {
    culprit: certificateCulprit(attempt, leaf),
    summary: `The server answers for ${place(attempt)} with a certificate for ${shown}.`,
    advice: literal
      ? 'ask for it by one of the names in the certificate instead of by its address'
      : 'check the name that was typed; only the owner of the server can put in a certificate for this one',
    evidence: [
      { fact: 'tls' as const, says: `the certificate is for ${shown}${trusted ? ', and otherwise trusted' : ''}` },
    ],
  };
  if (trusted && kin && hosts === false) return { says: 'proven', ...common };
  if (trusted && kin && hosts === undefined) return { says: 'fits', weight: 0.8, missing: ['name.hosts'], ...common };
  return { says: 'fits', weight: trusted ? 0.7 : 0.5, ...common };
}

/** One name lies above the other: example.com and shop.example.com. No authority signs for a public suffix. */
function related(host: string, name: string): boolean {
  const other = name.toLowerCase().replace(/^\*\./, '');
  if (!other.includes('.') || /^[\d.]+$/.test(other)) return false;
  return host === other || host.endsWith(`.${other}`) || other.endsWith(`.${host}`);
}

function unknownName(attempt: FailedAttempt, scene: Scene): Finding {
  const said = attempt.outcome.code === 'unrecognized-name';
  const common = {
    culprit: {
      kind: 'server',
      name: attempt.host,
      ...(attempt.address !== null && { address: attempt.address }),
    } as const,
    summary: `The server at ${attempt.address ?? attempt.host} knows no site named ${attempt.host}.`,
    advice: 'check the name that was typed, and that it leads to the right server',
  };
  if (!variationsSettled(attempt, scene)) {
    if (!said) return needsVariations;
    return {
      says: 'fits',
      missing: ['tls.variations'],
      ...common,
      evidence: [{ fact: 'tls', says: 'the server says "unrecognized name"' }],
    };
  }
  const without = variation(attempt, scene, 'no-name');
  const works = handshakeDone(without) && !handshakeDone(variation(attempt, scene, 'same'));
  if (!said && !works) {
    return without
      ? { says: 'ruledOut', because: 'the server fails without a name as well', facts: ['tls.variations'] }
      : { says: 'unknown', missing: [], because: 'no handshake without a name was made' };
  }
  return {
    says: 'fits',
    weight: 0.6,
    ...common,
    evidence: [
      {
        fact: 'tls',
        says: said ? 'the server says "unrecognized name"' : 'the server refuses the handshake for this name',
      },
      ...(works ? [{ fact: 'tls.variations' as const, says: 'without a name the same server does not' }] : []),
    ],
  };
}
