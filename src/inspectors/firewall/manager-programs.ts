import type { OwnerId } from '../../firewall/owner.js';

/** By what it is seen that a manager is still there: files of its packages, and names of its processes. */
export interface ManagerSign {
  readonly id: OwnerId;
  readonly files: readonly string[];
  /** As in /proc/PID/comm: 15 characters at most. */
  readonly processes: readonly string[];
}

const both = (name: string): string[] => [`/usr/sbin/${name}`, `/usr/bin/${name}`, `/usr/local/bin/${name}`];

/**
 * Only managers of which it is known where every common package puts them (Debian, Fedora, Arch and the makers' own).
 * kube-proxy, Calico and the like run in containers: of them a missing file says nothing.
 */
export const managerSigns: readonly ManagerSign[] = [
  { id: 'ufw', files: [...both('ufw'), '/snap/bin/ufw'], processes: [] },
  { id: 'firewalld', files: both('firewalld'), processes: ['firewalld'] },
  {
    id: 'docker',
    files: [...both('dockerd'), ...both('docker'), '/snap/bin/docker', '/snap/bin/docker.dockerd'],
    processes: ['dockerd', 'containerd'],
  },
  {
    id: 'podman',
    files: [...both('podman'), '/usr/libexec/podman/netavark', '/usr/lib/podman/netavark'],
    processes: [],
  },
  { id: 'libvirt', files: [...both('libvirtd'), ...both('virtnetworkd')], processes: ['libvirtd', 'virtnetworkd'] },
  { id: 'lxd', files: [...both('lxd'), ...both('incusd'), '/snap/bin/lxd'], processes: ['lxd', 'incusd'] },
  { id: 'fail2ban', files: both('fail2ban-server'), processes: ['fail2ban-server'] },
  {
    id: 'crowdsec',
    files: [...both('crowdsec-firewall-bouncer'), ...both('crowdsec')],
    processes: ['crowdsec-firewa', 'crowdsec'],
  },
  { id: 'sshguard', files: both('sshguard'), processes: ['sshguard'] },
  { id: 'csf', files: ['/usr/sbin/csf', '/etc/csf/csf.pl'], processes: [] },
  { id: 'mullvad', files: both('mullvad-daemon'), processes: ['mullvad-daemon'] },
  { id: 'wg-quick', files: both('wg-quick'), processes: [] },
  { id: 'nordvpn', files: both('nordvpnd'), processes: ['nordvpnd'] },
  { id: 'expressvpn', files: [...both('expressvpnd'), '/opt/expressvpn'], processes: ['expressvpnd'] },
  { id: 'private-internet-access', files: ['/opt/piavpn'], processes: ['pia-daemon'] },
  { id: 'windscribe', files: ['/opt/windscribe', ...both('windscribe-cli')], processes: ['windscribe'] },
  { id: 'ivpn', files: [...both('ivpn'), '/opt/ivpn'], processes: ['ivpn-service'] },
  { id: 'mozilla-vpn', files: both('mozillavpn'), processes: ['mozillavpn'] },
  { id: 'cloudflare-warp', files: [...both('warp-svc'), '/bin/warp-svc'], processes: ['warp-svc'] },
  { id: 'tailscale', files: both('tailscaled'), processes: ['tailscaled'] },
  { id: 'opensnitch', files: both('opensnitchd'), processes: ['opensnitchd'] },
  { id: 'portmaster', files: ['/opt/safing/portmaster', '/usr/lib/portmaster'], processes: ['portmaster-core'] },
  { id: 'shorewall', files: both('shorewall'), processes: [] },
];
