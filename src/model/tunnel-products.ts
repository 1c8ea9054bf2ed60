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

/** Those whose real program was run in the lab; the output marks all others. */
const tried: ReadonlySet<string> = new Set(['WireGuard', 'OpenVPN']);

export function vpnIsTried(product: string): boolean {
  return tried.has(product);
}

/** Programs that serve tunnels. */
const programs: Readonly<Record<string, string>> = {
  openvpn: 'OpenVPN',
  openconnect: 'OpenConnect',
  vpnc: 'vpnc',
  tailscaled: 'Tailscale',
  'wireguard-go': 'WireGuard',
  'boringtun-cli': 'WireGuard',
  'mullvad-daemon': 'Mullvad',
  nordvpnd: 'NordVPN',
  'warp-svc': 'Cloudflare WARP',
  'zerotier-one': 'ZeroTier',
  nebula: 'Nebula',
  charon: 'strongSwan',
  openfortivpn: 'FortiVPN',
};

/** Whose a tunnel is by the program that serves it (its name in /proc/PID/comm); null where that says nothing. */
export function productOfProgram(process: string): string | null {
  return Object.hasOwn(programs, process) ? (programs[process] ?? null) : null;
}

/** Every product that an interface or a program may be taken for. */
export const vpnProducts: readonly string[] = [
  ...new Set([...products.flatMap(([, product]) => product ?? []), ...Object.values(programs)]),
];
