import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Scene } from '../../model/cause.js';
import type { ConnectTry } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { seriesOf, triesOf } from '../evidence/connection-evidence.js';

/** Where half of all packets get lost, so many in a row get through once in 256 times. */
const enough = 8;

/** It failed, and the same again held each time after that. */
export const cause: Cause = {
  id: 'momentary-glitch',
  side: 'path',
  stage: 'connect',
  title: 'It failed for a moment and works again',
  symptoms: [...symptoms('connect'), ...symptoms('tls'), ...symptoms('http')],
  needs: ['connect.series'],
  judge(attempt, scene) {
    const { recovered } = attempt;
    if (!recovered) return { says: 'ruledOut', because: 'it fails on each try', facts: ['connect'] };
    const series = seriesOf(attempt, scene);
    if (series && series.answered > 0 && series.answered < series.sent) {
      return { says: 'ruledOut', because: 'it goes on failing now and then', facts: ['connect.series'] };
    }
    const held = recovered.tries - recovered.failures + (series?.answered ?? 0);
    const silent = attempt.stage === 'connect' && attempt.outcome.code === 'timed-out';
    const untold = silent && (series?.answered ?? 0) === 0;
    if (held < 2 && !untold) return { says: 'unknown', missing: [], because: 'it was not tried often enough' };
    return {
      says: 'fits',
      // Packets that go on getting lost look the same until they are counted; and so does one of several equal ways that is
      // dead, whose router turns away the connections that it gets, or one of several servers behind a balancer.
      ...(untold || held < enough ? { atMost: 'likely' as const } : {}),
      ...(untold && scene.facts['connect.series'] === undefined ? { missing: ['connect.series'] as const } : {}),
      stage: attempt.stage,
      // Silence is nobody's word: the server may have kept it, or anybody on the way.
      ...(silent && { side: 'unknown' as const }),
      culprit: { kind: 'server', address: attempt.address ?? attempt.host, name: recovered.first.raw },
      ...(failsNowAndThen(attempt, scene)
        ? {
            summary: `Some connections fail (${recovered.first.code}, ${recovered.failures} of ${recovered.failures + held}), others work: of several ways there one may be dead.`,
            advice: 'try again; if it stays, tell your provider',
          }
        : {
            summary: `It failed ${recovered.failures === 1 ? 'once' : `${recovered.failures} times`} (${recovered.first.code}), then worked ${held === 1 ? 'once' : `${held} times in a row`}.`,
            advice: 'try again; if it comes back, run this while it fails',
          }),
      evidence: [
        {
          fact: attempt.stage === 'tls' ? 'tls' : attempt.stage === 'http' ? 'http' : 'connect',
          says: `${recovered.failures} of ${recovered.failures + held} tries failed, ${failsNowAndThen(attempt, scene) ? 'the others' : `the last ${held}`} held`,
        },
      ],
    };
  },
};

/** One failed after another one had held. */
function failsNowAndThen(attempt: FailedAttempt, scene: Scene): boolean {
  if (attempt.stage !== 'connect') return false;
  const tries = triesOf(attempt, scene);
  const held = tries.findIndex(({ failure }) => !failure);
  const isFailure = ({ failure, pending }: ConnectTry): boolean =>
    failure !== undefined && pending !== true && failure.raw !== 'given up';
  return held >= 0 && tries.slice(held).some(isFailure);
}
