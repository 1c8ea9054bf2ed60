import type { Owner, OwnerId } from '../../firewall/owner.js';

/** Names that people know; the others are known by their id. */
const names: Partial<Record<OwnerId, string>> = {
  docker: 'Docker',
  podman: 'Podman',
  kubernetes: 'Kubernetes',
  calico: 'Calico',
  cilium: 'Cilium',
  istio: 'Istio',
  lxd: 'LXD',
  crowdsec: 'CrowdSec',
  mullvad: 'Mullvad VPN',
  'wg-quick': 'WireGuard (wg-quick)',
  openvpn: 'OpenVPN',
  networkmanager: 'NetworkManager',
  nordvpn: 'NordVPN',
  expressvpn: 'ExpressVPN',
  'private-internet-access': 'Private Internet Access',
  protonvpn: 'Proton VPN',
  windscribe: 'Windscribe',
  ivpn: 'IVPN',
  'mozilla-vpn': 'Mozilla VPN',
  'cloudflare-warp': 'Cloudflare WARP',
  surfshark: 'Surfshark',
  airvpn: 'AirVPN (Eddie)',
  tailscale: 'Tailscale',
  opensnitch: 'OpenSnitch',
  portmaster: 'Portmaster',
  shorewall: 'Shorewall',
  openwrt: 'OpenWrt',
  nixos: 'NixOS',
  nftables: 'nftables.service',
};

export function ownerName(owner: Owner): string {
  return names[owner.id] ?? owner.id;
}

/** The place within the owner's own world: `firewalld zone "public", rich rule`; `fail2ban jail "sshd"`. */
export function ownerPart({ id, detail }: Owner): string | null {
  const { zone, policy, mode, kind, jail, service, network } = detail;
  const iface = detail['interface'];
  if (id === 'firewalld') {
    if (mode === 'panic') return 'panic mode';
    if (mode === 'direct') return 'a direct rule';
    const place = policy === undefined ? (zone === undefined ? null : `zone "${zone}"`) : `policy "${policy}"`;
    return place === null ? null : `${place}${kind === undefined ? '' : `, ${kind}`}`;
  }
  if (jail !== undefined) return `jail "${jail}"`;
  if (service !== undefined) return `service "${service}"`;
  if (network !== undefined) return `network "${network}"`;
  return iface === undefined ? null : `interface ${iface}`;
}

/** `ufw`, `firewalld, zone "public"`, `fail2ban, jail "sshd"` */
export function ownerWords(owner: Owner): string {
  const part = ownerPart(owner);
  return part === null ? ownerName(owner) : `${ownerName(owner)}, ${part}`;
}
