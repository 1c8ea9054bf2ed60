import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { isOnLink, isOwnAddress, neverLeft, sendersOf, traceOf, triesOf } from '../connection-evidence.js';
import { outsideAnswers } from '../reference-evidence.js';

/** This port is silent to every server that was asked, while others get through: providers do that to port 25. */
export const cause: Cause = {
  id: 'port-blocked-everywhere',
  side: 'path',
  stage: 'connect',
  title: 'This port is blocked on the way to every server',
  symptoms: symptoms('connect', 'timed-out', 'refused', 'host-unreachable'),
  needs: ['references.port'],
  yieldsTo: ['local-firewall', 'internet-down', 'gateway-unreachable', 'rejected-by-hop'],
  judge(attempt, scene) {
    const tries = triesOf(attempt, scene);
    if (attempt.outcome.code !== 'timed-out')
      return { says: 'ruledOut', because: 'it was not silent', facts: ['connect'] };
    if (sendersOf(tries).hops.length > 0)
      return { says: 'ruledOut', because: 'somebody on the way said so', facts: ['connect'] };
    if (neverLeft(tries) || traceOf(attempt, scene)?.stoppedBy)
      return { says: 'ruledOut', because: 'this computer itself stops it', facts: ['connect'] };
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    if (isOnLink(attempt, scene) === true)
      return { says: 'ruledOut', because: 'the target is in this network', facts: ['device.routes'] };
    if (outsideAnswers(scene) === false) return { says: 'unknown', missing: [], because: 'nothing outside answers' };
    const asked = fact(scene.facts, 'references.port');
    if (!asked) return { says: 'unknown', missing: ['references.port'] };
    if (asked.some((one) => one.ok))
      return {
        says: 'ruledOut',
        because: `other servers answer on port ${attempt.port ?? 0}`,
        facts: ['references.port'],
      };
    if (asked.length < 2 || asked.some((one) => one.failure?.code !== 'timed-out')) {
      return { says: 'unknown', missing: [], because: 'too few servers could be compared' };
    }
    return {
      says: 'fits',
      weight: 0.65,
      culprit: { kind: 'policy', name: `port ${attempt.port ?? 0}` },
      summary: `Port ${attempt.port ?? 0} seems to be blocked on the way: it is silent to every server that was tried.`,
      advice:
        attempt.port === 25
          ? 'use port 587 or 465, which mail providers offer for this; or ask your provider'
          : 'ask your provider or the administrator of this network whether it blocks this port',
      evidence: [
        {
          fact: 'references.port',
          says: `${asked.length} other servers that answer on other ports were silent on this one too`,
        },
      ],
    };
  },
};
