import type {
  CountersFact,
  HeldTry,
  LimitsFact,
  BindingLine,
  LocalServicesFact,
  OtherClock,
  SocketFileFact,
} from './device-state.js';
import type { BrowsersFact, BrowserTrials } from './browser-facts.js';
import type { ContainersFact } from './container-facts.js';
import type { Failure } from './failure.js';
import type { AppFirewallFact, LeftTry } from './app-firewall-facts.js';
import type { BansFact } from './ban-facts.js';
import type {
  FirewallFact,
  FirewallLogFact,
  FirewallManagersFact,
  RuleCount,
  RulesetExcerpt,
} from './firewall-facts.js';
import type { BlockedPageFact, GuardLogFact, GuardsFact, ProgramGuardsFact } from './guard-facts.js';
import type { InboundFact } from './inbound.js';
import type { InterferenceFact, LargeHelloFact } from './interference.js';
import type {
  AuthorityNames,
  ImpostorNames,
  LaterNames,
  OtherName,
  NameCaches,
  NameOptions,
  ResolverOption,
  NameAhead,
  NameChain,
  OtherWord,
  PlaceTry,
  UncheckedNames,
} from './name-facts.js';
import type { AnswerHead } from './links.js';
import type { Observed } from './observed.js';
import type { OtherWayTry } from './other-way.js';
import type { DenialsFact, OtherGroupTry, PoliciesFact } from './policy-facts.js';
import type { SwallowedTry } from './swallowed.js';
import type { ProgramFact } from './program.js';
import type {
  DesktopProxy,
  DirectWay,
  PacOutcome,
  ProxyAddresses,
  ProxyChoice,
  ProxySettings,
  ProxyTrial,
  ProxyWay,
} from './proxy-facts.js';
import type { AnnouncedPortal, PortalApiFact } from './portal-facts.js';
import type { StatusPageFact } from './status-page.js';
import type { AnswerLost, ToldError } from './system.js';
import type { Pace } from './pace.js';
import type { Target } from './target.js';
import type { CarrierTrace, TunnelEnd, TunnelFact, VpnProfile } from './tunnel-facts.js';
import type {
  HopOwner,
  LinkOwners,
  NearAcceptance,
  PacketSizes,
  QuicTry,
  RouterFact,
  WayPast,
  WithoutEcn,
} from './way-facts.js';
import type { RuleReference } from './words.js';

/** Text that came from outside: a banner, a certificate's subject, a rule's comment. Renderers clean it; it is bounded here. */
export type Hostile = string;

export interface DeviceSelf {
  readonly platform: string;
  /** Who probed: the identity of the probes' sockets, which under sudo is the invoking user's. */
  readonly uid: number | null;
  readonly user: string | null;
  readonly root: boolean;
  /** `net-raw`, `net-admin`, … as far as this process holds them. */
  readonly privileges: readonly string[];
  /** Whether sockets show the kernel's error queue and TCP counters. */
  readonly sockets: 'ffi' | 'plain';
  readonly reason?: string;
}

export interface SystemNames {
  readonly addresses: readonly string[];
  /** So long nothing had come, when the same question, asked once more, was answered. */
  readonly silentMs?: number;
  /** getaddrinfo waits on for this kind of address, about which that resolver keeps silent: it was asked for the other one. */
  readonly unanswered?: { readonly resolver: string; readonly family: 4 | 6 };
  /** The first time it failed so; asked once more it gave the addresses. */
  readonly failedFirst?: Failure;
}

export interface ResolverSetting {
  readonly address: string;
  readonly port: number;
  /** `/etc/resolv.conf:2` */
  readonly location: string;
}

export interface NameConfig {
  readonly resolvers: readonly ResolverSetting[];
  /** Listed behind those that the system takes (glibc, musl: three), and never asked by it. */
  readonly ignored?: readonly ResolverSetting[];
  readonly search: readonly string[];
  /** `/etc/resolv.conf:1`: the line that names the search domains; or the variable of the environment that does. */
  readonly searchAt?: string;
  /** `options ndots:5`: names with fewer dots are looked for in the search domains first (resolv.conf(5)). 1 where absent. */
  readonly ndots?: number;
  /** Where no line of the file says so, but the environment: which variable. */
  readonly ndotsAt?: string;
  /** What else `options` says of how questions are sent; what is not written there is not here. */
  readonly options?: readonly ResolverOption[];
  /** The C library of this program, where it is one that reads few of these options. */
  readonly libc?: 'musl';
  /** Comments of the resolver file: whoever wrote it says so there. */
  readonly notes?: readonly Hostile[];
  /** The resolver file that was read, whether it exists and whether it is a link. */
  readonly file: {
    readonly path: string;
    readonly exists: boolean;
    readonly link: string | null;
    /** `EACCES`, …: this user may not read it. The C library takes it for empty then, without a word; `EISDIR` likewise. */
    readonly unreadable?: string;
    /** Where no line of it counts: the first that was meant to name a resolver. */
    readonly meant?: { readonly location: string; readonly text: Hostile; readonly fromWindows?: true };
  };
  /** `EACCES`: this user may not read the hosts file, so that its names do not count for this user. */
  readonly hostsUnreadable?: string;
  /** Order of `hosts:` in nsswitch.conf: `files`, `dns`, `resolve`, `mymachines`, … empty when the file is missing. */
  readonly order: readonly string[];
}

