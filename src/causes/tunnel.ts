import type { FailedAttempt } from '../model/attempt.js';
import type { Scene } from '../model/cause.js';
import { fact, type InterfaceFact } from '../model/facts.js';
import { routeOf } from './connection-evidence.js';

/** Interfaces of tunnels by the names that the common programs give them, and whose they are where the name tells. */
const products: readonly (readonly [RegExp, string | null])[] = [
  [/^tailscale\d/, 'Tailscale'],
  [/^nordlynx/, 'NordVPN'],
  [/^(?:proton|pvpn)/, 'Proton VPN'],
  [/^(?:wg-mullvad|mullvad|wg0-mullvad)/, 'Mullvad'],
  [/^(?:wgpia|pia)/, 'Private Internet Access'],
  [/^gpd\d/, 'GlobalProtect'],
  [/^(?:CloudflareWARP|cloudflare)/i, 'Cloudflare WARP'],
  [/^zt/, 'ZeroTier'],
  [/^nebula/, 'Nebula'],
  [/^moz\d/, 'Mozilla VPN'],
  [/^ppp\d/, null],
  [/^wg/, 'WireGuard'],
  [/^(?:tun|tap|utun|ovpn|ipsec|vpn)/, null],
];

export interface Tunnel {
  readonly device: string;
  readonly product: string | null;
  readonly interface: InterfaceFact | undefined;
}

/** The tunnel by which what goes to that place is sent, if it is one: by its kind, or by its name. */
export function tunnelOf(attempt: FailedAttempt, scene: Scene): Tunnel | null {
  const device = routeOf(attempt, scene)?.device ?? null;
  if (device === null) return null;
  const found = fact(scene.facts, 'device.interfaces')?.find(({ name }) => name === device);
  const named = products.find(([pattern]) => pattern.test(device));
  const kind = found?.kind ?? '';
  if (named === undefined && !['tun', 'wireguard', 'ppp', 'xfrm', 'vti', 'ipip', 'gre', 'sit'].includes(kind))
    return null;
  return { device, product: named?.[1] ?? (kind === 'wireguard' ? 'WireGuard' : null), interface: found };
}

/** "The VPN Mullvad (wg-mullvad)", "The tunnel tun0". */
export function tunnelWords({ device, product }: Tunnel): string {
  return product === null ? `The VPN tunnel ${device}` : `The VPN ${product} (${device})`;
}
