import { scopeOf } from './address.js';
import type { ConnectTry, InterfaceFact, RouteChoice } from './facts.js';

/** The same connection bound to another interface of this device: only the way differs. */
export interface OtherWayTry {
  readonly address: string;
  readonly port: number;
  /** By which interface the kernel sends what goes there, and by which this one went. */
  readonly usual: string;
  readonly device: string;
  readonly result: ConnectTry;
}

/**
 * Whether the same address may belong to another network as well: one of somebody's own (those that providers share, RFC
 * 6598, are Tailscale's too), or any that the kernel looks for on a bridge of this device, of containers or virtual machines.
 * Other public addresses are not: what a VPN should hide must not be shown beside it.
 */
export function mayLieElsewhere(
  address: string,
  choice: Pick<RouteChoice, 'via' | 'device' | 'line'>,
  interfaces: readonly InterfaceFact[],
): boolean {
  if (['private', 'shared'].includes(scopeOf(address))) return true;
  const isDefault = /^default\b/.test(choice.line ?? '');
  return (
    choice.via === null &&
    !isDefault &&
    interfaces.some(({ name, kind }) => name === choice.device && kind === 'bridge')
  );
}