export interface HostsLine {
  readonly address: string;
  /** `/etc/hosts:12` */
  readonly location: string;
  readonly text: Hostile;
}

export interface ExtendedError {
  readonly code: number;
  readonly name: string;
  readonly text: Hostile;
}

/** What one resolver said to one question, asked directly. */
export interface ResolverAnswer {
  readonly resolver: string;
  readonly port: number;
  readonly type: 'A' | 'AAAA';
  /** `tls`, `https`: DNS over TLS or HTTPS, with a certificate that holds for the resolver's address. */
  readonly transport: 'udp' | 'tcp' | 'tls' | 'https';
  readonly ms: number;
  readonly tries: number;
  /** Set when no usable answer came. `nxdomain` and `no-data` are failures too: of the name, not of the resolver. */
  readonly failure?: Failure;
  /** The answer over UDP was cut off (TC), and what came of asking for all of it over TCP. */
  readonly overTcp?: Failure;
  readonly rcode?: string;
  readonly authoritative?: boolean;
  readonly addresses: readonly string[];
  readonly cnames: readonly string[];
  readonly ttl?: number;
  /** Whether the server offers to look names up for others (RA). */
  readonly recursive?: boolean;
  /** Zone of the SOA in a negative answer. */
  readonly zone?: string;
  /** Version of the zone that a negative answer comes from (the SOA's serial number). */
  readonly serial?: number;
  /** Zone of an SOA in the additional section, where only resolvers with a response policy put one. */
  readonly policyZone?: string;
  readonly errors: readonly ExtendedError[];
  /** Somebody else than the one asked answered, or answers came to questions that were not asked. */
  readonly strangers: number;
  /** Whole answers to the very same query that came after this one and say something else. */
  readonly others?: readonly OtherWord[];
}

/** Whether a resolver that failed on the name answers anything: asked for the root's name servers. */
export interface ResolverControl {
  readonly resolver: string;
  readonly port: number;
  /** A whole answer came, whatever it says. */
  readonly ok: boolean;
  readonly failure?: Failure;
  readonly rcode?: string;
}

/** The same question over TCP, of a resolver that kept silent over UDP. */
export interface OverTcp {
  readonly resolver: string;
  readonly port: number;
  /** It took the connection: it runs, and may be slow. */
  readonly opened: boolean;
  /** A whole answer came, whatever it says. */
  readonly answered: boolean;
}

export interface DirectNames {
  readonly name: string;
  readonly answers: readonly ResolverAnswer[];
  /** Of those resolvers that answered, and did not say whether the name exists. */
  readonly controls?: readonly ResolverControl[];
  /** Of those that answered nothing over UDP, asked while they were silent. */
  readonly overTcp?: readonly OverTcp[];
  /** What the name gives when a search domain is put behind it, as getaddrinfo does after a "no", or first (ndots). */
  readonly searched?: readonly { readonly domain: string; readonly addresses: readonly string[] }[];
}

/** A name that a redirect led to, asked of this device's resolvers and of others. */
export interface RedirectName {
  readonly name: string;
  readonly direct: DirectNames;
  /** Null where nobody outside was asked. */
  readonly reference: DirectNames | null;
}

/** What turns a mistyped name into the one that was meant. */
export type NameSlip =
  | 'swapped'
  | 'missing'
  | 'missing-dot'
  | 'extra'
  | 'doubled'
  | 'neighbour-key'
  | 'other-letter'
  | 'several'
  | 'ending'
  | 'www'
  | 'look-alike';

/** Names near the one that was typed, the likeliest first, each looked up as any program would. */
export interface MeantNames {
  readonly candidates: readonly {
    readonly name: string;
    readonly slip: NameSlip;
    /** Empty when there is no such name either. */
    readonly addresses: readonly string[];
    readonly failure?: Failure;
  }[];
}

export interface IcmpError {
  /** `local`: this device's own stack said so. */
  readonly origin: 'local' | 'icmp' | 'icmp6';
  readonly type: number;
  readonly code: number;
  readonly from: string | null;
}

