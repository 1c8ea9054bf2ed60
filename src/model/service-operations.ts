/** Programs that systemd starts, and limits of the kernel. */
export type ServiceOperation = ServiceStart | ManagerOff | SysctlSet | ProcessLimit | ClockSync;

export interface ServiceStart {
  readonly kind: 'service-start';
  /** `shop-api.service` */
  readonly unit: string;
}

/** Services that load a file when the computer starts, and so manage its firewall. */
export const bootLoaders = ['nftables', 'netfilter-persistent'] as const;
export type BootLoader = (typeof bootLoaders)[number];

/** Each has a unit of its name. */
export const firewallManagers = ['ufw', 'firewalld', ...bootLoaders] as const;

/** One of two programs that manage the firewall is stopped, kept from starting, and its rules are gone with it. */
export interface ManagerOff {
  readonly kind: 'manager-off';
  readonly manager: (typeof firewallManagers)[number];
  /** The other one, whose rules are loaded again: firewalld takes those of iptables along when it ends. */
  readonly kept: (typeof firewallManagers)[number];
}

/** Each with the least and the most that each of its numbers may be. The range of local ports is first, last. */
export const sysctls = {
  'net.ipv4.ip_local_port_range': [
    [1024, 65_535],
    [1024, 65_535],
  ],
  'net.netfilter.nf_conntrack_max': [[1024, 16_777_216]],
  /** Only switched on. */
  'net.ipv4.tcp_syncookies': [[1, 1]],
  'fs.file-max': [[8192, Number.MAX_SAFE_INTEGER]],
} as const satisfies Readonly<Record<string, readonly (readonly [number, number])[]>>;

export interface SysctlSet {
  readonly kind: 'sysctl-set';
  readonly name: keyof typeof sysctls;
  readonly value: readonly number[];
  /** Written below /etc/sysctl.d too, so that it is so after a restart. */
  readonly kept?: true;
}

/** How many files one process may have open, until it ends. */
export interface ProcessLimit {
  readonly kind: 'process-limit';
  readonly pid: number;
  /** Its name, as the kernel has it (comm). */
  readonly process: string;
  readonly files: number;
}

/** Who sets the clock from the network. The clock itself is never set by this program. */
export const clockKeepers = ['systemd', 'chrony'] as const;

/** The clock is left to the network: switched on by systemd, or set at once by chrony instead of slowly. */
export interface ClockSync {
  readonly kind: 'clock-sync';
  readonly by: (typeof clockKeepers)[number];
}
