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

const kinds: ReadonlySet<string> = new Set(['tun', 'wireguard', 'ppp', 'xfrm', 'vti', 'ipip', 'gre', 'sit']);

/** Whose tunnel an interface is, null where only its kind or name says that it is one; undefined for any other interface. */
export function tunnelProduct(name: string, kind: string | null): string | null | undefined {
  const named = products.find(([pattern]) => pattern.test(name));
  if (named === undefined && !kinds.has(kind ?? '')) return undefined;
  return named?.[1] ?? (kind === 'wireguard' ? 'WireGuard' : null);
}
