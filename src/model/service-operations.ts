/** Programs that systemd starts, and limits of the kernel. */
export type ServiceOperation = ServiceStart | ManagerOff | SysctlSet;

export interface ServiceStart {
  readonly kind: 'service-start';
  /** `shop-api.service` */
  readonly unit: string;
}

export const firewallManagers = ['ufw', 'firewalld'] as const;

/** One of two programs that manage the firewall is stopped, kept from starting, and its rules are gone with it. */
export interface ManagerOff {
  readonly kind: 'manager-off';
  readonly manager: (typeof firewallManagers)[number];
  /** The other one, whose rules are loaded again: firewalld takes those of iptables along when it ends. */
  readonly kept: (typeof firewallManagers)[number];
}

/** Each with what its value may be: the range of local ports, in the order first, last. */
export const sysctls = { 'net.ipv4.ip_local_port_range': 2 } as const;

export interface SysctlSet {
  readonly kind: 'sysctl-set';
  readonly name: keyof typeof sysctls;
  readonly value: readonly number[];
}
