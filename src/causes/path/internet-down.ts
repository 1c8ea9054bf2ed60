import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { scopeOf } from '../../model/address.js';
import { answeringPorts, isOnLink, neverLeft, triesOf } from '../connection-evidence.js';
import { gatewayAnswers, outsideAnswers, outsideOf } from '../reference-evidence.js';

/** Nothing outside answers, whatever is asked. */
export const cause: Cause = {
  id: 'internet-down',
  side: 'path',
  stage: 'connect',
  title: 'Nothing outside this network answers',
  symptoms: [
    ...symptoms('connect', 'timed-out', 'host-unreachable', 'network-unreachable'),
    ...symptoms('exchange', 'timed-out', 'host-unreachable', 'network-unreachable', 'server-failure'),
    ...symptoms('resolve', 'temporary-failure', 'timed-out', 'failed'),
  ],
  needs: ['references', 'device.routes', 'device.neighbours'],
  yieldsTo: ['gateway-unreachable', 'no-route', 'network-down', 'local-firewall', 'vpn-blocks', 'no-dns-configured'],
  judge(attempt, scene) {
    const outside = outsideAnswers(scene);
    if (outside === true) return { says: 'ruledOut', because: 'other servers answer', facts: ['references'] };
    const tries = triesOf(attempt, scene);
    if (attempt.stage === 'connect' && neverLeft(tries))
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    if (attempt.stage === 'connect' && isOnLink(attempt, scene) === true)
      return { says: 'ruledOut', because: 'the target is in this network', facts: ['device.routes'] };
    if (attempt.address !== null && scopeOf(attempt.address) === 'loopback')
      return { says: 'ruledOut', because: 'the target is on this computer', facts: [] };
    if (answeringPorts(attempt, scene).length > 0)
      return { says: 'ruledOut', because: 'the same server answers on another port', facts: ['connect.ports'] };
    if (outside === undefined) return { says: 'unknown', missing: ['references', 'device.routes'] };
    const asked = outsideOf(scene.facts) ?? [];
    if (asked.length < 2) return { says: 'unknown', missing: [], because: 'too few references were asked' };
    const gateway = gatewayAnswers(scene);
    const via = fact(scene.facts, 'device.routes')?.defaults[0]?.via ?? null;
    return {
      says: 'fits',
      weight: 0.8,
      culprit: { kind: 'hop', ...(via ? { address: via } : {}), name: via ? `behind ${via}` : 'outside this network' },
      summary:
        gateway === true
          ? 'Your router answers, but nothing behind it does: the internet connection is down.'
          : 'Nothing outside this network answers: the internet connection is down.',
      advice: 'restart the router; if nothing changes, ask your provider whether there is a fault',
      evidence: [
        { fact: 'references', says: `${asked.length} other servers were asked, and none answered` },
        ...(gateway === true ? [{ fact: 'references' as const, says: 'your router itself answers' }] : []),
      ],
    };
  },
};
