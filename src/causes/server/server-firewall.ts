import type { Cause } from '../../model/cause.js';
import { ecnOf, refusesEcn } from '../evidence/ecn-evidence.js';
import { symptoms } from '../../model/failure.js';
import {
  answeringPorts,
  answerVanishedHere,
  isOnLink,
  isOwnAddress,
  neverLeft,
  openPorts,
  refusedByReset,
  resetOf,
  sendersOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { saysOfMachineBehind } from '../evidence/machine-behind.js';
import { refusalPlace } from '../evidence/wire-evidence.js';
import { endsBefore } from '../path/passing.js';
import { swallowedOnceOpen } from '../path/swallowed-once-open.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/** The server's own packet filter, or one right in front of it, drops or rejects this port or this client. */
export const cause: Cause = {
  id: 'server-firewall',
  side: 'server',
  stage: 'connect',
  title: "The server's own firewall stops the connection",
  symptoms: [
    ...symptoms(
      'connect',
      'timed-out',
      'refused',
      'reset',
      'host-unreachable',
      'network-unreachable',
      'prohibited',
      'protocol-unreachable',
    ),
    ...symptoms('tls', 'timed-out'),
    ...symptoms('http', 'timed-out'),
    ...symptoms('service', 'timed-out'),
  ],
  needs: ['connect.ports', 'path', 'references', 'connect.held'],
  yieldsTo: [
    'service-outage',
    'nat-loopback-missing',
    'address-conflict',
    'vpn-blocks',
    'no-route',
    'packet-loss',
    'connection-redirected',
    'captive-portal',
    'port-blocked-everywhere',
    'internet-down',
    'gateway-unreachable',
    'local-firewall',
    'client-banned',
  ],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    const tries = triesOf(attempt, scene);
    const { self, target, hops } = sendersOf(tries);
    const culprit = { kind: 'server', address: attempt.address ?? '' } as const;
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    if (attempt.stage !== 'connect') {
      const swallowed = swallowedOnceOpen(attempt, scene);
      return swallowed?.says === 'fits'
        ? { ...swallowed, culprit }
        : { says: 'unknown', missing: [], because: 'nothing shows that what was sent got lost' };
    }
    if (tries.some((one) => one.synchronous) || neverLeft(tries)) {
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    }
    if (answerVanishedHere(attempt, scene)) {
      return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['kernel.trace'] };
    }
    if (target.length > 0) {
      const [icmp] = target;
      const led = saysOfMachineBehind(attempt, scene);
      return {
        says: 'fits',
        weight: led === null ? 0.9 : led === 'at-once' ? 0.5 : 0.2,
        ...(led !== null && { atMost: 'likely' as const }),
        culprit,
        summary: `The server itself refuses connections to port ${attempt.port ?? 0}: its firewall says so.`,
        advice: "ask the server's administrator to let this port through for your address",
        evidence: [
          {
            fact: 'connect',
            says: `${attempt.address ?? ''} itself answered with an ICMP error (type ${icmp?.type ?? 0}, code ${icmp?.code ?? 0}), which a closed port does not send`,
          },
        ],
      };
    }
    if (hops.length > 0)
      return {
        says: 'ruledOut',
        because: `${hops[0]?.from ?? 'a router'} on the way said so, not the server`,
        facts: ['connect'],
      };
    if (self.length > 0) return { says: 'ruledOut', because: 'this computer itself said so', facts: ['connect'] };
    if (refusedByReset(tries) !== false) {
      const place = refusalPlace(attempt, scene);
      if (place === 'here' || place === 'led-here')
        return { says: 'ruledOut', because: 'this computer itself refuses', facts: ['connect.wire'] };
      // Where there is a way, what was measured is told of whoever stands on it (reset-injected), and names the server too.
      if (ecnOf(attempt, scene) === 'refused' && isOnLink(attempt, scene) === true)
        return { says: 'fits', weight: 0.6, culprit, ...refusesEcn(attempt, scene) };
      const reset = resetOf(attempt, scene);
      if (reset && reset.resetTtl !== null && reset.hostTtl !== null && reset.resetTtl - reset.hostTtl === 1) {
        return {
          says: 'fits',
          weight: 0.4,
          culprit,
          summary: 'Something in front of the server refuses the connection in its name.',
          evidence: [
            {
              fact: 'connect.reset',
              says: `the refusal came from nearer than the server's open port (hop limits ${reset.resetTtl} and ${reset.hostTtl})`,
            },
          ],
        };
      }
      return {
        says: 'unknown',
        missing: [],
        because: 'a firewall of the server can send the same refusal as a closed port',
      };
    }
    if (attempt.outcome.code !== 'timed-out')
      return { says: 'unknown', missing: [], because: 'who sent the error is not known' };
    if (scene.facts['connect.ports'] === undefined) return { says: 'unknown', missing: ['connect.ports'] };
    const before = endsBefore(attempt, scene);
    if (before) return before;
    const open = openPorts(attempt, scene);
    const alive = answeringPorts(attempt, scene).length > 0;
    return {
      says: 'fits',
      weight: alive ? 0.7 : 0.4,
      culprit,
      summary: `The server's own firewall may swallow what is sent to port ${attempt.port ?? 0}.`,
      advice: 'a look from another network would decide it',
      evidence: [
        alive
          ? {
              fact: 'connect.ports',
              says:
                open.length > 0
                  ? `${open.length > 1 ? 'ports' : 'port'} ${open.join(' and ')} of the same server ${open.length > 1 ? 'answer' : 'answers'}; port ${attempt.port ?? 0} is silent`
                  : `other ports of the same server answer; port ${attempt.port ?? 0} is silent`,
            }
          : { fact: 'connect.ports', says: 'the server is silent on every port that was tried' },
      ],
      missing: [
        ...(scene.facts['path'] === undefined ? (['path'] as const) : []),
        ...(scene.facts['references'] === undefined ? (['references'] as const) : []),
      ],
    };
  },
};
