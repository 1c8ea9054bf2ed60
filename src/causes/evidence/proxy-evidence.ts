import { familyOf, hostPort, scopeOf } from '../../model/address.js';
import type { Attempt, FailedAttempt } from '../../model/attempt.js';
import type { Evidence, Scene } from '../../model/cause.js';
import { fact, type FactKey, type HttpTry } from '../../model/facts.js';
import { writtenByProxy } from '../../model/proxied.js';
import type { ProxySetting, ProxyWay } from '../../model/proxy-facts.js';
import { endsOf, isOpen } from '../../model/proxy-trial.js';
import type { Culprit, Side } from '../../model/words.js';
import { isOwnAddress } from './connection-evidence.js';

/** The way through a proxy that this attempt is part of. */
export function wayOf(attempt: Attempt, { facts }: Scene): ProxyWay | undefined {
  return attempt.hop === 0 ? fact(facts, 'proxy.way') : fact(facts, 'redirects')?.[attempt.hop - 1]?.proxy;
}

/** Of an answer that refuses the wish: only a proxy writes it so. */
export function isSignedByProxy({ tunnels }: ProxyWay, { outcome }: FailedAttempt): boolean {
  return tunnels.some(
    ({ failure, headers, reply }) =>
      failure?.raw === outcome.raw && (reply !== undefined || (headers !== undefined && writtenByProxy(headers))),
  );
}

/** A redirection in answer to the wish for a connection: web servers send everybody to HTTPS so, proxies hardly ever. */
export function leadsElsewhere({ outcome }: FailedAttempt): boolean {
  return outcome.operation === 'proxy' && /^3\d\d\b/.test(outcome.raw);
}

/** Where that way is measured. */
export function wayFact({ hop }: Attempt): FactKey {
  return hop > 0 ? 'redirects' : 'proxy.way';
}

/** A step to a proxy, or the wish that it was asked for. */
export function isOfProxy(attempt: Attempt): boolean {
  return attempt.toProxy === true || attempt.stage === 'proxy';
}

/** `proxy.example:3128` */
export function proxyName({ server }: ProxySetting): string {
  return server ? hostPort(server.host, server.port) : 'the proxy';
}

/** `https_proxy`, an environment variable; `Acquire::http::Proxy`, set in /etc/apt/apt.conf.d/80proxy:1. */
export function whereSet({ name, location }: Pick<ProxySetting, 'name' | 'location'>): string {
  if (location === 'environment') return `the environment variable ${name}`;
  if (location === 'command line') return `the option ${name}`;
  return `${name} in ${location}`;
}

export function settingCulprit(setting: ProxySetting): Culprit {
  return {
    kind: 'setting',
    name: setting.name,
    location: setting.location,
    ...(setting.server && { address: proxyName(setting) }),
  };
}

export function proxyCulprit(setting: ProxySetting, attempt: Attempt): Culprit {
  const address = attempt.toProxy || attempt.stage === 'proxy' ? attempt.address : null;
  return { ...settingCulprit(setting), kind: 'proxy', address: address ?? setting.server?.host ?? '' };
}

/** A proxy on this very device is this device's; every other one is the network's. */
export function sideOfProxy(attempt: Attempt, scene: Scene): Side {
  const address = wayOf(attempt, scene)?.addresses[0] ?? attempt.address;
  return isOwnAddress(address ?? null, scene) ? 'this-device' : 'local-network';
}

/** What the same target did without the proxy, in the one experiment that is made of it. */
export interface Direct {
  /** It answered as somebody who can be told to be the target. */
  readonly reaches: boolean;
  /** It answered, and with what a person wants. */
  readonly holds: boolean;
  readonly address: string;
  readonly http: HttpTry | undefined;
}

/** Undefined when the target was not tried without the proxy. */
export function directly(attempt: Attempt, { facts }: Scene): Direct | undefined {
  const tried = attempt.hop === 0 ? fact(facts, 'connect.direct') : undefined;
  if (!tried) return undefined;
  const open = tried.connect.find(isOpen);
  const ends = endsOf(tried, open !== undefined, facts.target);
  return { ...ends, address: open?.address ?? tried.addresses[0] ?? '', http: tried.http };
}

/** Facts that a further look needs: the direct way is tried for the target itself only. */
export function notTriedDirectly(attempt: Attempt, { facts }: Scene): boolean {
  return attempt.hop === 0 && facts['connect.direct'] === undefined;
}

export function directEvidence(direct: Direct): Evidence {
  return { fact: 'connect.direct', says: `without the proxy the same target answers (${direct.address})` };
}

/** What only this device or its own network reaches: a proxy elsewhere means another host by it, or none. */
export function isNearby(host: string): boolean {
  const scope = familyOf(host) === 0 ? null : scopeOf(host);
  if (scope !== null) return scope !== 'public' && scope !== 'multicast';
  return !host.includes('.') || /\.(?:localhost|local|internal|lan|home|corp|home\.arpa)$/.test(host);
}
