import { inPrefix, scopeOf } from '../../model/address.js';
import type { FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Finding, Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import type { TunnelFact } from '../../model/tunnel-facts.js';
import { tunnelProduct } from '../../model/tunnel-products.js';
import { routeOf } from './connection-evidence.js';
import { tunnelOf, tunnelWords, untriedVpn } from './tunnel.js';

const inside: ReadonlySet<string> = new Set(['private', 'shared']);

/**
 * A tunnel that takes some networks alone (a split tunnel), and one that is missing among them: by its routes, or by what
 * WireGuard itself lets in. Null where that is not so.
 */
export function besideTunnel(attempt: FailedAttempt, scene: Scene): Finding | null {
  const { facts } = scene;
  const { address } = attempt;
  if (attempt.stage !== 'connect' || address === null || !inside.has(scopeOf(address))) return null;
  const route = routeOf(attempt, scene);
  const interfaces = fact(facts, 'device.interfaces');
  if (!route?.device || !interfaces?.some(({ name, kind, up }) => up && tunnelProduct(name, kind) !== undefined))
    return null;
  const tunnels = fact(facts, 'device.tunnels');
  if (facts['device.tunnels'] === undefined) return { says: 'unknown', missing: ['device.tunnels'] };
  const own = tunnelOf(attempt, scene);
  if (own)
    return notTaken(
      attempt,
      address,
      tunnels?.find(({ device }) => device === own.device),
    );
  if (facts['connect.otherWay'] === undefined)
    return { says: 'unknown', missing: ['connect.otherWay'], because: 'by the tunnel it was not tried' };
  const tries = (fact(facts, 'connect.otherWay') ?? []).filter(
    (one) => one.address === address && one.port === attempt.port && one.usual === route.device,
  );
  for (const tunnel of tunnels ?? []) {
    // It takes the address as it is: a network of this computer with the same addresses comes before (`subnet-overlap`).
    if (tunnel.ranges.some((range) => range !== 'default' && inPrefix(address, range))) continue;
    const held = tries.some(({ device, result }) => device === tunnel.device && !result.failure);
    const sign = held ? null : meantFor(tunnel, address, scene);
    if (held || sign) return missingRoute(address, route.device, route.line, tunnel, sign);
  }
  return null;
}

/** WireGuard itself says that it is meant for the address, or its own name server gave it. */
function meantFor(tunnel: TunnelFact, address: string, { facts }: Scene): Evidence | null {
  const allows = tunnel.allowed?.find((range) => !range.endsWith('/0') && inPrefix(address, range));
  if (allows !== undefined)
    return { fact: 'device.tunnels', says: `WireGuard takes ${allows} into ${tunnel.device} (AllowedIPs)` };
  const choices = fact(facts, 'device.routes')?.choices ?? [];
  const by = (fact(facts, 'name.direct')?.answers ?? []).find(
    ({ resolver, addresses, failure }) =>
      !failure &&
      addresses.includes(address) &&
      choices.some((one) => one.address === resolver && one.device === tunnel.device),
  );
  return by === undefined
    ? null
    : {
        fact: 'name.direct',
        says: `${by.resolver}, which is reached through ${tunnel.device}, gives ${address} for the name`,
      };
}

function missingRoute(
  address: string,
  usual: string,
  line: string | null,
  tunnel: TunnelFact,
  sign: Evidence | null,
): Finding {
  const words = tunnelWords(tunnel);
  const common = {
    stage: 'route' as const,
    culprit: culpritOf(tunnel),
    summary: `${words} is up and leads to some networks alone, and no route leads ${address} into it: it goes beside it, by ${usual}.`,
    advice: `add the network of ${address} to what the VPN takes (AllowedIPs of WireGuard, a route of OpenVPN's), or ask whoever runs it; for a try: sudo ip route add ${address} dev ${tunnel.device}`,
  };
  const evidence: Evidence[] = [
    { fact: 'device.routes', says: `the kernel sends it to ${usual}${line === null ? '' : ` (${line})`}` },
    {
      fact: 'device.tunnels',
      says: `into ${tunnel.device} lead ${tunnel.ranges.slice(0, 4).join(', ') || 'no routes'}`,
    },
  ];
  evidence.push(...untriedVpn(tunnel.product, 'device.tunnels'));
  if (sign) return { says: 'fits', weight: 0.75, atMost: 'likely', ...common, evidence: [sign, ...evidence] };
  const experiment = `the same connection holds by ${tunnel.device}, and fails by ${usual}`;
  return { says: 'proven', ...common, evidence: [{ fact: 'connect.otherWay', says: experiment }, ...evidence] };
}

/** The route leads into it, and WireGuard has no peer for the address: it throws the packet away (ENOKEY in the kernel's own). */
function notTaken(attempt: FailedAttempt, address: string, tunnel: TunnelFact | undefined): Finding | null {
  const allowed = tunnel?.allowed ?? null;
  if (!tunnel || allowed === null || allowed.some((range) => inPrefix(address, range))) return null;
  if (attempt.outcome.code === 'refused' || attempt.outcome.code === 'reset') return null;
  const takes = allowed.slice(0, 4).join(', ') || 'nothing';
  return {
    says: 'fits',
    weight: 0.97,
    stage: 'route',
    culprit: culpritOf(tunnel),
    summary: `${tunnelWords(tunnel)} holds the way to ${address} and does not take it: none of its peers is meant for that address.`,
    advice: `add the network of ${address} to AllowedIPs of the peer that leads there: wg set ${tunnel.device} peer KEY allowed-ips …, and in /etc/wireguard/${tunnel.device}.conf`,
    evidence: [
      { fact: 'device.routes', says: `what goes to ${address} is sent into ${tunnel.device}` },
      { fact: 'device.tunnels', says: `WireGuard takes ${takes} there (AllowedIPs), and nothing else` },
      ...untriedVpn(tunnel.product, 'device.tunnels'),
    ],
  };
}

function culpritOf({ device, product }: TunnelFact): { kind: 'interface'; name: string; owner?: string } {
  return { kind: 'interface', name: device, ...(product === null ? {} : { owner: product }) };
}
