import { familyOf } from '../../model/address.js';
import type { IcmpError } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';

/** What an ICMP error means, in two classes: "I will not" and "I cannot" (RFC 792, 1122, 1812, 4443). */
export type IcmpClass = 'prohibition' | 'unreachable' | 'other';

/** By type and code; `address` tells the family. */
export function classOf(icmp: IcmpError, address: string): IcmpClass {
  if (familyOf(address) === 6) {
    if (icmp.type !== 1) return 'other';
    // 1 administratively prohibited, 4 port unreachable, 5 source policy, 6 reject route
    return [1, 4, 5, 6].includes(icmp.code) ? 'prohibition' : 'unreachable';
  }
  if (icmp.type !== 3) return 'other';
  // 2 and 3 protocol and port unreachable (of a router: only a filter says that of somebody else's port),
  // 9, 10 and 13 administratively prohibited, 14 and 15 precedence
  if ([2, 3, 9, 10, 13, 14, 15].includes(icmp.code)) return 'prohibition';
  return icmp.code === 4 ? 'other' : 'unreachable';
}

/** The ICMP error that a question for a name met, as its failure keeps it. */
export function icmpOf({ raw, from }: Pick<Failure, 'raw' | 'from'>): (IcmpError & { from: string }) | null {
  const told = /\b(icmp6?) (\d{1,3})\/(\d{1,3})\b/.exec(raw);
  if (!told || from === undefined) return null;
  return { origin: told[1] === 'icmp6' ? 'icmp6' : 'icmp', type: Number(told[2]), code: Number(told[3]), from };
}

/** The sender's own address holds for its own link alone (RFC 4443, 3.1): a router may not pass the packet on. */
export function isBeyondScope({ type, code }: IcmpError, from: string): boolean {
  return familyOf(from) === 6 && type === 1 && code === 2;
}

/** "Time exceeded": the packet passed more routers than its hop limit (TTL) lets it (RFC 792, RFC 4443). */
export function isTooFar({ type, code }: IcmpError, from: string): boolean {
  return code === 0 && type === (familyOf(from) === 6 ? 3 : 11);
}

/** What a router told of a failure whose cause nobody found. Null where no router did. */
export function whatWasSaid(failure: Pick<Failure, 'raw' | 'from'>): string | null {
  const icmp = icmpOf(failure);
  if (!icmp) return null;
  if (isTooFar(icmp, icmp.from))
    return `${icmp.from} says that the packet passed too many routers (something here or on the way may lower its hop limit: sysctl net.ipv4.ip_default_ttl shows that of this computer, usually 64)`;
  const isUnreachable = icmp.type === (icmp.origin === 'icmp6' ? 1 : 3);
  return `${icmp.from} said "${isUnreachable ? wordsFor(icmp, icmp.from) : `type ${icmp.type}, code ${icmp.code}`}"`;
}

/** The standard's own words. */
export function wordsFor(icmp: IcmpError, address: string): string {
  const six = [
    'no route',
    'administratively prohibited',
    'beyond scope',
    'address unreachable',
    'port unreachable',
    'source address failed policy',
    'reject route',
  ];
  const four = [
    'network unreachable',
    'host unreachable',
    'protocol unreachable',
    'port unreachable',
    'fragmentation needed',
    'source route failed',
    'network unknown',
    'host unknown',
    'source host isolated',
    'network administratively prohibited',
    'host administratively prohibited',
    'network unreachable for this type of service',
    'host unreachable for this type of service',
    'communication administratively prohibited',
  ];
  return (familyOf(address) === 6 ? six[icmp.code] : four[icmp.code]) ?? `type ${icmp.type}, code ${icmp.code}`;
}
