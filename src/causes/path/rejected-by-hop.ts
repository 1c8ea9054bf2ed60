import type { Cause } from '../../model/cause.js';
import { symptoms } from '../../model/failure.js';
import { sendersOf, triesOf } from '../connection-evidence.js';
import { classOf, wordsFor } from './icmp-words.js';
import { placeOf } from './hop-place.js';

/** A router on the way refuses the connection and says so: an ICMP prohibition from somebody who is not the target. */
export const cause: Cause = {
  id: 'rejected-by-hop',
  side: 'path',
  stage: 'connect',
  title: 'A router on the way refuses the connection',
  symptoms: symptoms(
    'connect',
    'refused',
    'host-unreachable',
    'network-unreachable',
    'prohibited',
    'protocol-unreachable',
  ),
  needs: ['device.routes'],
  yieldsTo: ['captive-portal'],
  judge(attempt, scene) {
    const address = attempt.address ?? '';
    const { self, target, hops } = sendersOf(triesOf(attempt, scene));
    const said = hops.find((icmp) => classOf(icmp, address) === 'prohibition');
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
      side: place.side,
      culprit: { kind: 'hop', address: said.from, name: place.name },
      summary: `${capital(place.name)} refuses the connection to ${address} port ${attempt.port ?? 0}.`,
      advice:
        place.side === 'local-network'
          ? 'look into the settings of that router (firewall, parental control, blocked ports)'
          : 'ask whoever runs that router, often your provider, why it refuses this',
      evidence: [{ fact: 'connect', says: `${said.from} said "${wordsFor(said, address)}"` }],
    };
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
