import { scopeOf } from '../../model/address.js';
import type { Cause } from '../../model/cause.js';
import { fact } from '../../model/facts.js';

/**
 * The router's own outside address is a private one: another device further out translates addresses once more. Of no matter
 * for what is asked from inside; what should be reached from outside ends there. Only the router's word counts: private
 * addresses of hops on the way are everyday life at providers.
 */
export const cause: Cause = {
  id: 'double-nat',
  side: 'local-network',
  stage: 'route',
  title: 'Two routers in a row translate addresses',
  symptoms: [],
  needs: ['router'],
  judge: () => ({ says: 'unknown', missing: [], because: 'it stops nothing by itself' }),
  alsoWhenFailed: true,
  beside({ facts }) {
    const router = fact(facts, 'router');
    if (!router || router.outside === null || scopeOf(router.outside) !== 'private') return null;
    return {
      says: 'fits',
      culprit: { kind: 'hop', address: router.address, name: `your router (${router.address})` },
      summary: `Your router is itself behind another router: its outside address is ${router.outside}, a private one. Services at home cannot be reached from outside unless both lead the port on.`,
      advice: 'set one of the two to bridge mode, or let the outer one lead ports to the inner one',
      evidence: [{ fact: 'router', says: `${router.address} says that its outside address is ${router.outside}` }],
    };
  },
};
