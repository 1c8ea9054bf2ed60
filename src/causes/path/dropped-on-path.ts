import { familyOf, scopeOf } from '../../model/address.js';
import type { Cause, Evidence, Finding, Scene } from '../../model/cause.js';
import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import { fact, type HopFact, type PathFact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { lastToAnswer, type WayPast } from '../../model/way-facts.js';
import {
  answeringPorts,
  answerVanishedHere,
  isOnLink,
  isOwnAddress,
  neverLeft,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { heldAround } from '../evidence/around-trace.js';
import { mayBeOneWayOfSeveral } from '../evidence/equal-ways.js';
import { answeringReferences, outsideOf } from '../evidence/reference-evidence.js';
import { circleTwice } from './circle.js';
import { ownedPlace, ownersMissing } from './hop-owner.js';
import { placeOf } from './hop-place.js';
import { lostHello } from './lost-hello.js';
import { swallowedOnceOpen } from './swallowed-once-open.js';
import { type Difference, differenceEvidence, differenceOf, nameOfFlow, pastMissing } from './passing.js';
import { pastOf } from './past-of.js';
import { ruledOutAsKept } from '../evidence/kept-back.js';

/** A router or filter on the way swallows the packets. */
export const cause: Cause = {
  id: 'dropped-on-path',
  side: 'path',
  stage: 'connect',
  title: 'Something on the way to the server swallows the connection',
  symptoms: [
    ...symptoms('connect', 'timed-out'),
    ...symptoms('tls', 'timed-out'),
    ...symptoms('http', 'timed-out'),
    ...symptoms('service', 'timed-out'),
  ],
  needs: ['path', 'path.past', 'path.owners', 'connect.ports', 'references', 'tls.variations', 'interference'],
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
    'rejected-by-hop',
    'unreachable-by-hop',
  ],
  judge(attempt, scene) {
    const kept = ruledOutAsKept(attempt, scene);
    if (kept) return kept;
    const tries = triesOf(attempt, scene);
    if (isOwnAddress(attempt.address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    if (neverLeft(tries))
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    if (traceOf(attempt, scene)?.stoppedBy)
      return { says: 'ruledOut', because: 'a rule of this computer stopped it', facts: ['kernel.trace'] };
    if (heldAround(attempt, scene))
      return { says: 'ruledOut', because: 'the packet was not seen to leave this computer', facts: ['kernel.trace'] };
    if (answerVanishedHere(attempt, scene)) {
      return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['kernel.trace'] };
    }
    if (isOnLink(attempt, scene) === true)
      return {
        says: 'ruledOut',
        because: 'there is no router between this computer and the target',
        facts: ['device.routes'],
      };
    const swallowed = attempt.stage === 'connect' ? null : swallowedOnceOpen(attempt, scene);
    if (swallowed) return swallowed;
    if (attempt.stage === 'tls') return lostHello(attempt, scene);
    if (attempt.stage !== 'connect')
      return { says: 'unknown', missing: [], because: 'nothing shows that what was sent got lost' };
    if (scene.facts.path === undefined) return { says: 'unknown', missing: ['path', 'connect.ports', 'device.routes'] };
    const circle = circleTwice(attempt, scene);
    if (circle)
      return {
        says: 'unknown',
        missing: [],
        because: `the packets go round in a circle, by ${circle.routers.join(' and ')}`,
      };
    const difference = differenceOf(attempt, scene);
    return difference ? shownToEnd(difference, attempt, scene) : somewhere(attempt, scene);
  },
};

/** In turns and again and again: what differs is the port or the protocol alone. */
function shownToEnd(difference: Difference, attempt: FailedAttempt, scene: Scene): Finding {
  const { last, next, other } = difference;
  const place = ownedPlace(last, attempt, scene);
  const own = `port ${attempt.port ?? 0}`;
  const name = nameOfFlow(other);
  return {
    says: 'fits',
    weight: 0.9,
    // Between two protocols a router may make differences of its own when it answers.
    ...(other.protocol === 'tcp' && !mayBeOneWayOfSeveral(attempt, scene) ? {} : { atMost: 'likely' as const }),
    side: place.side,
    culprit: { kind: 'hop', address: last, name: `between ${last} and ${next}` },
    summary: `What is sent to ${own} of ${attempt.host} is swallowed on the way, at or right behind ${place.name}; ${name} gets past there.`,
    advice:
      place.side === 'local-network'
        ? 'look into the settings of that router (firewall, parental control, blocked ports); else ask your provider'
        : 'ask whoever runs that router, often your provider; the server has nothing to do with it',
    evidence: [differenceEvidence(difference, attempt.port ?? 0), ...place.evidence],
    missing: ownersMissing(scene),
  };
}

function somewhere(attempt: FailedAttempt, scene: Scene): Finding {
  const last = endOf(attempt, scene);
  const alive = answeringPorts(attempt, scene).length > 0;
  const past = pastOf(attempt, scene);
  const [alike] = past?.alike ?? [];
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
      ? besideServer(past, last, attempt, scene)
        ? `The connection is cut at ${last.address}, the last router before the server, or by the server itself; from here nobody can tell which.`
        : `The connection is cut somewhere at or behind ${last.address}; from here nobody can tell whether the network or the server does it.`
      : 'The connection is cut somewhere on the way; no router on it answers.',
    advice: 'a look from another network would decide it',
    evidence: [
      last?.address
        ? {
            fact: 'path',
            says: `${last.address} (hop ${last.ttl}) is the last router that answers; nothing after it does`,
          }
        : { fact: 'path', says: 'no router on the way answers' },
      ...(past?.other && last && besideServer(past, last, attempt, scene)
        ? [
            {
              fact: 'path.past' as const,
              says: `${nameOfFlow(past.other)} comes to the server itself, right behind ${last.address ?? ''}`,
            },
          ]
        : []),
      ...(past && alike
        ? [{ fact: 'path.past' as const, says: `${past.alike.map(nameOfFlow).join(' and ')} end there too` }]
        : []),
      ...otherServers(attempt, scene),
    ],
    missing: [...(scene.facts.references === undefined ? (['references'] as const) : []), ...pastMissing(scene)],
  };
}

/** By the same kind of address: the other one has ways of its own. */
function otherServers({ address }: FailedAttempt, scene: Scene): Evidence[] {
  const others = answeringReferences(scene, address);
  if (others.length > 0)
    return [{ fact: 'references', says: `other servers answer (${others.slice(0, 2).join(', ')})` }];
  const asked = (outsideOf(scene.facts, address) ?? []).length;
  if (asked < 2 || address === null || answeringReferences(scene).length === 0) return [];
  const [own, other] = familyOf(address) === 6 ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6'];
  return [{ fact: 'references', says: `by ${own} no other server answers either, by ${other} they do` }];
}

/**
 * Something else comes to the server with one hop limit more: no other router is between. Unless the hop limit is set anew
 * there, as phones and some routers do that share a line (TTL target of netfilter): whatever passes then comes to any server
 * with one more. A router inside this network that seems to be beside a public server may be such a one.
 */
function besideServer(past: WayPast | undefined, last: HopFact, attempt: FailedAttempt, scene: Scene): boolean {
  const inside = last.address !== null && placeOf(last.address, scene).side === 'local-network';
  return past?.other?.reachedAt === last.ttl + 1 && !(inside && scopeOf(attempt.address ?? '') === 'public');
}

/** On one flow where it was followed: ways of several flows may be mixed. */
function endOf(attempt: Attempt, scene: Scene): HopFact | undefined {
  const flow = lastToAnswer(pastOf(attempt, scene)?.oneFlow.hops ?? []);
  return flow ?? lastToAnswer(pathOf(attempt, scene)?.hops ?? []);
}

function pathOf(attempt: Attempt, { facts }: Scene): PathFact | undefined {
  return fact(facts, 'path')?.find((one) => one.address === attempt.address && one.port === attempt.port);
}
