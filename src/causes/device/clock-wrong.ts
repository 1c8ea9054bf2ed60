import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { type Clocks, isOurs, othersClock, span } from '../evidence/clock-evidence.js';
import { certificateAtFault, failedHandshake } from '../evidence/tls-evidence.js';

/**
 * The clock here is wrong, and so certificates look too old or too new. Only when several others agree against it, and
 * the certificate is valid by their time: that is the same check with nothing changed but the clock.
 */
export const cause: Cause = {
  id: 'clock-wrong',
  side: 'this-device',
  stage: 'tls',
  title: "This computer's clock is wrong",
  symptoms: symptoms('tls', 'expired', 'not-yet-valid'),
  needs: ['tls', 'references', 'clocks'],
  remedies: ['set-clock'],
  judge(attempt, scene) {
    const clocks = othersClock(attempt, scene);
    if (clocks === 'split')
      return { says: 'unknown', missing: [], because: 'the clocks of others do not agree with each other' };
    if (clocks === undefined) return tooFew(attempt, scene);
    if (isOurs(clocks)) {
      return { says: 'ruledOut', because: "other servers' clocks agree with this computer's", facts: ['clocks'] };
    }
    return wrong(attempt, scene, clocks);
  },
};

/** One other clock, the server's own, may rule it out and never show it. */
function tooFew(attempt: FailedAttempt, scene: Scene): Finding {
  const tls = failedHandshake(attempt, scene);
  if (tls?.serverDate !== undefined) {
    const aheadMs = Date.parse(tls.serverDate) - Date.parse(tls.wallClock);
    if (isOurs({ names: [], aheadMs, secure: false }))
      return { says: 'ruledOut', because: "the server's own clock agrees with this computer's", facts: ['tls'] };
  }
  const missing = (['references', 'clocks'] as const).filter((key) => scene.facts[key] === undefined);
  return { says: 'unknown', missing, because: 'too few other clocks were seen' };
}

function wrong(attempt: FailedAttempt, scene: Scene, clocks: Clocks): Finding {
  const tls = failedHandshake(attempt, scene);
  if (!tls) return { says: 'unknown', missing: ['tls'] };
  const dated = tls.faults.filter(({ code }) => code === 'expired' || code === 'not-yet-valid');
  const atFault = dated.flatMap(({ code }) => certificateAtFault(tls, code) ?? []);
  const time = Date.parse(tls.wallClock) + clocks.aheadMs;
  if (atFault.some(({ notBefore, notAfter }) => time < Date.parse(notBefore) || time > Date.parse(notAfter))) {
    return {
      says: 'ruledOut',
      because: "by the others' clock the certificate is out of date too",
      facts: ['clocks', 'tls'],
    };
  }
  const [slow, offset] = [clocks.aheadMs > 0, span(clocks.aheadMs)];
  const whole = dated.length > 0 && atFault.length === dated.length;
  const evidence: Evidence[] = [
    {
      fact: 'clocks',
      says: `${clocks.names.slice(0, 3).join(', ')} agree with each other; this computer's clock is ${offset} ${slow ? 'slow' : 'fast'}`,
    },
    ...(whole ? [{ fact: 'tls' as const, says: 'by their clock the certificate is valid' }] : []),
  ];
  const common = {
    culprit: { kind: 'setting', name: `clock, ${offset} ${slow ? 'slow' : 'fast'}` },
    summary: `This computer's clock is ${offset} ${slow ? 'slow' : 'fast'}, so that certificates seem ${slow ? 'not to be valid yet' : 'to have expired'}.`,
    advice: 'set date and time right (best by letting the computer set them itself: NTP), then try again',
    evidence,
  } as const;
  // The same check with nothing changed but the clock; and at least one of the others is surely who it says it is.
  if (whole && dated.length === tls.faults.length && clocks.secure && tls.anchor?.public === true)
    return { says: 'proven', ...common };
  return whole ? { says: 'fits', weight: 0.9, ...common } : { says: 'fits', weight: 0.5, atMost: 'likely', ...common };
}
