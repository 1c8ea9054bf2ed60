import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { failedAnswer, httpFact, saysStarting, serverCulprit, statusOf } from '../evidence/http-evidence.js';
import { place, serverAuthenticated } from '../evidence/tls-evidence.js';

/** The service itself says that it is not ready yet. */
export const cause: Cause = {
  id: 'service-starting',
  side: 'server',
  stage: 'service',
  title: 'The service is still starting',
  symptoms: [...symptoms('service', 'starting'), ...symptoms('http', 'unavailable')],
  unix: true,
  needs: ['greeting', 'http'],
  judge(attempt, scene) {
    const advice = 'wait a little and try again; if it stays so, look at the log of the service';
    if (attempt.stage !== 'http') {
      const heard = fact(scene.facts, 'greeting')?.find((one) => one.failure?.code === 'starting');
      if (!heard) return { says: 'unknown', missing: ['greeting'] };
      return {
        says: 'fits',
        weight: 0.9,
        culprit: {
          kind: 'service',
          name: heard.protocol ?? attempt.host,
          ...(attempt.address !== null && { address: attempt.address }),
        },
        summary: `The service at ${place(attempt)} is starting and takes no connections yet.`,
        advice,
        evidence: [{ fact: 'greeting', says: `its own words: ${heard.text ?? attempt.outcome.raw}` }],
      };
    }
    const answer = failedAnswer(attempt, scene);
    if (!answer) return { says: 'unknown', missing: ['http'] };
    if (!saysStarting(answer))
      return { says: 'ruledOut', because: 'the page says nothing of a start', facts: [httpFact(attempt)] };
    const common = {
      stage: 'http' as const,
      culprit: serverCulprit(attempt, answer),
      summary: `The service behind ${place(attempt)} is starting and answers no requests yet.`,
      advice,
      evidence: [{ fact: httpFact(attempt), says: `${statusOf(answer)}, with a page that says so` }],
    };
    return serverAuthenticated(attempt, scene)
      ? { says: 'proven', ...common }
      : { says: 'fits', weight: 0.8, ...common };
  },
};