/** The kernel's own count for one connection (struct tcp_info). */
export interface TcpCounters {
  readonly segmentsOut: number;
  readonly segmentsIn: number;
  /** Retransmissions now in flight: stays 0 when the segment never left this device. */
  readonly retransmitted: number;
  readonly totalRetransmitted: number;
  readonly rttUs: number;
}

export interface ConnectTry {
  readonly address: string;
  readonly port: number;
  readonly failure?: Failure;
  /** connect() failed at once, without a packet. */
  readonly synchronous: boolean;
  readonly ms: number;
  readonly localAddress: string | null;
  readonly localPort: number | null;
  /** Null when this platform does not show them. */
  readonly icmp: readonly IcmpError[] | null;
  readonly tcp: TcpCounters | null;
  /** Still silent when the waiting was ended, after this many milliseconds. */
  readonly pending?: boolean;
}

export interface AddressProbe {
  readonly address: string;
  readonly port: number;
  readonly first: ConnectTry;
  /** The same again, when the first one failed. */
  readonly repeats: readonly ConnectTry[];
}

export interface PortControl {
  readonly address: string;
  /** Other ports of the same host: an answer of any kind shows that the host and the way are alive. */
  readonly ports: readonly ConnectTry[];
}

export interface InterfaceFact {
  readonly name: string;
  readonly index: number;
  readonly kind: string | null;
  readonly up: boolean;
  readonly carrier: boolean | null;
  readonly addresses: readonly { readonly address: string; readonly prefix: number; readonly scope: string }[];
  readonly mtu: number | null;
  /** It would find its neighbours by asking for them (ARP, neighbour discovery), and that is switched off. */
  readonly asksNobody?: true;
  /** Packets since it was made, where the system counts them. */
  readonly traffic?: { readonly received: number; readonly sent: number };
}

export interface RouteChoice {
  readonly address: string;
  /** `unicast`, `local`, `blackhole`, `unreachable`, `prohibit`, `throw`, … or `none`. */
  readonly type: string;
  readonly via: string | null;
  readonly device: string | null;
  readonly source: string | null;
  readonly table: string | null;
  /** The kernel's own words when it has no route. */
  readonly error: string | null;
  /** The matching line of the routing table, as `ip route` prints it. */
  readonly line: Hostile | null;
  /** What this device gives its packets to pass so many routers, where that is less than the usual 64; and what says so. */
  readonly hopLimit?: { readonly value: number; readonly by: 'route' | 'sysctl' };
}

export interface RoutesFact {
  readonly choices: readonly RouteChoice[];
  readonly defaults: readonly {
    readonly family: 4 | 6;
    readonly via: string | null;
    readonly device: string | null;
    readonly metric: number | null;
  }[];
  readonly rules: readonly Hostile[];
  /**
   * For which marks of a packet (a rule's `fwmark`) these addresses have no way, or another one (by another interface), though
   * unmarked ones have one.
   */
  readonly marked?: readonly MarkedRoute[];
  /** Where IPv4 has no default route: single addresses that the main table leads to a router, as VPNs do for their server. */
  readonly single?: readonly SingleRoute[];
}

export interface SingleRoute {
  readonly address: string;
  readonly via: string;
  readonly device: string;
}

export interface MarkedRoute {
  readonly mark: number;
  readonly mask: number;
  /** The rule of routing that looks at the mark. */
  readonly rule: Hostile;
  readonly choice: RouteChoice;
}

export interface NeighbourFact {
  readonly address: string;
  readonly device: string;
  readonly state: string;
  readonly mac: string | null;
}

export interface ListenerFact {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  /** The interface by which alone it takes what comes in (SO_BINDTODEVICE); only `ss` tells it. */
  readonly device?: string;
  readonly v6only: boolean | null;
  readonly process: string | null;
  readonly pid: number | null;
  readonly backlog: { readonly used: number; readonly limit: number } | null;
}

export interface ListenersFact {
  /** Addresses of this device, so that a target can be recognised as this very device. */
  readonly own: readonly string[];
  readonly listeners: readonly ListenerFact[];
}

/** What the kernel did with one packet of ours. */
export interface TraceStep {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly kind: 'rule' | 'policy' | 'return';
  readonly verdict: string;
  readonly rule?: RuleReference;
}

