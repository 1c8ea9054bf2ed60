import type { Cause, Evidence } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { hostPort, scopeOf } from '../../model/address.js';
import { symptoms } from '../../model/failure.js';
import {
  isOwnAddress,
  neverLeft,
  refusedByReset,
  resetOf,
  routeOf,
  sendersOf,
  traceOf,
  triesOf,
} from '../evidence/connection-evidence.js';
import { notYetAsked } from '../evidence/not-yet-asked.js';

/** The target is the router's own outside address, and the router does not lead it back inside from within. */
export const cause: Cause = {
  id: 'nat-loopback-missing',
  side: 'local-network',
  stage: 'connect',
  title: 'The router does not lead its own public address back inside',
  symptoms: symptoms('connect', 'timed-out', 'refused'),
  needs: ['router', 'device.routes', 'path', 'connect.reset'],
  yieldsTo: ['address-conflict', 'vpn-blocks'],
  judge(attempt, scene) {
    const address = attempt.address ?? '';
    if (scopeOf(address) !== 'public' || address.includes(':'))
      return { says: 'ruledOut', because: 'it is no public IPv4 address', facts: [] };
    if (isOwnAddress(address, scene))
      return { says: 'ruledOut', because: 'the target is this computer itself', facts: ['device.interfaces'] };
    const route = routeOf(attempt, scene);
    if (!route) return { says: 'unknown', missing: notYetAsked(scene, 'device.routes') };
    if (route.via === null)
      return { says: 'ruledOut', because: 'no router is needed for this target', facts: ['device.routes'] };
    const tries = triesOf(attempt, scene);
    if (neverLeft(tries) || traceOf(attempt, scene)?.stoppedBy)
      return { says: 'ruledOut', because: 'this computer itself stops it', facts: ['connect'] };
    const { hops } = sendersOf(tries);
    const beyond = hops.find(({ from }) => from !== route.via && from !== address)?.from;
    if (beyond !== undefined)
      return { says: 'ruledOut', because: `${beyond} behind the router said so`, facts: ['connect'] };
    const way = fact(scene.facts, 'path')?.find((one) => one.address === address);
    const further = way?.hops.find((hop) => hop.ttl > 1 && hop.address !== null && hop.address !== route.via);
    if (further?.address && further.address !== address)
      return { says: 'ruledOut', because: `the way leads out, over ${further.address}`, facts: ['path'] };
    const ttl = resetOf(attempt, scene)?.resetTtl ?? null;
    if (refusedByReset(tries) === true && ttl !== null && ![64, 128, 255].includes(ttl))
      return { says: 'ruledOut', because: 'the refusal came from behind the router', facts: ['connect.reset'] };
    if (scene.facts.router === undefined) {
      const telling =
        attempt.outcome.code === 'timed-out' ? notYetAsked(scene, 'path') : notYetAsked(scene, 'connect.reset');
      return { says: 'unknown', missing: telling.length > 0 ? telling : ['router'] };
    }
    const router = fact(scene.facts, 'router');
    if (router === undefined || router.outside === null)
      return { says: 'unknown', missing: [], because: 'the router does not tell its outside address' };
    if (router.outside !== address) {
      return { says: 'ruledOut', because: `the router's outside address is ${router.outside}`, facts: ['router'] };
    }
    const { inside } = router;
    const at = inside === null ? null : hostPort(inside.address, inside.port);
    const evidence: Evidence[] = [
      {
        fact: 'router',
        says: `${address} is the outside address of your own router (${router.address}), as it says itself`,
      },
      ...(at === null ? [] : [{ fact: 'router' as const, says: `it leads port ${attempt.port ?? 0} to ${at}` }]),
    ];
    if (inside && !inside.opened)
      return {
        says: 'ruledOut',
        because: `${at ?? ''}, where the router leads it, does not answer either`,
        facts: ['router'],
      };
    if (inside === null && router.by.includes('upnp')) {
      return {
        says: 'unknown',
        missing: [],
        because: 'the router lists nothing that it leads inside from this port; ports set by hand may not be listed',
      };
    }
    return {
      says: 'fits',
      weight: inside ? 0.9 : 0.5,
      ...(inside ? {} : { atMost: 'likely' as const }),
      culprit: { kind: 'hop', address: router.address, name: `your router (${router.address})` },
      summary: inside
        ? `${attempt.host} is your own network seen from outside: your router does not lead ${address} back inside, while the service itself answers at ${at ?? ''}.`
        : `${attempt.host} is the outside address of your own router, which may not lead back inside.`,
      advice: inside
        ? `inside this network use ${at ?? ''}, or switch on NAT loopback (hairpin NAT) in the router, or give the name its inside address there`
        : 'inside this network use the inside address of that device',
      evidence: [
        ...evidence,
        ...(inside ? [{ fact: 'router' as const, says: `${at ?? ''} answers when it is asked directly` }] : []),
      ],
    };
  },
};
