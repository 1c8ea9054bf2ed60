/**
 * By what the rules of each manager are known: names of tables, chains and sets, and comments. Sources: the managers'
 * own code and documentation, and rulesets that they made.
 */
export type OwnerId =
  | 'ufw'
  | 'firewalld'
  | 'docker'
  | 'podman'
  | 'kubernetes'
  | 'calico'
  | 'cilium'
  | 'flannel'
  | 'istio'
  | 'libvirt'
  | 'lxd'
  | 'fail2ban'
  | 'crowdsec'
  | 'sshguard'
  | 'csf'
  | 'mullvad'
  | 'wg-quick'
  | 'openvpn'
  | 'networkmanager'
  | 'nordvpn'
  | 'expressvpn'
  | 'private-internet-access'
  | 'protonvpn'
  | 'windscribe'
  | 'ivpn'
  | 'mozilla-vpn'
  | 'cloudflare-warp'
  | 'surfshark'
  | 'airvpn'
  | 'tailscale'
  | 'opensnitch'
  | 'portmaster'
  | 'shorewall'
  | 'openwrt'
  | 'nixos'
  | 'miniupnpd'
  | 'systemd'
  /** Services that load a file at boot: their rules bear no sign, the file tells. */
  | 'nftables'
  | 'netfilter-persistent';

/** `part` names what the first group of the pattern holds: a zone, a jail, an interface. */
export interface Sign {
  readonly owner: OwnerId;
  readonly pattern: RegExp;
  readonly part?: string;
  /** Chains of which one must be in the same table: for names that anybody could have chosen. */
  readonly beside?: readonly string[];
}

export const tableSigns: readonly Sign[] = [
  { owner: 'firewalld', pattern: /^firewalld(?:_policy_drop)?$/ },
  { owner: 'docker', pattern: /^docker-bridges$/ },
  { owner: 'podman', pattern: /^netavark$/ },
  { owner: 'kubernetes', pattern: /^kube-proxy$/ },
  { owner: 'calico', pattern: /^calico/ },
  { owner: 'libvirt', pattern: /^libvirt_network$/ },
  { owner: 'lxd', pattern: /^(?:lxd|incus)$/ },
  { owner: 'fail2ban', pattern: /^f2b-table$/ },
  { owner: 'crowdsec', pattern: /^crowdsec6?$/ },
  { owner: 'sshguard', pattern: /^sshguard$/ },
  { owner: 'mullvad', pattern: /^mullvad/i },
  { owner: 'wg-quick', pattern: /^wg-quick-(.+)$/, part: 'interface' },
  { owner: 'networkmanager', pattern: /^nm-(?:shared-)?(.+)$/, part: 'interface' },
  { owner: 'mozilla-vpn', pattern: /^mozvpn/ },
  { owner: 'protonvpn', pattern: /^(?:proton|pvpn)/i },
  { owner: 'nordvpn', pattern: /^nordvpn/i },
  { owner: 'cloudflare-warp', pattern: /^cloudflare-warp$/ },
  { owner: 'opensnitch', pattern: /^opensnitch/ },
  { owner: 'portmaster', pattern: /^portmaster/i },
  { owner: 'openwrt', pattern: /^fw4$/ },
  { owner: 'nixos', pattern: /^nixos-fw$/ },
  { owner: 'miniupnpd', pattern: /^miniupnpd$/ },
  { owner: 'systemd', pattern: /^io\.systemd\./ },
];

