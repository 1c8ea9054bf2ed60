/** Words of iproute2 for the kernel's numbers (include/uapi/linux/rtnetlink.h, if.h, if_arp.h, neighbour.h). */

export const MAIN_TABLE = 254;
/** Any other may have a name of its own on this machine, which only ip(8) knows. */
export const tableNames: Readonly<Record<number, string>> = { 253: 'default', 254: 'main', 255: 'local' };

export const routeTypes: Readonly<Record<number, string>> = {
  1: 'unicast',
  2: 'local',
  3: 'broadcast',
  4: 'anycast',
  5: 'multicast',
  6: 'blackhole',
  7: 'unreachable',
  8: 'prohibit',
  9: 'throw',
  10: 'nat',
};

export const RTPROT_BOOT = 3;
export const protocolNames: Readonly<Record<number, string>> = {
  1: 'redirect',
  2: 'kernel',
  3: 'boot',
  4: 'static',
  8: 'gated',
  9: 'ra',
  10: 'mrt',
  11: 'zebra',
  12: 'bird',
  15: 'ntk',
  16: 'dhcp',
  42: 'babel',
  186: 'bgp',
  187: 'isis',
  188: 'ospf',
  189: 'rip',
  192: 'eigrp',
};

export const scopeNames: Readonly<Record<number, string>> = {
  0: 'global',
  200: 'site',
  253: 'link',
  254: 'host',
  255: 'nowhere',
};

/** FR_ACT_* of include/uapi/linux/fib_rules.h that decide by themselves; 1 is a look into a table. */
export const ruleActions: Readonly<Record<number, string>> = { 6: 'blackhole', 7: 'unreachable', 8: 'prohibit' };

/** What the kernel's refusal of a route is called (strerror(3)); of others ip(8) knows the words. */
export const refusals: Readonly<Record<number, string>> = {
  13: 'Permission denied',
  22: 'Invalid argument',
  101: 'Network is unreachable',
  113: 'No route to host',
};

export const linkTypes: Readonly<Record<number, string>> = {
  1: 'ether',
  32: 'infiniband',
  280: 'can',
  512: 'ppp',
  519: 'rawip',
  768: 'ipip',
  769: 'tunnel6',
  772: 'loopback',
  776: 'sit',
  778: 'gre',
  801: 'ieee802.11',
  823: 'gre6',
  824: 'netlink',
  826: 'vsockmon',
  65534: 'none',
};

export const IFF_UP = 0x1;
export const IFF_RUNNING = 0x40;
export const linkFlags: readonly (readonly [number, string])[] = [
  [0x8, 'LOOPBACK'],
  [0x2, 'BROADCAST'],
  [0x10, 'POINTOPOINT'],
  [0x1000, 'MULTICAST'],
  [0x80, 'NOARP'],
  [0x200, 'ALLMULTI'],
  [0x100, 'PROMISC'],
  [0x400, 'MASTER'],
  [0x800, 'SLAVE'],
  [0x4, 'DEBUG'],
  [0x8000, 'DYNAMIC'],
  [0x4000, 'AUTOMEDIA'],
  [0x2000, 'PORTSEL'],
  [0x20, 'NOTRAILERS'],
  [IFF_UP, 'UP'],
  [0x10000, 'LOWER_UP'],
  [0x20000, 'DORMANT'],
  [0x40000, 'ECHO'],
];

export const neighbourStates: readonly (readonly [number, string])[] = [
  [0x1, 'INCOMPLETE'],
  [0x2, 'REACHABLE'],
  [0x4, 'STALE'],
  [0x8, 'DELAY'],
  [0x10, 'PROBE'],
  [0x20, 'FAILED'],
  [0x40, 'NOARP'],
  [0x80, 'PERMANENT'],
];

export function bitNames(bits: number, names: readonly (readonly [number, string])[]): string[] {
  return names.flatMap(([bit, name]) => ((bits & bit) !== 0 ? [name] : []));
}
