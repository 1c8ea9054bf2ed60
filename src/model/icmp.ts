import { familyOf } from './address.js';
import type { ConnectTry, IcmpError } from './facts.js';

/** "Host" or "address unreachable" (RFC 792, 4443): whoever looks for a neighbour in vain says so, after three seconds. */
export function saysHostUnreachable({ type, code }: Pick<IcmpError, 'type' | 'code'>, address: string): boolean {
  return familyOf(address) === 6 ? type === 1 && code === 3 : type === 3 && code === 1;
}

/**
 * ARP and ND give up after three requests, a second apart; somebody else's packet may have begun the search earlier. No
 * way round the world takes as long.
 */
export const neighbourSearchMs = 900;

/** Errors that somebody on the way sent for a packet: neither this device's own stack nor the address it was for. */
export function saidOnTheWay(
  { icmp, localAddress }: Pick<ConnectTry, 'icmp' | 'localAddress'>,
  address: string,
): (IcmpError & { from: string })[] {
  return (icmp ?? []).flatMap((one) => {
    const { origin, from } = one;
    return origin === 'local' || from === null || from === address || from === localAddress ? [] : [{ ...one, from }];
  });
}

/** Turned away by a TCP reset, and not by an ICMP error: by the target, or by somebody in its name. */
export function wasReset({ failure, icmp }: Pick<ConnectTry, 'failure' | 'icmp'>): boolean {
  return (failure?.code === 'refused' || failure?.code === 'reset') && icmp !== null && icmp.length === 0;
}