export const chainSigns: readonly Sign[] = [
  { owner: 'ufw', pattern: /^ufw6?-/ },
  {
    owner: 'firewalld',
    pattern: /^(?:IN|FWDI|FWDO|FWD|PRE|POST|OUT)_(.+?)(?:_(?:log|deny|allow|pre|post))?$/,
    part: 'zone',
    beside: ['INPUT_direct', 'INPUT_ZONES'],
  },
  {
    owner: 'firewalld',
    pattern:
      /^(?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)_(?:direct|ZONES(?:_SOURCE)?|POLICIES_(?:pre|post))$|^FORWARD_(?:IN|OUT)_ZONES/,
  },
  { owner: 'kubernetes', pattern: /^KUBE-/ },
  { owner: 'docker', pattern: /^DOCKER(?:$|-)/ },
  { owner: 'podman', pattern: /^(?:NETAVARK|CNI)[-_]/ },
  { owner: 'calico', pattern: /^cali-/ },
  { owner: 'cilium', pattern: /^(?:OLD_)?CILIUM_/ },
  { owner: 'flannel', pattern: /^FLANNEL-/ },
  { owner: 'istio', pattern: /^ISTIO_/ },
  { owner: 'libvirt', pattern: /^LIBVIRT_/ },
  { owner: 'fail2ban', pattern: /^(?:f2b|fail2ban)-(.+)$/, part: 'jail' },
  { owner: 'crowdsec', pattern: /^CROWDSEC/i },
  { owner: 'sshguard', pattern: /^sshguard$/ },
  {
    owner: 'csf',
    pattern:
      /^(?:LOCALINPUT|LOCALOUTPUT|ALLOWIN|ALLOWOUT|DENYIN|DENYOUT|LOGDROPIN|LOGDROPOUT|GALLOWIN|GDENYIN|SYNFLOOD|PORTFLOOD)$/,
    beside: ['LOCALINPUT'],
  },
  { owner: 'expressvpn', pattern: /^evpn\./ },
  { owner: 'private-internet-access', pattern: /^piavpn\./ },
  { owner: 'windscribe', pattern: /^windscribe_/ },
  { owner: 'ivpn', pattern: /^IVPN-/ },
  { owner: 'tailscale', pattern: /^ts-(?:input|forward|postrouting)$/ },
  { owner: 'networkmanager', pattern: /^nm-sh-(?:in|fw)-(.+)$/, part: 'interface' },
  { owner: 'portmaster', pattern: /^PORTMASTER-/ },
  { owner: 'opensnitch', pattern: /^opensnitch/ },
  { owner: 'miniupnpd', pattern: /^MINIUPNPD/ },
  { owner: 'nixos', pattern: /^nixos-fw/ },
  {
    owner: 'openwrt',
    pattern: /^(?:zone|forwarding|input|output|prerouting|postrouting)_(?:lan|wan)(?:_|$)/,
    beside: ['zone_lan_input', 'input_lan'],
  },
  { owner: 'shorewall', pattern: /^(?:shorewall|sfilter|smurfs|smurflog|~log\d+)$/, beside: ['shorewall'] },
];

export const commentSigns: readonly Sign[] = [
  { owner: 'calico', pattern: /^cali:[\w-]{16}/ },
  { owner: 'kubernetes', pattern: /^kubernetes / },
  { owner: 'wg-quick', pattern: /^wg-quick\(8\) rule for (\S+)/, part: 'interface' },
  { owner: 'networkmanager', pattern: /^nm-shared-(\S+)/, part: 'interface' },
  { owner: 'nordvpn', pattern: /^nordvpn/ },
  { owner: 'libvirt', pattern: /^libvirt/i },
  { owner: 'lxd', pattern: /^generated for (?:LXD|Incus) network (\S+)/, part: 'network' },
  { owner: 'cilium', pattern: /^cilium[: ]/ },
  { owner: 'podman', pattern: /^(?:netavark|CNI|name: ".*" id: ")/ },
  { owner: 'crowdsec', pattern: /^crowdsec/i },
  { owner: 'fail2ban', pattern: /^(?:f2b|fail2ban)/i },
  { owner: 'openvpn', pattern: /\bopenvpn\b/i },
  { owner: 'protonvpn', pattern: /\bpvpn|protonvpn/i },
  { owner: 'surfshark', pattern: /^surfshark_ks/ },
  // Eddie, AirVPN's program: `eddie_ip_filter_OUTPUT_latest_rule` and the like.
  { owner: 'airvpn', pattern: /^eddie_ip6?_/ },
];

export const setSigns: readonly Sign[] = [
  { owner: 'fail2ban', pattern: /^(?:addr6?-set|f2b)-(.+)$/, part: 'jail' },
  { owner: 'crowdsec', pattern: /^crowdsec6?-blacklists?/ },
  { owner: 'sshguard', pattern: /^(?:sshguard|attackers)/ },
  { owner: 'kubernetes', pattern: /^KUBE-/ },
  { owner: 'calico', pattern: /^cali[46]0/ },
];

/** Whose rules close everything that does not go through their tunnel. */
export const vpns: ReadonlySet<OwnerId> = new Set<OwnerId>([
  'mullvad',
  'wg-quick',
  'openvpn',
  'networkmanager',
  'nordvpn',
  'expressvpn',
  'private-internet-access',
  'protonvpn',
  'windscribe',
  'ivpn',
  'mozilla-vpn',
  'cloudflare-warp',
  'surfshark',
  'airvpn',
]);

/** Whose rules keep out single addresses that misbehaved. */
export const banners: ReadonlySet<OwnerId> = new Set<OwnerId>(['fail2ban', 'crowdsec', 'sshguard']);
