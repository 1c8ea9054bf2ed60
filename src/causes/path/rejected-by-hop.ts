import { canonical } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Cause, Finding, Scene } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { isOwnAddress, sendersOf, triesOf } from '../evidence/connection-evidence.js';
import { classOf, icmpOf, wordsFor } from './icmp-words.js';
import { mayBeOneWayOfSeveral, othersGotThrough } from '../evidence/equal-ways.js';
import { placeOf } from './hop-place.js';
import { turnedAwayElsewhere } from './turned-away.js';

/** A router on the way refuses the connection and says so: an ICMP prohibition from somebody who is not the target. */
export const cause: Cause = {
  id: 'rejected-by-hop',
  side: 'path',
  stage: 'connect',
  title: 'A router on the way refuses the connection',
  symptoms: [
    ...symptoms('connect', 'refused', 'host-unreachable', 'network-unreachable', 'prohibited', 'protocol-unreachable'),
    ...symptoms('exchange', 'refused', 'host-unreachable', 'network-unreachable', 'prohibited'),
  ],
  needs: ['device.routes'],
  yieldsTo: ['captive-portal'],
  judge(attempt, scene) {
    const address = attempt.address ?? '';
    if (attempt.stage === 'name') return questionRejected(attempt, address, scene);
    const { self, target, hops } = sendersOf(triesOf(attempt, scene));
    const heard = hops.find((icmp) => classOf(icmp, address) === 'prohibition');
    const told = hops.length > 0 ? null : turnedAwayElsewhere(attempt, scene.facts);
    const elsewhere = told?.says === 'prohibition' ? told : null;
    const said = heard ?? elsewhere?.icmp;
    if (!said) {
      if (hops.length > 0)
        return { says: 'ruledOut', because: 'the router says that it cannot, not that it may not', facts: ['connect'] };
      if (self.length > 0 || target.length > 0)
        return { says: 'ruledOut', because: 'no router on the way said anything', facts: ['connect'] };
      const shown = triesOf(attempt, scene).some((one) => one.icmp !== null);
      return shown
        ? { says: 'ruledOut', because: 'no router on the way said anything', facts: ['connect'] }
        : { says: 'unknown', missing: [], because: 'this platform does not show who sent the error' };
    }
    if (scene.facts['device.routes'] === undefined)
      return { says: 'unknown', missing: ['device.routes', 'device.interfaces'] };
    const place = placeOf(said.from, scene);
    return {
      says: 'fits',
      weight: 0.9,
      // Of the connection itself nobody said anything; or other connections there may be led another way.
      ...(elsewhere || mayBeOneWayOfSeveral(attempt, scene) ? { atMost: 'likely' as const } : {}),
      side: place.side,
      culprit: { kind: 'hop', address: said.from, name: place.name },
      summary: `${capital(place.name)} refuses ${othersGotThrough(attempt, scene) ? 'some of the connections' : 'the connection'} to ${address} port ${attempt.port ?? 0}.`,
      advice:
        place.side === 'local-network'
          ? 'look into the settings of that router (firewall, parental control, blocked ports)'
          : place.behindTunnel
            ? 'ask whoever runs the VPN why it refuses this'
            : 'ask whoever runs that router, often your provider, why it refuses this',
      evidence: [
        elsewhere
          ? {
              fact: elsewhere.fact,
              says: `${said.from} said "${wordsFor(said, address)}" of ${elsewhere.met}; routers say so only so often`,
            }
          : { fact: 'connect', says: `${said.from} said "${wordsFor(said, address)}"` },
      ],
    };
  },
};

/** A question for a name that a router turned away: it says so, and it is not the resolver that was asked. */
function questionRejected(attempt: FailedAttempt, resolver: string, scene: Scene): Finding {
  const said = icmpOf(attempt.outcome);
  if (!said) return { says: 'unknown', missing: [], because: 'who turned the question away is not known' };
  const { from } = said;
  if (canonical(from) === canonical(resolver) || isOwnAddress(from, scene))
    return { says: 'ruledOut', because: `${from} said so, which is no router on the way`, facts: ['name.direct'] };
  if (classOf(said, resolver) !== 'prohibition')
    return { says: 'ruledOut', because: 'the router says that it cannot, not that it may not', facts: ['name.direct'] };
  if (scene.facts['device.routes'] === undefined)
    return { says: 'unknown', missing: ['device.routes', 'device.interfaces'] };
  const place = placeOf(from, scene);
  return {
    says: 'fits',
    weight: 0.9,
    // One or two questions: of several ways there (mayBeOneWayOfSeveral) they may all have met the same one.
    atMost: 'likely',
    side: place.side,
    culprit: { kind: 'hop', address: from, name: place.name },
    summary: `${capital(place.name)} lets no question through to the name server ${resolver}, so no name can be looked up.`,
    advice:
      place.side === 'local-network'
        ? 'use the name server that this network gives out, or look into the settings of that router'
        : 'ask whoever runs that router, or use the name server that this network gives out',
    evidence: [{ fact: 'name.direct', says: `${from} said "${wordsFor(said, resolver)}"` }],
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
