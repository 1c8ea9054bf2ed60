import type { Duplex } from 'node:stream';
import { type Facts, fact } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';
import { proxyOf } from '../../model/proxied.js';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The key of an open connection: the id of the attempt that opened it. */
export const streamKey = (stage: 'connect' | 'tls' | 'proxy', { address, port }: Endpoint): string =>
  `${stage}:${address}:${port}`;

/**
 * Where the target was reached, in the order in which programs try its addresses. While connecting is still going on
 * elsewhere (a silent second address), what is open already counts. Through a proxy nobody here sees an address: the
 * host's name stands for it.
 */
export function reachedEndpoints(facts: Facts, context: Context): Endpoint[] {
  const probes = fact(facts, 'connect') ?? [];
  const held = probes.filter((probe) => [probe.first, ...probe.repeats].some((one) => one.failure === undefined));
  if (hasPassedProxy(facts)) return [{ address: facts.target.host, port: facts.target.port }];
  const open = [...context.streams.keys()].flatMap((key) => endpointOf(key) ?? []);
  const all = [...held.map(({ address, port }) => ({ address, port })), ...open];
  return all.filter(
    (one, i) => all.findIndex((other) => streamKey('connect', other) === streamKey('connect', one)) === i,
  );
}

function hasPassedProxy(facts: Facts): boolean {
  const way = fact(facts, 'proxy.way');
  if (!way) return false;
  if (!way.forwards) return way.tunnels.some((tunnel) => !tunnel.failure);
  const connected = way.connect.some((probe) => [probe.first, ...probe.repeats].some((one) => !one.failure));
  return connected && !way.tls?.failure;
}

function endpointOf(key: string): Endpoint | undefined {
  const [, address, port] = /^connect:(.*):(\d+)$/.exec(key) ?? [];
  return address === undefined ? undefined : { address, port: Number(port) };
}

/**
 * The endpoints once they are known: at once when the connections are settled or one is open, else when the first opens.
 */
export async function waitForEndpoints(facts: Facts, context: Context): Promise<Endpoint[]> {
  let settled = facts.connect !== undefined && facts['proxy.way'] !== undefined;
  const settling = Promise.all([context.settled('connect'), context.settled('proxy.way')]).then(() => (settled = true));
  for (;;) {
    const found = reachedEndpoints(settled ? context.latest() : facts, context);
    if (found.length > 0 || settled || context.signal.aborted) return found;
    await Promise.race([settling, context.system.clock.sleep(5, context.signal)]);
  }
}

const longestConnectMs = 3000;

/** The connection that the step before left open, or a new one to the same place. */
export async function connectionTo(endpoint: Endpoint, context: Context): Promise<Duplex | Failure> {
  const key = streamKey('connect', endpoint);
  const open = context.streams.get(key);
  if (!open) return dialAgain(endpoint, context);
  context.streams.delete(key);
  return open;
}

export async function dialAgain(endpoint: Endpoint, context: Context): Promise<Duplex | Failure> {
  const { system, signal, options } = context;
  if (proxyOf(context.latest())) {
    const { openAgain } = await import('../proxy/open-again.js');
    return openAgain(context);
  }
  const timeoutMs = Math.max(1, Math.min(longestConnectMs, context.remaining()));
  const request = { ...endpoint, timeoutMs, interface: options.interface };
  const result =
    endpoint.port === 0
      ? system.sockets.dialUnix(endpoint.address, timeoutMs, signal)
      : system.sockets.dial(request, signal);
  const { stream, failure } = await result.done;
  return stream ?? failure ?? { operation: 'connect', code: 'failed', raw: 'no connection' };
}

export function isOpen(connection: Duplex | Failure): connection is Duplex {
  return !('operation' in connection);
}
