import { scopeOf } from '../../model/address.js';
import type { Cause, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { Culprit } from '../../model/words.js';

/**
 * The address with which this network is outside is of the range that providers share among customers (100.64.0.0/10, RFC
 * 6598): the provider translates it. VPNs use the range too, so only the router's word counts, or an address of this device
 * by which it goes out over a router of that very range.
 */
export const cause: Cause = {
  id: 'shared-address',
  side: 'path',
  stage: 'route',
  title: 'The provider shares one address among several customers',
  symptoms: [],
  needs: ['router', 'device.routes'],
  judge: () => ({ says: 'unknown', missing: [], because: 'it stops nothing by itself' }),
  alsoWhenFailed: true,
  beside(scene) {
    const found = sharedIn(scene);
    if (!found) return null;
    return {
      says: 'fits',
      culprit: found.culprit,
      summary: `Your provider gives ${found.whose} an address that it shares among customers (${found.address}): nothing here can be reached from outside by IPv4, and a server may take the doings of others for yours.`,
      advice:
        'ask the provider for an IPv4 address of your own where something here must be reached from outside; IPv6 is not affected',
      evidence: [{ fact: found.fact, says: found.says }],
    };
  },
};

function sharedIn({ facts }: Scene): {
  readonly address: string;
  readonly whose: string;
  readonly culprit: Culprit;
  readonly fact: 'router' | 'device.routes';
  readonly says: string;
} | null {
  const router = fact(facts, 'router');
  if (router && router.outside !== null && scopeOf(router.outside) === 'shared') {
    return {
      address: router.outside,
      whose: 'your router',
      culprit: { kind: 'hop', address: router.address, name: `your router (${router.address})` },
      fact: 'router',
      says: `${router.address} says that its outside address is ${router.outside} (RFC 6598)`,
    };
  }
  const choice = fact(facts, 'device.routes')?.choices.find(
    ({ address, via, source }) =>
      scopeOf(address) === 'public' &&
      via !== null &&
      source !== null &&
      [via, source].every((one) => scopeOf(one) === 'shared'),
  );
  if (!choice || choice.source === null || choice.via === null) return null;
  return {
    address: choice.source,
    whose: 'this computer',
    culprit: { kind: 'hop', address: choice.via, name: `the provider's router (${choice.via})` },
    fact: 'device.routes',
    says: `this computer goes out with ${choice.source} over ${choice.via} (RFC 6598)`,
  };
}
