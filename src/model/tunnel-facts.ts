import type { FlowTrace, Hostile, RouteChoice } from './facts.js';

/** A tunnel of this device that is up, and what it takes. */
export interface TunnelFact {
  readonly device: string;
  /** Whose it is, where its name, its kind or the program that serves it tells. */
  readonly product: string | null;
  /** The program that serves it; null where none is seen (of others' programs root alone sees it). */
  readonly servedBy?: TunnelHolder | null;
  /** NetworkManager's connection that made it, with its type as NetworkManager has it (`openvpn`, `wireguard`); null for none. */
  readonly connection?: { readonly name: Hostile; readonly type: string } | null;
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

/** Where a tunnel sends the packets that carry ours: its other end. */
export interface TunnelEnd {
  readonly device: string;
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** The port of this device from which it sends. */
  readonly localPort: number;
  /** The mark that its packets bear (`wg set fwmark`); 0 for none. */
  readonly mark: number;
  /** The one interface by which it sends, where its socket is bound to one. */
  readonly boundTo?: string;
  /** What tells of it: `wg show`, `ss`, `/etc/openvpn/client/office.conf`. */
  readonly toldBy: string;
  /** The way that the kernel has for packets to there that bear that mark. */
  readonly route: RouteChoice | null;
}

/** What became of the packets that a tunnel itself sends, while something was sent into it. */
export interface CarrierTrace {
  readonly device: string;
  readonly flow: FlowTrace;
}

export interface TunnelResolver {
  readonly address: string;
  /** `/etc/wireguard/wg0.conf:4`, `resolvectl` */
  readonly location: string;
  /** Domains that it is meant for; empty: not said. */
  readonly domains: readonly string[];
}

/** A VPN that is set up on this device, as its file says. */
export interface VpnProfile {
  /** `OpenVPN`, `WireGuard` */
  readonly product: string;
  /** `/etc/openvpn/client/office.conf` */
  readonly location: string;
  /** Its tunnel interface, where the file names one with its number: `tun0`. */
  readonly device: string | null;
  /** `halves`: its own file leaves the default route alone (`redirect-gateway def1`); null: the file does not say. */
  readonly takes: 'halves' | 'default' | null;
  readonly servers: readonly VpnServer[];
}

export interface VpnServer {
  readonly host: Hostile;
  /** Its addresses: of a name those that this device finds, none where it finds none. */
  readonly addresses: readonly string[];
  /** The line of the file. */
  readonly line: number;
}
