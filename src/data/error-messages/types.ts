import type { MeaningId } from './meanings/index.js';

/** Where on the way to the server the message says that it stopped (the report's own list of stages). */
export type Stage = 'target' | 'name' | 'route' | 'proxy' | 'connect' | 'tls' | 'http' | 'service';

/** The ids of the catalogue of causes that a message alone can point to. */
export type CandidateId =
  | 'reachable'
  | 'momentary-glitch'
  | 'undetermined'
  | 'mistyped-name'
  | 'wrong-scheme-or-port'
  | 'loopback-of-other-namespace'
  | 'name-does-not-exist'
  | 'name-has-no-address'
  | 'no-dns-configured'
  | 'resolver-unreachable'
  | 'resolver-failing'
  | 'dnssec-bogus'
  | 'name-filtered'
  | 'dns-answer-forged'
  | 'stale-dns-cache'
  | 'hosts-file-override'
  | 'network-down'
  | 'no-route'
  | 'subnet-overlap'
  | 'local-firewall'
  | 'app-policy'
  | 'os-network-permission'
  | 'connection-redirected'
  | 'proxy-misconfigured'
  | 'proxy-unreachable'
  | 'proxy-refuses'
  | 'proxy-required'
  | 'vpn-blocks'
  | 'antivirus-intercepts-tls'
  | 'antivirus-blocks-url'
  | 'antivirus-quarantined-app'
  | 'antivirus-blocks-app'
  | 'browser-extension'
  | 'browser-policy'
  | 'browser-forces-https'
  | 'containers-not-connected'
  | 'port-not-published'
  | 'no-backend'
  | 'ephemeral-ports-exhausted'
  | 'too-many-open-files'
  | 'conntrack-table-full'
  | 'clock-wrong'
  | 'ipv6-broken'
  | 'ipv4-broken'
  | 'gateway-unreachable'
  | 'captive-portal'
  | 'address-conflict'
  | 'internet-down'
  | 'rejected-by-hop'
  | 'unreachable-by-hop'
  | 'dropped-on-path'
  | 'port-blocked-everywhere'
  | 'reset-injected'
  | 'sni-filtered'
  | 'http-filtered'
  | 'tls-intercepted'
  | 'quic-blocked'
  | 'path-mtu-blackhole'
  | 'packet-loss'
  | 'routing-loop'
  | 'nothing-listening'
  | 'listens-on-loopback-only'
  | 'listens-on-other-family'
  | 'host-down'
  | 'server-firewall'
  | 'client-banned'
  | 'server-overloaded'
  | 'server-closes-at-once'
  | 'server-not-responding'
  | 'service-starting'
  | 'service-refuses-client'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
  | 'certificate-name-mismatch'
  | 'certificate-untrusted'
  | 'certificate-chain-incomplete'
  | 'certificate-revoked'
  | 'tls-version-mismatch'
  | 'client-certificate-required'
  | 'http-server-error'
  | 'gateway-upstream-down'
  | 'http-forbidden'
  | 'legal-block'
  | 'rate-limited'
  | 'redirect-loop'
  | 'service-outage';

/** What a message says, in words for a person without network knowledge, whichever program says it. */
export interface Meaning {
  readonly stage: Stage;
  /** Likeliest first. */
  readonly candidates: readonly CandidateId[];
  readonly means: string;
  /** Corrects what is usually, and wrongly, concluded from the message. */
  readonly doesNotMean: string;
}

/** Programs and systems whose messages are known; `from` of the result. */
export type Origin =
  | 'chromium'
  | 'firefox'
  | 'safari'
  | 'edge'
  | 'curl'
  | 'wget'
  | 'ssh'
  | 'git'
  | 'npm'
  | 'pip'
  | 'apt'
  | 'docker'
  | 'kubectl'
  | 'libpq'
  | 'mysql'
  | 'redis'
  | 'mongodb'
  | 'smtp'
  | 'java'
  | 'go'
  | 'python'
  | 'dotnet'
  | 'node'
  | 'php'
  | 'rust'
  | 'ruby'
  | 'openssl'
  | 'gnutls'
  | 'windows'
  | 'macos'
  | 'posix'
  | 'http';

/**
 * - `program`: a program that people start; its name goes before all others.
 * - `runtime`: a language's own library, named when no program is recognised around it.
 * - `system`: words that many programs pass on (the C library's, Windows', OpenSSL's, a status line).
 */
export type Layer = 'program' | 'runtime' | 'system';

/**
 * A pattern is the message's own wording. Case, accents, quotation marks and line breaks do not matter. Braces hold
 * what differs: `{host}` any host, `{site}` a host with a dot in it (or localhost, an address), `{port}`, `{number}`,
 * `{endpoint}` host and port together, `{url}`, `{path}` of a socket file, `{any}` up to a few hundred characters.
 * Angle brackets mark the part that is the message's name where the whole is too long.
 */
export type Pattern = string;

export interface MessageTable {
  readonly from: Origin;
  readonly layer: Layer;
  /** Where the wording comes from. */
  readonly source: string;
  /** Port of the program's own protocol, where a message names only a host. */
  readonly port?: number;
  /** Say what is wrong. */
  readonly messages?: Partial<Record<MeaningId, readonly Pattern[]>>;
  /** Say that something is wrong but not what: taken when nothing better is in the text. */
  readonly vague?: Partial<Record<MeaningId, readonly Pattern[]>>;
  /** Show only which program speaks and to whom. */
  readonly marks?: readonly Pattern[];
  /** Ordinary words that also occur in prose: not taken after "no", "if", "avoid" and the like. */
  readonly plain?: true;
  /** Bare numbers, taken only after a word such as "error" or "code", in brackets, or when they are the whole text. */
  readonly numbers?: Partial<Record<MeaningId, readonly string[]>>;
}
