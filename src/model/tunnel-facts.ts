import type { Hostile } from './facts.js';

/** A tunnel of this device that is up, and what it takes. */
export interface TunnelFact {
  readonly device: string;
  /** Whose it is, where its name, its kind or the program that serves it tells. */
  readonly product: string | null;
  /** The program that serves it; null where none is seen (of others' programs root alone sees it). */
  readonly servedBy?: TunnelHolder | null;
  /** What the routing tables lead into it, all of them: `10.8.0.0/24`, `default`. */
  readonly ranges: readonly string[];
  /** What WireGuard itself takes (AllowedIPs of all peers), whatever the routes say; null where it cannot be asked. */
  readonly allowed: readonly string[] | null;
  /** Name servers that belong to it. */
  readonly resolvers: readonly TunnelResolver[];
}

export interface TunnelHolder {
  readonly pid: number;
  readonly process: Hostile;
}

export interface TunnelResolver {
  readonly address: string;
  /** `/etc/wireguard/wg0.conf:4`, `resolvectl` */
  readonly location: string;
  /** Domains that it is meant for; empty: not said. */
  readonly domains: readonly string[];
}
