import { hostPort } from './address.js';
import { fact, type Facts } from './facts.js';
import type { ProxyServer, ProxySetting } from './proxy-facts.js';

/** The setting by which the target goes through a proxy, or null when it goes directly (as far as is known). */
export function proxyOf(facts: Facts): ProxySetting | null {
  return fact(facts, 'proxy.way')?.setting ?? fact(facts, 'proxy.choice')?.setting ?? null;
}

/** These protocols carry an address, which this device has to find; all others carry the name. */
export function resolvesHere({ scheme }: ProxyServer): boolean {
  return scheme === 'socks4' || scheme === 'socks5';
}

/** Whether this device itself has to find an address for the target's name. */
export function needsOwnName(facts: Facts): boolean {
  const setting = proxyOf(facts);
  return setting === null || (setting.server !== null && resolvesHere(setting.server));
}

/** `http://proxy.example:3128`, without user and password. */
export function proxyUrl({ scheme, host, port }: ProxyServer): string {
  return `${scheme}://${hostPort(host, port)}`;
}

/** Every proxy that is set on this device, those that a script names for the target too. */
export function settingsOf(facts: Facts): readonly ProxySetting[] {
  const scripted = (fact(facts, 'proxy.pac') ?? []).flatMap(({ settings }) => settings ?? []);
  return [...(fact(facts, 'proxy.settings')?.settings ?? []), ...scripted];
}
