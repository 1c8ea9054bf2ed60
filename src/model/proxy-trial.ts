import { type AddressProbe, fact, type Facts, type HttpTry, type TlsTry } from './facts.js';
import type { ProxyServer, ProxyTrial } from './proxy-facts.js';
import type { Target } from './target.js';

/**
 * The same proxy, written as it answered when it was spoken to in other schemes, and whether the target was reached so:
 * else it only answered in the words of a proxy, since a login is wanted or SOCKS says no. Null: in none, or its
 * certificate does not hold: it is not to be spoken to in the clear instead.
 */
export function answeringProxy(facts: Facts): { readonly server: ProxyServer; readonly reaches: boolean } | null {
  if (fact(facts, 'proxy.way')?.tls?.faults.length) return null;
  const trials = fact(facts, 'proxy.variations') ?? [];
  const holds = trials.find((trial) => trialHolds(trial, facts.target));
  const server = (holds ?? trials.find(isUnderstood))?.way.setting.server;
  return server ? { server, reaches: holds !== undefined } : null;
}

/** Whether the target was reached through it, to its end. */
export function trialHolds({ way, tls, http }: ProxyTrial, target: Target): boolean {
  const passed = way.forwards ? way.connect.some(isOpen) : way.tunnels.some((tunnel) => !tunnel.failure);
  return endsOf({ ...(tls && { tls }), ...(http && { http }) }, passed, target).reaches;
}

function isUnderstood({ way }: ProxyTrial): boolean {
  return way.tunnels.some(
    ({ failure, reply }) => failure?.code === 'authentication' || (failure && reply !== undefined),
  );
}

/** `reaches`: it answered as somebody who can be told to be the target. `holds`: with what a person wants. */
export function endsOf(
  { tls, http }: { readonly tls?: TlsTry; readonly http?: HttpTry },
  open: boolean,
  target: Target,
): { readonly reaches: boolean; readonly holds: boolean } {
  if (!open) return { reaches: false, holds: false };
  if (target.protocol !== 'http') return { reaches: true, holds: true };
  const answered = http !== undefined && http.failure === undefined;
  // A certificate that holds tells who answers; of a page in the clear anybody may be the author.
  if (target.transport === 'tls') return { reaches: tls !== undefined && !tls.failure, holds: answered };
  return { reaches: answered, holds: answered };
}

export function isOpen({ first, repeats }: AddressProbe): boolean {
  return [first, ...repeats].some((one) => one.failure === undefined && one.pending !== true);
}