export interface FlowTrace {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly localPort: number;
  /** How this traced probe itself ended. */
  readonly outcome: 'connected' | 'answered' | Failure;
  /** Where the kernel stopped it; null when no rule did. */
  readonly stoppedBy: (TraceStep & { readonly direction: 'out' | 'in' }) | null;
  readonly steps: number;
  /** The rule that gave our packet another destination, and one that gave it another sender: which. */
  readonly redirectedBy?: RuleReference;
  readonly sentAs?: { readonly address: string; readonly rule: RuleReference };
  /** Bases in which the outgoing packet was seen; empty when nothing was traced. */
  readonly seenOut: boolean;
  readonly seenIn: boolean;
  /** What the rules marked it with on its way out: routes may go by that. */
  readonly mark?: number;
  /** Why the kernel threw it away behind all rules, by its own names (enum skb_drop_reason). */
  readonly lost?: readonly string[];
  /** The kernel threw the answer away at our own socket, behind all rules. */
  readonly answerLost?: AnswerLost;
  readonly comment?: Hostile;
  /** What tells whose rule it is. */
  readonly excerpt?: RulesetExcerpt;
  /** The same packets in the network of the machine around the container's. */
  readonly around?: AroundTrace;
}

/** `seenOut`: our packet came into that network; `seenIn`: an answer did. */
export interface AroundTrace extends Omit<FlowTrace, 'around' | 'lost' | 'answerLost'> {
  /** Our packet's sender when it came in there. */
  readonly source: string;
  /** Its sender when it left, behind all translations; null when it was not seen to leave. */
  readonly leftAs: string | null;
  /** The setting by which the machine passes nothing on; null where none does so, or nobody asked. */
  readonly forwardingOff: string | null;
  /** How the same connection went from the machine itself, under its own address. */
  readonly ownTry?: 'connected' | Failure;
  /** Of what was refused there and led nowhere: a rule that leads that port elsewhere, for others. */
  readonly leavesOut?: RuleReference;
  /** Where the rule `redirectedBy` leads, and how a connection straight to there went, from the container. */
  readonly ledTo?: {
    readonly address: string;
    readonly port: number;
    readonly directly?: 'connected' | Failure;
    /** Whether any port of a bridge there sends back where something came from; asked where nothing was seen to leave. */
    readonly hairpin?: boolean;
  };
}

export interface KernelTrace {
  readonly flows: readonly FlowTrace[];
  /** Steps of iptables-legacy with our packets, as its log has them. */
  readonly logged?: readonly Hostile[];
}

/** What the kernel's rules did with what was said on a connection that they let be opened. */
export interface SaidTrace {
  readonly step: 'tls' | 'http' | 'greeting';
  /** `outcome`: how the step ended this time; `stoppedBy`: where the last packet that carried something of it was stopped. */
  readonly flow: FlowTrace;
}

/** Connections that were begun one after the other, and how many of them got any answer before a packet is sent again. */
export interface LossCount {
  /** Who answered; of a hop limit null when nobody did. */
  readonly address: string | null;
  readonly sent: number;
  readonly answered: number;
}

export interface LossSeries extends LossCount {
  readonly address: string;
  readonly port: number;
  /** The same as far as the first router. */
  readonly nearest: LossCount | null;
  /** The same as far as the routers behind it, where some were answered and some not. */
  readonly hops?: readonly (LossCount & { readonly ttl: number })[];
  /** What somebody who is not the target said of one of them, where they were turned away and not lost. */
  readonly told?: IcmpError;
  /** How many of those that count as answered were turned away so. */
  readonly turnedAway?: number;
  /** The same to a host that has nothing to do with the target. */
  readonly reference: (LossCount & { readonly name: string }) | null;
}

export interface ResetDistance {
  readonly address: string;
  readonly port: number;
  /** TTL (hop limit) with which the refusal arrived; null when it could not be found. */
  readonly resetTtl: number | null;
  /** TTL of an answer that surely came from the host itself (an open port). */
  readonly hostTtl: number | null;
  /** Where no port is open: a closed one of the same host whose refusals come from farther away than this one. */
  readonly fartherPort?: number;
  /** With a TTL of 1 it is still refused: this device itself refuses. */
  readonly refusedAtTtl1: boolean | null;
  /** Who said that the packet with a TTL of 1 went too far. */
  readonly expiredFrom?: string;
  /** Where this device asks for ECN; null when it could not be tried without. */
  readonly withoutEcn?: WithoutEcn | null;
}

/** What the interfaces of this device sent while refused connections were tried again, by their counters. */
export interface WireTry {
  readonly address: string;
  readonly port: number;
  /** By it the routes lead there. */
  readonly device: string;
  /** Connections in each round, and datagrams of the control. */
  readonly times: number;
  readonly rounds: readonly WireRound[];
  /** How they all ended when bound to that interface; null where not all alike, or not tried. */
  readonly bound: 'refused' | 'silent' | null;
}

export interface WireRound {
  /** Each was refused again. */
  readonly refused: boolean;
  /** Packets that the interface sent meanwhile, and all others but the loopback. */
  readonly sent: number;
  readonly sentElsewhere: number;
  /** In as long without. */
  readonly quiet: number;
  /** With as many datagrams to the next hop. */
  readonly control: number;
}

