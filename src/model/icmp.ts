import { familyOf } from './address.js';
import type { IcmpError } from './facts.js';

/** "Host" or "address unreachable" (RFC 792, 4443): whoever looks for a neighbour in vain says so, after three seconds. */
export function saysHostUnreachable({ type, code }: Pick<IcmpError, 'type' | 'code'>, address: string): boolean {
  return familyOf(address) === 6 ? type === 1 && code === 3 : type === 3 && code === 1;
}
