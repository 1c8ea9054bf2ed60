import type { Cause, Evidence, Finding } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { isOwnAddress } from '../connection-evidence.js';
import {
  interceptorIn,
  interceptionNotYet,
  localEndOf,
  madeForEach,
  sameIssuerElsewhere,
} from '../interception-evidence.js';
import { commonName, failedHandshake, place } from '../tls-evidence.js';

/**
 * A program of this very device answers in the server's name. Told by the socket at the other end of the connection,
 * which is one of this device; that the program changes what goes through it, by a known product's name in the
 * certificate or by the same unknown authority for another host: a program that only passes connections on does neither.
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
  needs: ['connect.localEnd', 'tls.references'],
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
    const missing = interceptionNotYet(scene);
    if (end === undefined)
      return { says: 'unknown', missing, because: 'what is at the other end of the connection is not known' };
    if (end === null)
      return {
        says: 'ruledOut',
        because: 'no program of this computer is at the other end of the connection',
        facts: ['connect.localEnd'],
      };
    const known = interceptorIn(tls);
    const other = sameIssuerElsewhere(tls, scene);
    const issuer = commonName(tls.chain.at(-1)?.issuer ?? '') ?? 'an unknown authority';
    const program = end.process ?? `the program on port ${end.port}`;
    const name = known?.product ?? program;
    const evidence: Evidence[] = [
      {
        fact: 'connect.localEnd',
        says: `the connection to ${place(attempt)} ends at ${end.process === null ? 'a program' : `${end.process} (process ${end.pid ?? '?'})`} of this computer, on ${end.address} port ${end.port}`,
      },
      { fact: 'tls', says: `the certificate is signed by ${issuer}${known ? `, as ${known.product} does` : ''}` },
      ...(other
        ? [{ fact: 'tls.references' as const, says: `${other.name} comes with a certificate of the same authority` }]
        : []),
    ];
    const common = {
      culprit: {
        kind: 'product',
        name,
        ...(end.process !== null && { owner: end.process }),
        address: end.address,
      } as const,
      summary: `${capital(name)} on this computer puts itself between it and ${place(attempt)}, with a certificate that is not trusted here.`,
      advice: `let ${name} install its certificate again, or switch off its scanning of encrypted connections`,
      evidence,
    };
    if (known || (other && madeForEach(tls, attempt.host, other))) return { says: 'proven', ...common };
    return {
      says: 'fits',
      weight: other ? 0.9 : 0.5,
      missing,
      ...(other ? {} : { atMost: 'likely' as const }),
      ...common,
    };
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