/**
 * Connections that may take no router, though the routes lead to one: bound to its interface they look for the target on the
 * own link. What gets anywhere all the same was given another destination, and so another way, by this device.
 */
export interface UnroutedTry {
  readonly address: string;
  readonly port: number;
  readonly device: string;
  /** With a hop limit of 1: `silent`, or who said "time exceeded"; `connected` or `refused` by somebody on the own link. */
  readonly tries: readonly UnroutedEnd[];
  /** The same to another port of that address, where no rule should be. */
  readonly controls: readonly UnroutedEnd[];
}

export interface UnroutedEnd {
  readonly end: 'silent' | 'exceeded' | 'connected' | 'refused' | 'other';
  readonly from: string | null;
}

/** A refused connection again, with resets thrown away before TCP sees them: how often it then opened. */
export interface ForgedReset {
  readonly address: string;
  readonly port: number;
  readonly tries: number;
  readonly opened: number;
  /** The control, right after: as usual it is refused again. */
  readonly refusedAgain: boolean;
  readonly ms: number;
  /** What came from that address meanwhile, packet by packet. */
  readonly heads?: readonly AnswerHead[];
}

export interface CertificateFact {
  readonly subject: Hostile;
  readonly issuer: Hostile;
  readonly names: readonly Hostile[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly fingerprint256: string;
  readonly selfSigned: boolean;
  readonly isCa: boolean;
  /** Where the issuer's own certificate is published (authority information access). */
  readonly issuerUrl?: Hostile;
}

export interface TlsTry {
  readonly address: string;
  readonly port: number;
  readonly serverName: string | null;
  readonly ms: number;
  readonly failure?: Failure;
  readonly version?: string;
  readonly cipher?: string;
  readonly alpn?: string | null;
  readonly chain: readonly CertificateFact[];
  /** Every fault that verification found, by its own name; the first is `failure`. */
  readonly faults: readonly Failure[];
  /** The alert the server sent, by number. */
  readonly alert?: number;
  readonly clientCertificateAsked: boolean;
  readonly ocsp: 'good' | 'revoked' | 'unknown' | 'absent' | 'unreadable';
  /** First bytes the other side sent when they were no TLS. */
  readonly plainGreeting?: Hostile;
  readonly wallClock: string;
  /** The certificate of this device's store in which the chain ends. */
  readonly anchor?: {
    readonly subject: Hostile;
    readonly fingerprint256: string;
    /** It is in Node's own list too (Mozilla's): a public authority, not one that was added to this device. */
    readonly public: boolean;
  };
  /** Why this device trusts nobody of the chain, where that is its own store's fault and not the certificate's. */
  readonly storeLacks?: {
    /** How many authorities it trusts at all. */
    readonly authorities: number;
    /** Where they were read. */
    readonly sources: readonly string[];
    /** What a variable of the environment names in place of the system's list, and holds no certificate. */
    readonly hollow?: { readonly variable: string; readonly path: string };
    /** By Node's own list (Mozilla's) the chain holds. */
    readonly holdsPublicly: boolean;
  };
  /**
   * The other end of the connection is a socket of this very device. Looked for only where the chain holds by an authority
   * that was added to this device.
   */
  readonly endsHere?: boolean;
  /** The server's own clock (the Date of an HTTP answer), asked for when the certificate's dates are at fault. */
  readonly serverDate?: string;
}

/** Services that wait for their client, and stay silent or hang up where another one's begins. */
export type OtherClient = 'as-redis' | 'as-postgres';

/**
 * Further handshakes that tell causes apart, each with one thing changed: `same` is the control, `tls` is TLS on a port
 * that was meant to be plain, `plain-http` a plain request on a port that was meant for TLS (without a failure: HTTP came
 * back, with that status). `plain` what a client of the service that was meant says first, without TLS; `as-redis` and
 * `as-postgres` what a client of another service does. `tls12` leaves TLS 1.3 out, and nothing else.
 */
export interface TlsVariations {
  readonly tries: readonly (TlsTry & {
    readonly variation:
      | 'same'
      | 'no-name'
      | 'other-name'
      | 'old-versions'
      | 'tls12'
      | 'plain-http'
      | 'tls'
      | 'plain'
      | OtherClient;
    readonly status?: number;
    /** The protocol of what answered to a client's first words. */
    readonly speaks?: string;
  })[];
}

/** A handshake with a host that has nothing to do with the target: `www.example.net:443`. */
export type TlsReference = TlsTry & {
  readonly name: string;
  /** Its chain holds by Node's own list (Mozilla's), whatever this device trusts: a public authority signed it. */
  readonly public: boolean;
};

/** A socket of this device at which a connection to somewhere else has ended. */
export interface LocalEnd {
  readonly address: string;
  readonly port: number;
  readonly process: string | null;
  readonly pid: number | null;
  /** Whose socket it is. */
  readonly uid?: number;
  /** No program has taken it over: it waits in the queue of whoever listens there, for as long as was waited. */
  readonly taken?: false;
  /**
   * What leads from that program to the outside once a handshake with it is done. `same`: a connection to the target on
   * which as much was sent as by us: it passes on what it gets. `other`: something else was sent on it: the program speaks
   * for itself. `none`: nothing leads out of it at all: it answers by itself.
   */
  readonly onward?: 'same' | 'other' | 'none' | 'unknown';
}

/** Of a connection to each address of the target: its other end, where that is a socket of this very device. */
export type LocalEnds = readonly { readonly address: string; readonly port: number; readonly end: LocalEnd | null }[];

export interface HttpTry {
  /** Of one that was too slow: bytes that came in on the connection while it was waited for, encrypted as they are. */
  readonly receivedBytes?: number;
  readonly address: string;
  readonly port: number;
  readonly url: string;
  readonly ms: number;
  readonly failure?: Failure;
  readonly status?: number;
  readonly reason?: Hostile;
  readonly headers: Readonly<Record<string, Hostile>>;
  readonly bodyBytes: number;
  /** Bounded, as text, only when it helps (error pages, block pages). */
  readonly bodyHead?: Hostile;
  /** A short page in the clear that speaks of being blocked; told here because a redacted report leaves its text out. */
  readonly ofBlocking?: true;
  readonly location?: Hostile;
  /** First bytes of an answer that is no HTTP. */
  readonly greeting?: Hostile;
}

export interface GreetingTry {
  readonly address: string;
  readonly port: number;
  readonly ms: number;
  readonly failure?: Failure;
  /** `ssh`, `smtp`, `mysql`, `tls`, `http`, … or null when it said nothing that is known. */
  readonly protocol: string | null;
  readonly text?: Hostile;
  /** The server waits for the client to speak first: silence is no fault. */
  readonly silent: boolean;
}

/** One step of a chain of redirects, measured like a target of its own. */
export interface RedirectHop {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly nameFailure?: Failure;
  /** It goes through a proxy, which its own scheme chooses. */
  readonly proxy?: ProxyWay;
  readonly connect: readonly AddressProbe[];
  readonly tls?: TlsTry;
  readonly http?: HttpTry;
  /** Set when the chain ends here for a reason of its own. */
  readonly failure?: Failure;
}

/** A thing that is asked only to tell "this target" from "everything". Its own failure proves nothing. */
export interface ReferenceTry {
  readonly kind: 'resolver' | 'portal' | 'host' | 'gateway';
  readonly name: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly ok: boolean;
  readonly failure?: Failure;
  readonly status?: number;
  readonly says?: Hostile;
  /** Where the page that came leads on by itself, or where it has people log in. */
  readonly leadsTo?: Hostile;
  readonly ms: number;
}

export interface EgressTry {
  readonly address: string;
  readonly port: number;
  /** Who answered a packet with a TTL of 1, if anybody: it left this device. */
  readonly answeredBy: string | null;
  /** What a datagram to the same address and port met at once. */
  readonly datagram: Failure | null;
  /** The target itself refused that datagram, which could pass no router. */
  readonly atFirstHop?: true;
}

export interface HopFact {
  readonly ttl: number;
  readonly address: string | null;
  readonly icmp: { readonly type: number; readonly code: number } | null;
  readonly ms: number | null;
}

export interface PathFact {
  readonly address: string;
  readonly port: number;
  readonly hops: readonly HopFact[];
  /** The TTL at which the target itself answered. */
  readonly reachedAt: number | null;
}

/** Programs that listen on the target's port in other network namespaces of this machine (containers, sandboxes). */
export interface NamespacesFact {
  /** What this process runs in, as far as it shows: `docker`, `podman`, `wsl`, `systemd-nspawn`, … */
  readonly inside: string | null;
  readonly listeners: readonly {
    readonly address: string;
    readonly port: number;
    /** Who listens; where that is not shown (`process` is null then), anybody in that namespace. */
    readonly pid: number;
    readonly process: string | null;
    /** Namespaces in the order in which they were found, from 1: two listeners of one namespace have the same. */
    readonly network?: number;
    /** The first process of that namespace: of a container the one that its engine started. */
    readonly first?: number;
    /** Who runs the process, by the number of the account. */
    readonly uid?: number | null;
    /** The container of the process, as its control group has it. */
    readonly container?: string | null;
  }[];
  /** Whether all processes could be looked at. */
  readonly complete: boolean;
  /** Whether this process is in the machine's own network namespace, and not in one that was made on it. */
  readonly initial?: boolean;
}

/** One that IPVS shares out among real servers. */
export interface VirtualService {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly scheduler: string;
  /** Of weight 0 none gets new connections. */
  readonly servers: readonly { readonly address: string; readonly port: number; readonly weight: number }[];
}

/** Everything that can be measured, by key. A missing key was not asked for. */
export interface FactValues {
  'device.self': DeviceSelf;
  'device.interfaces': readonly InterfaceFact[];
  'device.routes': RoutesFact;
  'device.neighbours': readonly NeighbourFact[];
  'device.listeners': ListenersFact;
  'device.namespaces': NamespacesFact;
  'device.limits': LimitsFact;
  'device.counters': readonly CountersFact[];
  /** What becomes here of packets to a place that keeps silent, and of what comes back. */
  'device.swallowed': readonly SwallowedTry[];
  /** Security programs, by what they hold. */
  'device.guards': GuardsFact;
  /** What security modules of the kernel wrote down of connections that they refused. */
  'device.denials': DenialsFact;
  /** A firewall that decides for each program. */
  /** Null: there is none. */
  'device.appFirewall': AppFirewallFact | null;
  /** Those that are asked when the named program is opened. */
  'device.programGuards': ProgramGuardsFact;
  /** What they wrote down while this diagnosis went on. */
  'device.guardLog': GuardLogFact;
  'http.pastShield': BlockedPageFact;
  /** Of a target that is a unix socket. */
  'device.socketFile': SocketFileFact;
  /** Programs that should listen here, where the target is this device. */
  'device.services': LocalServicesFact;
  /** Of the program that listens on the target's port on loopback addresses alone. */
  'device.binding': readonly BindingLine[];
  /** Virtual services of the kernel's own balancer (IPVS) on the target's port. */
  'device.balancer': readonly VirtualService[];
  /** Containers of this device, as their engine tells. */
  'device.containers': ContainersFact;
  /** Programs in the kernel that decide about connections from here. */
  'device.policies': PoliciesFact;
  /** The program that should connect, where one was named. */
  'device.program': ProgramFact;
  'name.system': SystemNames;
  'name.config': NameConfig;
  'name.hosts': readonly HostsLine[];
  /** Each configured resolver, asked directly. */
  'name.direct': DirectNames;
  /** The reference resolvers, asked for the target's name. */
  'name.reference': DirectNames;
  'name.redirect': RedirectName;
  /** Configured and reference resolvers once more, in other ways, with patience for a second answer. */
  'name.again': DirectNames;
  /** Whether somebody answers in the name of others. */
  'name.impostor': ImpostorNames;
  /** Configured resolvers, asked for names that nobody can have, and for names that surely have addresses. */
  'name.others': readonly OtherName[];
  /** How many questions in a row each configured resolver answers. */
  'name.series': readonly LossCount[];
  /** Configured resolvers a second later: whether the time that an answer may be kept runs out. */
  'name.later': LaterNames;
  /** The servers of the zone that the name is in. */
  'name.authority': AuthorityNames;
  /** Resolvers that failed, asked to leave signatures unchecked. */
  'name.unchecked': UncheckedNames;
  /** The chain of signatures over the name, checked link by link. */
  'name.chain': NameChain;
  /** What this device itself remembers of names, outside of its resolvers. */
  'name.caches': NameCaches;
  /** Configured resolvers, asked as an option of the resolver file says, and without it. */
  'name.options': NameOptions;
  /** What answers for the target at addresses that others give for the name. */
  'name.places': readonly PlaceTry[];
  /** What stops the target where others say that the name leads. */
  'name.ahead': NameAhead;
  /** Names that may have been meant by one that does not exist. */
  'name.meant': MeantNames;
  /** What browsers of this user have that can stop the page. */
  'device.browsers': BrowsersFact;
  /** The page in a real browser. */
  'browser.trials': BrowserTrials;
  /** What the desktop sets for browsers. */
  'proxy.desktop': DesktopProxy;
  'proxy.choice': ProxyChoice;
  /** What this device gives for the name of the proxy that was chosen. */
  'proxy.addresses': ProxyAddresses;
  'proxy.connect': readonly AddressProbe[];
  /** All of the way to it and through it. */
  'proxy.way': ProxyWay;
  'proxy.settings': ProxySettings;
  /** What the PAC scripts among them say for this target. */
  'proxy.pac': readonly PacOutcome[];
  /** Through each proxy that is set elsewhere on this device. */
  'proxy.trials': readonly ProxyTrial[];
  /** The proxy that is used, asked for the same page of a host that cannot exist. */
  'proxy.nobody': ProxyTrial;
  /** The same proxy, spoken to in other schemes. */
  'proxy.variations': readonly ProxyTrial[];
  connect: readonly AddressProbe[];
  /** Without the proxy that is set. */
  'connect.direct': DirectWay;
  /** The addresses that DNS gives, tried where the system's own differ from them. */
  'connect.elsewhere': readonly AddressProbe[];
  'connect.ports': readonly PortControl[];
  'connect.localEnd': LocalEnds;
  'connect.series': readonly LossSeries[];
  'connect.egress': readonly EgressTry[];
  'connect.reset': readonly ResetDistance[];
  'connect.wire': readonly WireTry[];
  'connect.unrouted': readonly UnroutedTry[];
  'connect.forged': readonly ForgedReset[];
  'connect.told': readonly ToldError[];
  /** With hop limits too small for the target. */
  'connect.near': NearAcceptance;
  'connect.held': readonly HeldTry[];
  /** Of connections that a program of this device decides about: whether they left it. */
  'connect.left': readonly LeftTry[];
  /** By another interface of this device; for what goes beside a tunnel, by that. */
  'connect.otherWay': readonly OtherWayTry[];
  /** Tunnels of this device that are up. */
  'device.tunnels': readonly TunnelFact[];
  /** Where those on the way to what failed send the packets that carry ours. */
  'device.tunnelEnds': readonly TunnelEnd[];
  /** The kernel's trace of these packets. */
  'tunnel.trace': readonly CarrierTrace[];
  /** VPNs that are set up on this device, running or not. */
  'device.vpnProfiles': readonly VpnProfile[];
  /** What the name servers of tunnels say, which this device does not ask. */
  'name.inTunnel': DirectNames;
  /** Out of the topmost control group. */
  'connect.otherGroup': readonly OtherGroupTry[];
  'kernel.trace': KernelTrace;
  'kernel.said': readonly SaidTrace[];
  'device.firewall': FirewallFact;
  /** Of a target that asks how others reach this device. */
  inbound: InboundFact;
  'device.firewallManagers': FirewallManagersFact;
  'device.firewallLog': FirewallLogFact;
  /** Of rules of iptables-legacy, which no trace follows: whether they count our own connections. */
  'device.ruleCounts': readonly RuleCount[];
  'device.bans': BansFact;
  tls: readonly TlsTry[];
  'tls.variations': TlsVariations;
  /** Where an answer comes in a trickle: for the name that was asked for and for another one. */
  'tls.pace': Pace;
  /** Where TLS works: whether it works with a hello as large as a browser's. Only with `--thorough` or `--browser`. */
  'tls.largeHello': LargeHelloFact;
  /** Handshakes with hosts that have nothing to do with the target. */
  'tls.references': readonly TlsReference[];
  http: readonly HttpTry[];
  'http.again': readonly HttpTry[];
  redirects: readonly RedirectHop[];
  greeting: readonly GreetingTry[];
  /** The failed step of TLS or HTTP again, with one thing changed at a time. */
  interference: InterferenceFact;
  references: readonly ReferenceTry[];
  /** Portals that this network has announced. */
  'portal.announced': readonly AnnouncedPortal[];
  /** What they say when they are asked. */
  'portal.api': readonly PortalApiFact[];
  /** The service's own public status page. */
  'service.status': StatusPageFact;
  /** Several others' clocks. */
  clocks: readonly OtherClock[];
  /** The target's port on the reference hosts. */
  'references.port': readonly ReferenceTry[];
  path: readonly PathFact[];
  /** Where a silent way ends, and what gets past that place. */
  'path.past': readonly WayPast[];
  'path.owners': readonly HopOwner[];
  /** Who answers on the own link for the addresses that the connection hangs on. */
  'link.owners': readonly LinkOwners[];
  'path.sizes': readonly PacketSizes[];
  /** What this device's own router tells of itself. */
  router: RouterFact;
  /** Of a server that offers HTTP/3. */
  quic: readonly QuicTry[];
  /** The same of hosts that have nothing to do with the target. */
  'quic.references': readonly (QuicTry & { readonly name: string })[];
}

export type FactKey = keyof FactValues;

export type Facts = { readonly target: Target } & { readonly [K in FactKey]?: Observed<FactValues[K]> };

/** The value of a fact, or undefined when it is not known for whatever reason. */
export function fact<K extends FactKey>(facts: Facts, key: K): FactValues[K] | undefined {
  const observed = facts[key] as Observed<FactValues[K]> | undefined;
  return observed?.state === 'known' ? observed.value : undefined;
}
