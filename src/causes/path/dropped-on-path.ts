import type { Cause, Scene } from '../../model/cause.js';
import type { Attempt } from '../../model/attempt.js';
import { fact, type PathFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import {
  answeringPorts,
  answerVanishedHere,
  isOnLink,
  isOwnAddress,
  neverLeft,
  traceOf,
  triesOf,
} from '../connection-evidence.js';
import { answeringReferences } from '../reference-evidence.js';

/** A router or filter on the way swallows the packets. */
export const cause: Cause = {
  id: 'dropped-on-path',
  side: 'path',
  stage: 'connect',
  title: 'Something on the way to the server swallows the connection',
  symptoms: symptoms('connect', 'timed-out'),
  needs: ['path', 'connect.ports', 'references'],
  yieldsTo: [
    'service-outage',
    'nat-loopback-missing',
    'address-conflict',
    'vpn-blocks',
    'packet-loss',
    'connection-redirected',
    'captive-portal',
    'port-blocked-everywhere',
    'internet-down',
    'gateway-unreachable',
    'local-firewall',
    'rejected-by-hop',
    'unreachable-by-hop',
  ],
  judge(attempt, scene) {
    const tries = triesOf(attempt, scene);
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    if (neverLeft(tries))
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    if (traceOf(attempt, scene)?.stoppedBy)
      return { says: 'ruledOut', because: 'a rule of this computer stopped it', facts: ['kernel.trace'] };
    if (answerVanishedHere(attempt, scene)) {
      return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['kernel.trace'] };
    }
    if (isOnLink(attempt, scene) === true)
      return {
        says: 'ruledOut',
        because: 'there is no router between this computer and the target',
        facts: ['device.routes'],
      };
    if (scene.facts.path === undefined) return { says: 'unknown', missing: ['path', 'connect.ports', 'device.routes'] };
    const way = pathOf(attempt, scene);
    const last = way?.hops.findLast((hop) => hop.address !== null);
    const alive = answeringPorts(attempt, scene).length > 0;
    const others = answeringReferences(scene);
    return {
      says: 'fits',
      weight: alive ? 0.5 : 0.6,
      culprit: {
        kind: 'hop',
        ...(last?.address
          ? { address: last.address, name: `at or behind ${last.address}` }
          : { name: 'somewhere on the way' }),
      },
      summary: last?.address
        ? `The connection is cut somewhere at or behind ${last.address}; from here nobody can tell whether the network or the server does it.`
        : 'The connection is cut somewhere on the way; no router on it answers.',
      advice: 'a look from another network would decide it',
      evidence: [
        last?.address
          ? {
              fact: 'path',
              says: `${last.address} (hop ${last.ttl}) is the last router that answers; nothing after it does`,
            }
          : { fact: 'path', says: 'no router on the way answers' },
        ...(others.length > 0
          ? [{ fact: 'references' as const, says: `other servers answer (${others.slice(0, 2).join(', ')})` }]
          : []),
      ],
      missing: scene.facts.references === undefined ? ['references'] : [],
    };
  },
};

function pathOf(attempt: Attempt, { facts }: Scene): PathFact | undefined {
  return fact(facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
}
