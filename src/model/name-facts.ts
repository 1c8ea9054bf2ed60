/** Facts of experiments with names: the same question in other ways, at other times and to others. */
import type { ConnectTry, Hostile, HttpTry, LocalEnds, ResolverAnswer, RoutesFact, TlsTry } from './facts.js';
import type { Failure } from './failure.js';
import type { InterferenceFact } from './interference.js';

/** Another whole answer to a query that was answered already. */
export interface OtherWord {
  /** `answer`, `nxdomain`, `nodata`, `servfail`, … */
  readonly kind: string;
  readonly addresses: readonly string[];
  /** After the query was sent. */
  readonly ms: number;
}

/** A question for the target's name, sent to an address where nobody answers such questions. */
export interface ImpostorTry {
  readonly address: string;
  /** Where the address is from: a name of the settings. */
  readonly host: string;
  /** What came back. */
  readonly answer?: ResolverAnswer;
  readonly failure?: Failure;
}

/** A resolver that was asked with hop limits too small to get there. */
export interface NearTry {
  readonly resolver: string;
  /** The smallest hop limit with which an answer came; null when none of those tried brought one. */
  readonly answeredAt: number | null;
  /** Who said of a packet to another port of that address, with the same hop limit, that it went too far. */
  readonly expiredFrom: string | null;
}

export interface ImpostorNames {
  readonly name: string;
  readonly hosts: readonly ImpostorTry[];
  readonly near: readonly NearTry[];
}

/** What a configured resolver says to a question for another name than the target's. */
export interface OtherName {
  /** `made-up`: of this very moment, so that nobody can have it. `known`: of the references, so that it has addresses. */
  readonly about: 'made-up' | 'known';
  /** The name; of one that is made up the domain that it lies beneath. */
  readonly name: string;
  readonly answer: ResolverAnswer;
}

/** One resolver's answer now and some time later. */
export interface LaterAnswer {
  readonly resolver: string;
  readonly first: ResolverAnswer;
  readonly second: ResolverAnswer;
  /** Between the two answers. */
  readonly apartMs: number;
  /** What the resolver calls itself (version.bind), where it says. */
  readonly software?: Hostile;
}

export interface LaterNames {
  readonly name: string;
  readonly resolvers: readonly LaterAnswer[];
}

export interface ZoneServer {
  readonly name: string;
  readonly address: string;
  readonly answers: readonly ResolverAnswer[];
  /** Version of the zone that it serves (the SOA's serial number). */
  readonly serial?: number;
  /** Why it serves nothing of this zone, when it does not: `REFUSED`, `timeout`, `not authoritative`, … */
  readonly lame?: string;
}

export interface AuthorityNames {
  readonly name: string;
  /** The zone that the delegation leads to. */
  readonly zone: string;
  /** Who named its servers: the parent zone's server or a resolver. */
  readonly delegatedBy: string;
  readonly servers: readonly ZoneServer[];
  /** Servers without an address that could be found. */
  readonly addressless: readonly string[];
}

/** One resolver, asked with checking disabled (CD). */
export interface UncheckedAnswer {
  readonly resolver: string;
  readonly answer: ResolverAnswer;
  /** Where one came: what it says right after that to the question as it was asked at first. */
  readonly checked?: ResolverAnswer;
  /** When the signature over what came back ends and begins (RRSIG), where one came with it. */
  readonly signature?: { readonly signer: string; readonly from: string; readonly until: string };
}

/** A resolver that gives the name, asked whether it has checked the signatures (the AD bit of its answer). */
export interface CheckedAnswer {
  readonly resolver: string;
  readonly authentic: boolean;
}

export interface UncheckedNames {
  readonly name: string;
  readonly answers: readonly UncheckedAnswer[];
  readonly checked: readonly CheckedAnswer[];
  readonly wallClock: string;
}

/** Programs of this device that remember addresses before any resolver is asked. */
export interface NameCaches {
  /** The name service cache daemon: what it gives for the name; null when it does not run. */
  readonly nscd: { readonly socket: string; readonly addresses: readonly string[] } | null;
}

/** What is found at one address that somebody gives for the name. */
export interface PlaceTry {
  readonly address: string;
  readonly port: number;
  readonly connect: ConnectTry;
  readonly tls?: TlsTry;
  readonly http?: HttpTry;
}

/** What was measured where others say that the name leads, because the target does not work there either. */
export interface NameAhead extends Pick<PlaceTry, 'address' | 'port'> {
  readonly routes: RoutesFact | null;
  readonly localEnd: LocalEnds | null;
  readonly interference: InterferenceFact | null;
}

/** What is wrong with a link of the chain of signatures. `not-checked`: by an algorithm, or of a kind, that is not checked here. */
export type ChainFlaw =
  | 'signature-missing'
  | 'signature-expired'
  | 'signature-not-yet-valid'
  | 'signature-wrong'
  /** The zone does not publish the key that has signed. */
  | 'key-missing'
  /** The zone publishes no keys, though its parent says that it is signed. */
  | 'keys-missing'
  /** None of the zone's keys is the one that its parent names. */
  | 'delegation-mismatch'
  /** A signed zone says no, and proves it by no record. */
  | 'denial-missing'
  /** A signed answer for all names below, and no proof that this one has none of its own. */
  | 'wildcard-unproven'
  | 'not-checked';

/** One link: the parent's word of the zone's key, the zone's keys, the answer itself. */
export interface ChainLink {
  readonly zone: string;
  readonly of: 'delegation' | 'keys' | 'answer';
  readonly flaw?: ChainFlaw;
  /** Of a delegation: the parent proves that it names no key for the zone. Nothing below it needs to be signed. */
  readonly unsigned?: true;
  /** Of an answer: the zone proves that there is no such name, or nothing of the type that was asked for. */
  readonly denies?: 'name' | 'type';
  readonly from?: string;
  readonly until?: string;
  readonly keyTag?: number;
}

/** The chain of signatures (RFC 4035) from the root to the name, fetched with checking disabled and checked here. */
export interface NameChain {
  readonly name: string;
  /** Who gave the records. */
  readonly resolver: string;
  /** The root's key is one that IANA publishes, or that the settings name. */
  readonly anchored: boolean;
  /** From the top down, as far as zones are signed. */
  readonly links: readonly ChainLink[];
  readonly wallClock: string;
}

/** One word behind `options` in the resolver file. */
export interface ResolverOption {
  readonly word: 'use-vc' | 'edns0' | 'trust-ad' | 'rotate' | 'timeout' | 'attempts';
  readonly value?: number;
  /** `/etc/resolv.conf:2`, or which variable of the environment. */
  readonly location: string;
}

/** What became of questions to one resolver that differ from the usual ones by one option alone. */
export interface OptionTry {
  readonly resolver: string;
  readonly port: number;
  /** `plain`: as a system without any option asks. */
  readonly how: 'plain' | 'use-vc' | 'edns0' | 'trust-ad';
  /** What each said: `addresses`, the name of a code (`FORMERR`), `silent`, how it failed (`refused`). */
  readonly said: readonly string[];
  /** How long the slowest and the quickest that was answered took. */
  readonly slowestMs?: number;
  readonly quickestMs?: number;
}

export interface NameOptions {
  readonly name: string;
  readonly tries: readonly OptionTry[];
}
