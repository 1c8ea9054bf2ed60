import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { symptoms } from '../../model/failure.js';
import { isOnLink, isOwnAddress, neverLeft, sendersOf, traceOf, triesOf } from '../evidence/connection-evidence.js';
import { mayBeOneWayOfSeveral } from '../evidence/equal-ways.js';
import { untoldProgram } from '../evidence/incoming-program.js';
import { outsideAnswers } from '../evidence/reference-evidence.js';
import { ownedPlace, ownersMissing } from './hop-owner.js';
import { differenceEvidence, differenceOf, pastMissing } from './passing.js';

/** This port is silent to every server that was asked, while others get through: providers do that to port 25. */
export const cause: Cause = {
  id: 'port-blocked-everywhere',
  side: 'path',
  stage: 'connect',
  title: 'This port is blocked on the way to every server',
  symptoms: symptoms('connect', 'timed-out', 'refused', 'host-unreachable'),
  needs: ['references.port', 'path.past', 'path.owners'],
  yieldsTo: [
    'nat-loopback-missing',
    'address-conflict',
    'vpn-blocks',
    'packet-loss',
    'captive-portal',
    'local-firewall',
    'internet-down',
    'gateway-unreachable',
    'rejected-by-hop',
  ],
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
    const compared = fact(scene.facts, 'references.port');
    if (!compared) return { says: 'unknown', missing: ['references.port'] };
    const port = attempt.port ?? 0;
    const asked = compared.filter((one) => one.port === port);
    if (asked.some((one) => one.ok))
      return { says: 'ruledOut', because: `other servers answer on port ${port}`, facts: ['references.port'] };
    if (asked.length < 2 || asked.some((one) => one.failure?.code !== 'timed-out')) {
      return { says: 'unknown', missing: [], because: 'too few servers could be compared' };
    }
    const frank = asked.filter(({ address }) =>
      compared.some((one) => one.address === address && one.port !== port && one.ok),
    );
    if (frank.length < 2 && port !== 25) {
      return {
        says: 'unknown',
        missing: [],
        because: 'the servers that were compared are silent on every port that they do not serve',
      };
    }
    // A program of XDP on our own interface would look the same.
    const untold = untoldProgram(attempt, scene);
    if (untold !== null) return { says: 'unknown', missing: [], because: untold };
    const difference = differenceOf(attempt, scene);
    const place = difference ? ownedPlace(difference.last, attempt, scene) : null;
    return {
      says: 'fits',
      // Many big sites are silent on whatever they do not serve. Where they say so for another port, this one is told apart;
      // so it is where it was seen to end on the way.
      weight: difference ? 0.92 : frank.length < 2 ? 0.4 : 0.75,
      ...(frank.length < 2 || mayBeOneWayOfSeveral(attempt, scene) ? { atMost: 'likely' as const } : {}),
      side: place?.side ?? 'path',
      culprit: {
        kind: 'policy',
        name: difference ? `port ${port}, between ${difference.last} and ${difference.next}` : `port ${port}`,
        ...(difference && { address: difference.last }),
      },
      summary: place
        ? `Port ${port} is blocked at or right behind ${place.name}: it is silent to every server that was tried.`
        : `Port ${port} seems to be blocked on the way: it is silent to every server that was tried.`,
      advice:
        port === 25
          ? 'use port 587 or 465, which mail providers offer for this; or ask your provider'
          : 'ask your provider or the administrator of this network whether it blocks this port',
      evidence: [
        {
          fact: 'references.port',
          says:
            frank.length < 2
              ? `${asked.length} other servers that answer on other ports were silent on this one too`
              : `${frank.length} other servers refuse another closed port at once, and are silent on this one`,
        },
        ...(difference ? [differenceEvidence(difference, port), ...(place?.evidence ?? [])] : []),
      ],
      missing: [...pastMissing(scene), ...(difference ? ownersMissing(scene) : [])],
    };
  },
};
