import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
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

/** Its time has not begun. Mostly the clock here is behind: the server's own clock tells which of the two is wrong. */
export const cause: Cause = {
  id: 'certificate-not-yet-valid',
  side: 'server',
  stage: 'tls',
  title: "The server's certificate is not valid yet",
  symptoms: symptoms('tls', 'not-yet-valid'),
  needs: ['tls', 'references', 'clocks'],
  yieldsTo: ['clock-wrong', 'captive-portal', 'tls-intercepted', 'antivirus-intercepts-tls', 'hosts-file-override'],
  judge(attempt, scene) {
    const tls = failedHandshake(attempt, scene);
    if (!tls) return { says: 'unknown', missing: ['tls'] };
    const certificate = certificateAtFault(tls, 'not-yet-valid');
    if (faultyByServerClock(tls, certificate) === false) {
      return {
        says: 'ruledOut',
        because: "by the server's own clock the certificate is valid already",
        facts: ['tls'],
      };
    }
    const from = certificate ? day(certificate.notBefore) : 'a later day';
    const others = othersClock(attempt, scene);
    const agreed = clocksAgree(tls) === true || (typeof others === 'object' && isOurs(others));
    const common = {
      culprit: certificateCulprit(attempt, certificate),
      summary: `The certificate of ${place(attempt)} is valid only from ${from} on.`,
      advice:
        'check that the clock of this computer is right; if it is, only the owner of the server can put in a valid one',
      evidence: [
        {
          fact: 'tls' as const,
          says: `valid from ${certificate?.notBefore ?? 'a later time'}; the clock here says ${tls.wallClock}`,
        },
        ...(agreed ? [{ fact: 'tls' as const, says: "other clocks agree with this computer's" }] : []),
      ],
    };
    if (agreed && tls.anchor?.public === true) return { says: 'proven', ...common };
    // A clock that is behind is the usual reason: without another clock in sight this is the lesser guess.
    return {
      says: 'fits',
      weight: agreed ? 0.8 : 0.4,
      ...(agreed ? {} : { missing: notYetAsked(scene, 'references', 'clocks') }),
      ...common,
    };
  },
};
