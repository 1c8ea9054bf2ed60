import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { shownByProgramHere } from '../evidence/interception-evidence.js';
import { isOurs, othersClock } from '../evidence/clock-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';
import {
  certificateAtFault,
  certificateCulprit,
  clocksAgree,
  day,
  failedHandshake,
  faultyByServerClock,
  place,
} from '../evidence/tls-evidence.js';

/**
 * The certificate's time is over. Who else could make it look so: this device's clock, told by the server's own; and
 * somebody between with a certificate of his own, told by who signed it.
 */
export const cause: Cause = {
  id: 'certificate-expired',
  side: 'server',
  stage: 'tls',
  title: "The server's certificate has expired",
  symptoms: symptoms('tls', 'expired'),
  needs: ['tls', 'references', 'clocks'],
  yieldsTo: [
    'clock-wrong',
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
    const certificate = certificateAtFault(tls, 'expired');
    if (faultyByServerClock(tls, certificate) === false) {
      return { says: 'ruledOut', because: "by the server's own clock the certificate is still valid", facts: ['tls'] };
    }
    const until = certificate ? day(certificate.notAfter) : 'an earlier day';
    const own = certificate !== undefined && certificate === tls.chain[0];
    const others = othersClock(attempt, scene);
    const agreed = clocksAgree(tls) === true || (typeof others === 'object' && isOurs(others));
    const common = {
      culprit: certificateCulprit(attempt, certificate),
      summary: own
        ? `The certificate of ${place(attempt)} expired on ${until}; its owner has to renew it.`
        : `A certificate that ${place(attempt)} relies on expired on ${until}; its owner has to replace it.`,
      advice: 'only the owner of the server can renew it; check that the clock of this computer is right',
      evidence: [
        {
          fact: 'tls' as const,
          says: `valid until ${certificate?.notAfter ?? 'an earlier time'}; the clock here says ${tls.wallClock}`,
        },
        ...(agreed ? [{ fact: 'tls' as const, says: "other clocks agree with this computer's" }] : []),
      ],
    };
    // Two clocks that know nothing of each other, and a signer that nobody between could be.
    if (agreed && tls.anchor?.public === true) return { says: 'proven', ...common };
    return {
      says: 'fits',
      weight: 0.8,
      ...(agreed ? {} : { missing: notYetAsked(scene, 'references', 'clocks') }),
      ...common,
    };
  },
};
