/** A file of rules that a service of systemd's loads when this computer starts. */
export interface BootRuleFile {
  /** Its name below /etc. */
  readonly file: string;
  /** A file for `nft -f`, or for iptables-restore of one family. */
  readonly holds: 'nft' | 4 | 6;
  readonly unit: string;
}

/** As the units of the distributions name them; of those that hold the same, the first that is there counts. */
export const bootRuleFiles = [
  // Debian and Arch; Fedora and its kin.
  { file: 'nftables.conf', holds: 'nft', unit: 'nftables' },
  { file: 'sysconfig/nftables.conf', holds: 'nft', unit: 'nftables' },
  // Debian's iptables-persistent.
  { file: 'iptables/rules.v4', holds: 4, unit: 'netfilter-persistent' },
  { file: 'iptables/rules.v6', holds: 6, unit: 'netfilter-persistent' },
  // Arch.
  { file: 'iptables/iptables.rules', holds: 4, unit: 'iptables' },
  { file: 'iptables/ip6tables.rules', holds: 6, unit: 'ip6tables' },
  // iptables-services of Fedora and its kin.
  { file: 'sysconfig/iptables', holds: 4, unit: 'iptables' },
  { file: 'sysconfig/ip6tables', holds: 6, unit: 'ip6tables' },
] as const satisfies readonly BootRuleFile[];
