import { fact, type AddressProbe, type Facts } from './facts.js';
import { proxyOf } from './proxied.js';

/** Every connection that was tried, for the target itself, its proxy, and for what its redirects lead to. */
export function probesOf(facts: Facts): readonly AddressProbe[] {
  return [
    ...(fact(facts, 'connect') ?? []),
    ...(fact(facts, 'proxy.way')?.connect ?? []),
    ...(fact(facts, 'redirects') ?? []).flatMap((step) => [...step.connect, ...(step.proxy?.connect ?? [])]),
  ];
}

/** Those that failed, with a packet sent or meant to be sent. */
export function failedProbes(facts: Facts): readonly AddressProbe[] {
  return probesOf(facts).filter((probe) => probe.first.failure !== undefined && probe.port > 0);
}

/** The connections that are still being opened, to the target or to the proxy that it goes through: silent so far. */
export function stillOpening(facts: Facts): { readonly address: string; readonly port: number }[] {
  const server = proxyOf(facts)?.server;
  const { target, connect, 'proxy.connect': toProxy } = facts;
  if (server ? toProxy : connect) return [];
  const addresses = server ? (fact(facts, 'proxy.addresses')?.addresses ?? []) : addressesOfTarget(facts);
  return [...new Set(addresses)].map((address) => ({ address, port: server?.port ?? target.port }));
}

/** As it was typed, or as this device finds them by its name. */
export function addressesOfTarget(facts: Facts): readonly string[] {
  return facts.target.literal !== 0 ? [facts.target.host] : (fact(facts, 'name.system')?.addresses ?? []);
}
