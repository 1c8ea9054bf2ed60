import type { Scene } from '../../model/cause.js';
import { fact } from '../../model/facts.js';
import { inPrefix, scopeOf, translatedIpv4 } from '../../model/address.js';
import { tunnelProduct } from '../../model/tunnel-products.js';
import { isRelay } from '../evidence/tunnel.js';
import type { Side } from '../../model/words.js';

export interface HopPlace {
  readonly side: Side;
  /** "your router", "a router on the way (203.0.113.1)" */
  readonly name: string;
  /** It stands behind a tunnel of this computer: whoever runs that VPN runs it. */
  readonly behindTunnel?: true;
}

/** Whose router that is, as far as this device's routes and the address tell. */
export function placeOf(address: string, { facts }: Pick<Scene, 'facts'>): HopPlace {
  const gateways = fact(facts, 'device.routes')?.defaults.flatMap((one) => one.via ?? []) ?? [];
  const chosen = fact(facts, 'device.routes')?.choices.flatMap((one) => one.via ?? []) ?? [];
  if (gateways.includes(address) || chosen.includes(address))
    return { side: 'local-network', name: `your router (${address})` };
  const scope = scopeOf(address);
  const tunnel = tunnelTo(address, { facts });
  if (tunnel !== null)
    return { side: 'path', name: `a router behind the VPN ${tunnel} (${address})`, behindTunnel: true };
  if (scope === 'private' || scope === 'link-local')
    return { side: 'local-network', name: `a router in your network (${address})` };
  const inside = translatedIpv4(address);
  if (inside !== null)
    return {
      side: 'path',
      name: `a router of the IPv4 internet behind the translator (${inside}, by NAT64 ${address})`,
    };
  return { side: 'path', name: `a router on the way (${address})` };
}

/** The tunnel in whose own network that address is. */
function tunnelTo(address: string, { facts }: Pick<Scene, 'facts'>): string | null {
  const found = fact(facts, 'device.interfaces')?.find(
    ({ name, kind, addresses }) =>
      tunnelProduct(name, kind) !== undefined &&
      !isRelay(name, { facts }) &&
      addresses.some((own) => inPrefix(address, `${own.address}/${own.prefix}`)),
  );
  return found?.name ?? null;
}
