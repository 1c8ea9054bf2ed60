import { familyOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Finding, Scene } from '../../model/cause.js';
import { fact, type Facts, type SingleRoute } from '../../model/facts.js';
import type { VpnProfile } from '../../model/tunnel-facts.js';
import { routeOf } from './connection-evidence.js';

interface Taken {
  readonly profile: VpnProfile;
  readonly line: number;
  readonly host: string;
  readonly route: SingleRoute;
}

/** There is no default route of IPv4, and single addresses are still led to a router, as VPNs do for their server. */
export function mayBeTaken(attempt: FailedAttempt, { facts }: Scene): boolean {
  const routes = fact(facts, 'device.routes');
  const isFour = attempt.address !== null && familyOf(attempt.address) === 4;
  return (
    isFour &&
    routes !== undefined &&
    (routes.single ?? []).length > 0 &&
    !routes.defaults.some(({ family }) => family === 4)
  );
}

/**
 * A VPN stood in the place of the default route and went without putting it back (openvpn(8), --redirect-gateway without
 * def1, killed): its tunnel is gone, and with it the route; the route to its own server, by the router of before, is left.
 * Null where that is not so.
 */
export function defaultTaken(attempt: FailedAttempt, scene: Scene): Finding | null {
  const choice = routeOf(attempt, scene);
  if (!mayBeTaken(attempt, scene) || !choice || choice.error === null || choice.line !== null) return null;
  if (scene.facts['device.vpnProfiles'] === undefined)
    return { says: 'unknown', missing: ['device.vpnProfiles'], because: 'which VPNs are set up was not looked at' };
  const taken = leftRoute(scene.facts);
  if (taken === null) return null;
  const { profile, line, host, route } = taken;
  const { product, device } = profile;
  const tunnel = device === null ? '' : ` (${device})`;
  const name = host === route.address ? host : `${host} (${route.address})`;
  return {
    says: 'fits',
    // That there is no route is no rival: it is what such a VPN leaves behind.
    weight: 1,
    atMost: 'likely',
    stage: 'route',
    culprit: {
      kind: 'route',
      name: 'no IPv4 default route',
      owner: product,
      location: `${profile.location}:${line}`,
      ...(attempt.address !== null && { address: attempt.address }),
    },
    summary: `The VPN ${product}${tunnel} had put itself in the place of the default route, and did not put it back when it ended.`,
    advice: `connect the VPN again, or lead everything to the router of before: sudo ip route add default via ${route.via} dev ${route.device}; without the VPN what you do is no longer hidden by it`,
    evidence: [
      {
        fact: 'device.routes',
        says: `the kernel finds no route to ${choice.address} (${choice.error}): there is no default route`,
      },
      {
        fact: 'device.routes',
        says: `${route.address} alone is still led to the router ${route.via} on ${route.device}`,
      },
      { fact: 'device.vpnProfiles', says: `that is the server of ${product}: ${name}, in ${profile.location}:${line}` },
    ],
  };
}

/** The profile whose server that route leads to, where its own file does not say that it leaves the default route alone. */
function leftRoute(facts: Facts): Taken | null {
  const single = fact(facts, 'device.routes')?.single ?? [];
  for (const profile of fact(facts, 'device.vpnProfiles') ?? []) {
    if (profile.takes === 'halves') continue;
    for (const { host, addresses, line } of profile.servers) {
      const route = single.find(({ address }) => addresses.includes(address));
      if (route) return { profile, line, host, route };
    }
  }
  return null;
}
