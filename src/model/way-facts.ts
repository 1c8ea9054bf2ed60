import type { HopFact, Hostile, IcmpError } from './facts.js';
import type { Failure } from './failure.js';
import type { KnockOutcome } from './links.js';

/** One device of the link that says that an address is its own. */
export interface LinkOwner {
  readonly mac: string;
  /** It answers also when nobody asks in particular, or says that it speaks for itself: who answers for others does not. */
  readonly own: boolean;
  /** An address that several routers share on purpose. */
  readonly shared?: true;
  /** The target's port, asked of this very device, several times; empty where it was not. */
  readonly knocks: readonly KnockOutcome[];
}

/** Who answers on this device's own link for an address that the connection hangs on. */
export interface LinkOwners {
  readonly address: string;
  readonly device: string;
  readonly role: 'target' | 'gateway' | 'own';
  readonly owners: readonly LinkOwner[];
  /** The address and port that were knocked at. */
  readonly at?: { readonly address: string; readonly port: number };
  /** Of this device's own address: its own. */
  readonly ownMac?: string;
}

/** Whether the step that met silence holds when both sides send packets of at most so many bytes, IP header included. */
export interface SizedTry {
  /** Null: as large as they usually are. */
  readonly size: number | null;
  readonly held: boolean;
  readonly ms: number;
  /** The largest packet that the kernel would have sent there when it was opened (Linux). */
  readonly pathMtu?: number;
}

/** One packet of that size, not to be split, on an open connection. */
export interface SizedPacket {
  readonly size: number;
  readonly acknowledged: boolean;
  /** How often it was sent again, and how often the pause before that was doubled. */
  readonly sentAgain: number;
  readonly backoff: number;
}

/** Packets of several sizes to a place where a connection opened and then nothing came. */
export interface PacketSizes {
  readonly address: string;
  readonly port: number;
  readonly step: 'tls' | 'http';
  readonly tries: readonly SizedTry[];
  readonly packets: readonly SizedPacket[];
  /** The largest size with which the step held, and the smallest with which it did not. */
  readonly largest: number | null;
  readonly tooLarge: number | null;
  /** Routers that a datagram of that smallest size still reached, and one of the largest size that passes. */
  readonly reach: {
    readonly tooLarge: readonly string[];
    readonly largest: readonly string[];
    /** The sizes that were sent, where the search went on meanwhile. */
    readonly sizes?: { readonly largest: number; readonly tooLarge: number };
  } | null;
  /** Packets that came as far as this device's IP meanwhile, and were handed on to nobody: of all, and of no known fault. */
  readonly handedToNobody?: number;
}

/** A refused connection once more, where this device asks for ECN: with a first packet that does not. */
export interface WithoutEcn {
  readonly tries: number;
  readonly opened: number;
  /** It was refused as well. */
  readonly refused: number;
  /** Afterwards, asking for it as usual. */
  readonly refusedAgain: boolean;
}

/** A question for the versions of QUIC that somebody speaks (RFC 9000, 6): answered by whoever serves HTTP/3. */
export interface QuicTry {
  readonly address: string;
  readonly port: number;
  readonly ms: number;
  readonly failure?: Failure<'datagram'>;
  readonly icmp: readonly IcmpError[] | null;
  /** Long enough for silence to mean something. */
  readonly waited: boolean;
}

/** A port of the router's outside address that it leads to a device inside. */
export interface PortMapping {
  readonly protocol: 'tcp' | 'udp';
  readonly outsidePort: number;
  readonly insideAddress: string;
  readonly insidePort: number;
  /** Whatever somebody has called it. */
  readonly description: string;
}

/** What the router itself tells when it is asked (NAT-PMP, PCP, UPnP IGD), nothing of it changed. */
export interface RouterFact {
  readonly address: string;
  /** Its address on the outside, by whichever of them tells. */
  readonly outside: string | null;
  readonly by: readonly ('nat-pmp' | 'pcp' | 'upnp')[];
  readonly mappings: readonly PortMapping[];
  /** The service that it leads the target's port to, tried at its address inside. */
  readonly inside: { readonly address: string; readonly port: number; readonly opened: boolean } | null;
  /** Seconds since it began to remember mappings: since it was started, as a rule. */
  readonly upS?: number;
  /** Whether it is connected to the outside, in its own words: `Connected`, `Disconnected`, `ERROR_…`. */
  readonly connection?: { readonly status: string; readonly error?: string };
  /** Whether it lets devices use its connection at all. */
  readonly outsideEnabled?: boolean;
  /** Whether its firewall for IPv6 is on. */
  readonly ipv6Firewall?: boolean;
  /** Whether programs inside may have it let something in (pinholes). */
  readonly ipv6Pinholes?: boolean;
}

/** What one hop limit met, asked several times one after the other. */
export interface PassHop {
  readonly ttl: number;
  /** Who answered; the target itself too. Null when nobody did. */
  readonly address: string | null;
  readonly sent: number;
  readonly answered: number;
}

/** One kind of packets to the target, with hop limits that end them on the way. */
export interface PassFlow {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Null where there are no ports. */
  readonly port: number | null;
  readonly hops: readonly PassHop[];
  /** The lowest limit with which the target itself answered, as far as it was tried. */
  readonly reachedAt: number | null;
}

/** Whose a router is, as far as its name and a table of networks tell. */
export interface HopOwner {
  readonly address: string;
  /** Its reverse name: whatever its owner has written there. */
  readonly name: Hostile | null;
  /** The autonomous system, where the user has given a table. */
  readonly network: { readonly number: number | null; readonly organisation: Hostile | null } | null;
}

/** Where a silent connection ends, and whether something else gets past that place. */
export interface WayPast {
  readonly address: string;
  readonly port: number;
  /** One flow, one local port, one packet after the other: whoever balances load sends all of it the same way. */
  readonly oneFlow: {
    readonly localPort: number | null;
    readonly hops: readonly HopFact[];
    /** With other local ports another router had answered at one of these places. */
    readonly balanced: boolean;
  };
  /**
   * What goes to the target's own port, and another port or protocol, in turns: each from local ports of its own, so that
   * balanced load is no difference between the two. Null where nothing else answers behind that place either.
   */
  readonly own: PassFlow | null;
  readonly other: PassFlow | null;
  /** Tried as well, and ended no farther. */
  readonly alike: readonly Pick<PassFlow, 'protocol' | 'port'>[];
}

/** A connection that was begun with a hop limit too small for where it is meant to go. */
export interface NearTry {
  readonly address: string;
  readonly port: number;
  readonly hopLimit: number;
  /** `control`: a port that nobody catches, as far as one can choose it. */
  readonly as: 'target' | 'control' | 'elsewhere' | 'elsewhere-control';
  readonly opened: boolean;
  /** Who said that the packet went as far as its hop limit allowed. */
  readonly expiredFrom?: string;
  readonly ms: number;
}

/** Whether somebody nearer than the target accepts connections to its port, and to the same port of others. */
export interface NearAcceptance {
  readonly address: string;
  readonly port: number;
  readonly tries: readonly NearTry[];
}

/** The last place of a way that said who it is: a router, or the target itself. */
export function lastToAnswer<Hop extends { readonly address: string | null }>(hops: readonly Hop[]): Hop | undefined {
  return hops.findLast(({ address }) => address !== null);
}
