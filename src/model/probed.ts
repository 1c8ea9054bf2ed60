import { fact, type AddressProbe, type Facts } from './facts.js';

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
