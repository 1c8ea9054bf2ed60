import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { familyOf } from '../../model/address.js';
import { noEngineAsked, ownContainer } from '../evidence/container-evidence.js';
import { stoppedContainer } from '../evidence/stopped-container.js';
import {
  afterNeighbourSearch,
  answeringPorts,
  answerVanishedHere,
  isOnLink,
  isOwnAddress,
  neverLeft,
  saidAtOnceElsewhere,
  sendersOf,
  toldElsewhere,
  triesOf,
} from '../evidence/connection-evidence.js';
import { foundByFrame } from '../evidence/neighbour-rules.js';
import { endsBefore } from '../path/passing.js';

/** The router beside the target, or this device where the target is on its own link, looked for it and found nobody. */
export const cause: Cause = {
  id: 'host-down',
  side: 'server',
  stage: 'connect',
  title: 'The server is switched off, or its address belongs to nobody',
  symptoms: [
    ...symptoms('connect', 'host-unreachable', 'timed-out'),
    ...symptoms('resolve', 'not-found', 'temporary-failure'),
    ...symptoms('exchange', 'nxdomain', 'no-data', 'server-failure'),
  ],
  needs: [
    'device.routes',
    'device.neighbours',
    'connect.ports',
    'device.containers',
    'device.program',
    'connect.told',
    'link.owners',
  ],
  yieldsTo: [
    'service-outage',
    'subnet-overlap',
    'nat-loopback-missing',
    'address-conflict',
    'vpn-blocks',
    'no-route',
    'packet-loss',
    'connection-redirected',
    'captive-portal',
    'port-blocked-everywhere',
    'gateway-unreachable',
    'internet-down',
    'local-firewall',
  ],
  judge(attempt, scene) {
    const container = stoppedContainer(attempt, scene);
    if (container) return container;
    if (attempt.stage === 'name') return noContainer(attempt, scene);
    if (isOwnAddress(attempt.address, scene)) {
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    }
    if (answerVanishedHere(attempt, scene)) {
      return { says: 'ruledOut', because: 'its answer reached this computer', facts: ['kernel.trace'] };
    }
    const tries = triesOf(attempt, scene);
    const { self, target, hops } = sendersOf(tries);
    const alive = answeringPorts(attempt, scene);
    if (alive.length > 0 || target.length > 0) {
      return { says: 'ruledOut', because: 'the server answers on another port', facts: ['connect.ports'] };
    }
    const unreachable = familyOf(attempt.address ?? '') === 6 ? { type: 1, code: 3 } : { type: 3, code: 1 };
    const said = hops.find((icmp) => icmp.type === unreachable.type && icmp.code === unreachable.code);
    if (said && afterNeighbourSearch(tries) && !saidAtOnceElsewhere(attempt, scene)) {
      return {
        says: 'fits',
        weight: 0.9,
        missing: toldElsewhere(scene),
        culprit: { kind: 'server', address: attempt.address ?? '' },
        summary: `The server ${attempt.address ?? ''} is switched off, or its address belongs to nobody.`,
        advice: 'check that the server is running and that the address is still its own',
        evidence: [
          {
            fact: 'connect',
            says: `${said.from}, the router beside it, looked for it for three seconds and found nobody`,
          },
        ],
      };
    }
    if (self.length > 0 && afterNeighbourSearch(tries)) {
      const onLink = isOnLink(attempt, scene);
      if (onLink === undefined) return { says: 'unknown', missing: ['device.routes'] };
      if (!onLink)
        return { says: 'ruledOut', because: 'it was the gateway that could not be found', facts: ['device.routes'] };
      if (foundByFrame(attempt, scene) !== null)
        return {
          says: 'ruledOut',
          because: 'it answers on its link when it is asked past all rules',
          facts: ['link.owners'],
        };
      const neighbour = fact(scene.facts, 'device.neighbours')?.find((one) => one.address === attempt.address);
      return {
        says: 'fits',
        weight: 0.9,
        side: 'server',
        culprit: { kind: 'server', address: attempt.address ?? '' },
        summary: `Nobody on this network has the address ${attempt.address ?? ''}: that computer is switched off or elsewhere.`,
        advice: 'see whether it is switched on, in this same network, and still has that address',
        evidence: [
          {
            fact: 'connect',
            says: `this computer looked for it on its own network for three seconds and found nobody${neighbour ? ` (${neighbour.state})` : ''}`,
          },
        ],
      };
    }
    if (attempt.outcome.code === 'host-unreachable') {
      return {
        says: 'ruledOut',
        because: 'the error came at once, without a search for the server',
        facts: ['connect'],
      };
    }
    if (neverLeft(tries))
      return { says: 'ruledOut', because: 'the packet never left this computer', facts: ['connect'] };
    if (scene.facts['connect.ports'] === undefined) return { says: 'unknown', missing: ['connect.ports'] };
    const before = endsBefore(attempt, scene);
    if (before) return before;
    return {
      says: 'fits',
      weight: 0.3,
      culprit: { kind: 'server', address: attempt.address ?? '' },
      summary: `The server ${attempt.address ?? ''} does not answer at all: it may be off.`,
      evidence: [{ fact: 'connect.ports', says: 'it stays silent on every port that was tried' }],
    };
  },
};

/** A name leads to a container alone where its engine is asked for it. */
function noContainer(attempt: FailedAttempt, scene: Scene): Finding {
  const innocent = noEngineAsked(attempt, scene);
  if (innocent) return innocent;
  if (scene.facts['device.containers'] === undefined)
    return { says: 'unknown', missing: ['device.containers'], because: 'containers were not looked at' };
  const known = scene.facts['device.containers'].state === 'known' && ownContainer(scene) !== undefined;
  return known
    ? { says: 'ruledOut', because: 'the name is of no container that has ended', facts: ['device.containers'] }
    : { says: 'unknown', missing: [], because: 'no engine of containers could be asked' };
}
