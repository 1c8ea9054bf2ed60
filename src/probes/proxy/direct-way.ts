import { familyOf, scopeOf } from '../../model/address.js';
import type { AddressProbe } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { DirectWay, ProxyServer } from '../../model/proxy-facts.js';
import type { LookupResult } from '../../model/system.js';
import type { Target } from '../../model/target.js';
import { tryOf } from '../connect/connect-try.js';
import { within } from '../redirects/ask-step.js';
import { askTarget } from './try-target.js';

const mostAddresses = 3;
/** The first packet is sent once more after a second, and has another one for its answer. */
const longest = { nameMs: 4000, connectMs: 2000 };

/** The experiment for a proxy that fails: the same target without it. Only the proxy changes. */
export const directWay: Gatherer<'connect.direct'> = {
  fact: 'connect.direct',
  needs: ['proxy.choice'],
  base: false,
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: ['proxy.connect', 'proxy.way'], afterMs: 1_200 },
  when: (facts) => {
    const server = proxyOf(facts)?.server;
    if (proxyOf(facts) === null) return 'it goes directly anyway';
    return server && hidesWhoAsks(server, facts.target.host) ? 'the target would see who asks' : null;
  },
  async gather({ target }, context) {
    const value = await goDirectly(target, context);
    return context.signal.aborted ? skipped('ended before the direct way was tried') : known(value, 'connect()');
  },
};

/** Tor: whoever goes through it does not want to be seen by the target, or by a resolver. */
function hidesWhoAsks({ host, port }: ProxyServer, target: string): boolean {
  return target.endsWith('.onion') || (scopeOf(host) === 'loopback' && (port === 9050 || port === 9150));
}

async function goDirectly(target: Target, context: Context): Promise<DirectWay> {
  const { system, signal, options } = context;
  const found: LookupResult = target.literal === 0 ? await lookUp(target.host, context) : { addresses: [target.host] };
  const addresses = found.addresses.filter((one) => options.family === 0 || familyOf(one) === options.family);
  const base = { addresses: addresses.slice(0, 16) };
  if (found.failure) return { ...base, connect: [], nameFailure: found.failure };
  const connect: AddressProbe[] = [];
  // One of each family at first: where one family is dead the other may hold.
  for (const address of oneOfEach(addresses).slice(0, mostAddresses)) {
    if (signal.aborted) break;
    const timeoutMs = within(longest.connectMs, context);
    const request = { address, port: target.port, timeoutMs, interface: options.interface };
    const { stream, ...result } = await system.sockets.dial(request, signal).done;
    connect.push({ address, port: target.port, first: tryOf(address, target.port, result), repeats: [] });
    if (stream) return { ...base, connect, ...(await askTarget(target, address, stream, context)) };
  }
  return { ...base, connect };
}

async function lookUp(host: string, context: Context): Promise<LookupResult> {
  const { system, signal, options } = context;
  const late = new AbortController();
  const done = new AbortController();
  const over = AbortSignal.any([signal, done.signal]);
  void system.clock.sleep(within(longest.nameMs, context), over).then(() => late.abort());
  const found = await system.lookup(host, options.family, AbortSignal.any([signal, late.signal]));
  done.abort();
  return found;
}

function oneOfEach(addresses: readonly string[]): string[] {
  const first = ([4, 6] as const).flatMap((family) => addresses.find((one) => familyOf(one) === family) ?? []);
  const inOrder = addresses.filter((one) => first.includes(one));
  return [...new Set([...inOrder, ...addresses])];
}
