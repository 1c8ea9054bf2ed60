import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { fact, type Facts, type LocalEnd, type TlsTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import type { Culprit } from '../../model/words.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import { isOwnAddress } from '../evidence/connection-evidence.js';
import {
  accountEvidence,
  asKnown,
  interceptorIn,
  interceptionNotYet,
  localEndOf,
  madeForEach,
  onwardEvidence,
  productAt,
  programAt,
  sameIssuerElsewhere,
  speaksForItself,
  trustedElsewhere,
  trustedElsewhereEvidence,
  untriedProgram,
} from '../evidence/interception-evidence.js';
import { commonName, failedHandshake, place } from '../evidence/tls-evidence.js';

/**
 * A program of this very device answers in the server's name. Told by the socket at the other end of the connection,
 * which is one of this device; that the program itself speaks in that name and does not only pass on, by what it sends
 * onwards; that it does so for everybody, by a known product's name in the certificate or by the same unknown authority
 * for another host.
 */
export const cause: Cause = {
  id: 'antivirus-intercepts-tls',
  side: 'this-device',
  stage: 'tls',
  title: 'A security program on this computer puts itself between',
  symptoms: symptoms(
    'tls',
    'self-signed',
    'untrusted-root',
    'name-mismatch',
    'certificate-invalid',
    'expired',
    'chain-incomplete',
  ),
  needs: ['connect.localEnd', 'tls.references', 'device.guards'],
  remedies: ['except-in-web-shield'],
  yieldsTo: ['captive-portal', 'hosts-file-override'],
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
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['tls'] };
    const end = localEndOf(attempt, scene);
    // Who trusts it beside this program decides what a user sees: the page in the browser, and nothing elsewhere.
    const guards = end ? notYetAsked(scene, 'device.guards') : [];
    const missing = [...interceptionNotYet(scene), ...guards];
    if (end === undefined)
      return { says: 'unknown', missing, because: 'what is at the other end of the connection is not known' };
    if (end === null)
      return {
        says: 'ruledOut',
        because: 'no program of this computer is at the other end of the connection',
        facts: ['connect.localEnd'],
      };
    const itself = speaksForItself(end);
    if (itself === false)
      return {
        says: 'ruledOut',
        because: `${programAt(end)} of this computer is at the other end, and only passes on what it gets`,
        facts: ['connect.localEnd'],
      };
    if (tls.anchor)
      return {
        says: 'unknown',
        missing: [],
        because: `this computer trusts ${programAt(end)}; what is wrong may be copied from the server’s own certificate`,
      };
    const known = interceptorIn(tls);
    const other = sameIssuerElsewhere(tls, scene);
    const issuer = commonName(tls.chain.at(-1)?.issuer ?? '') ?? 'an unknown authority';
    const name = productAt(end, known);
    const elsewhere = trustedElsewhere(tls, scene);
    const evidence: Evidence[] = [
      {
        fact: 'connect.localEnd',
        says: `the connection to ${place(attempt)} ends at ${programAt(end)} of this computer, on ${end.address} port ${end.port}`,
      },
      ...accountEvidence(end, scene),
      ...untriedProgram(end, known),
      ...onwardEvidence(end),
      { fact: 'tls', says: `the certificate is signed by ${issuer}${asKnown(known)}` },
      ...(other
        ? [{ fact: 'tls.references' as const, says: `${other.name} comes with a certificate of the same authority` }]
        : []),
      ...trustedElsewhereEvidence(elsewhere),
    ];
    const common = {
      culprit: culpritAt(end, name),
      summary: `${capital(name)}, which runs on this computer, puts itself into the connection to ${place(attempt)}, with a certificate that ${elsewhere === undefined ? 'is not trusted here' : elsewhere.kind === 'nss' ? 'only browsers trust here' : 'only Java programs trust here'}.`,
      advice: `let ${name} install its certificate again, or switch off its scanning of encrypted connections`,
      evidence,
    };
    const signsForAll = known !== undefined || (other !== undefined && madeForEach(tls, attempt.host, other));
    if (itself && signsForAll && guards.length === 0) return { says: 'proven', ...common };
    return {
      says: 'fits',
      weight: signsForAll ? 0.9 : itself ? 0.7 : 0.5,
      missing,
      // It may pass on what somebody on the way has signed, or be a server of one's own behind a rule.
      atMost: 'likely',
      ...common,
    };
  },
  besideNeeds: ({ tls }) => (trustedHere(tls).length > 0 ? ['connect.localEnd', 'device.guards'] : []),
  beside: trusted,
};

function trustedHere(tls: Facts['tls']): readonly TlsTry[] {
  return tls?.state === 'known'
    ? tls.value.filter((one) => !one.failure && one.anchor?.public === false && one.endsHere === true)
    : [];
}

/** It works: this device trusts the root that the program has put there. Worth knowing all the same. */
function trusted(scene: Scene): ReturnType<NonNullable<Cause['beside']>> {
  const { facts } = scene;
  const [one] = trustedHere(facts.tls);
  const found = fact(facts, 'connect.localEnd')?.find(
    (other) => other.address === one?.address && other.port === one.port,
  );
  if (!one?.anchor || !found?.end) return null;
  const { end } = found;
  const itself = speaksForItself(end);
  if (itself === false) return null;
  const known = interceptorIn(one);
  const name = productAt(end, known);
  const { subject, fingerprint256 } = one.anchor;
  const root = fact(facts, 'device.guards')?.roots.find((other) => other.fingerprint256 === fingerprint256);
  return {
    says: itself ? 'proven' : 'fits',
    stage: 'tls',
    culprit: culpritAt(end, name),
    summary: `${capital(name)} on this computer looks into this encrypted connection${itself ? '' : ', as it seems'}; it works, since this computer trusts its certificate.`,
    advice: `that is how it can look for harmful pages; if nobody here has set it up, find out who did`,
    evidence: [
      {
        fact: 'connect.localEnd',
        says: `the connection ends at ${programAt(end)} of this computer, on ${end.address} port ${end.port}`,
      },
      ...accountEvidence(end, scene),
      ...untriedProgram(end, known),
      ...onwardEvidence(end),
      {
        fact: root ? 'device.guards' : 'tls',
        says: `the certificate holds by ${commonName(subject) ?? subject}, a root that was added to this computer${root ? ` (${root.store})` : ''}${asKnown(known)}`,
      },
    ],
  };
}

function culpritAt(end: LocalEnd, name: string): Culprit {
  return { kind: 'product', name, ...(end.process !== null && { owner: end.process }), address: end.address };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
