import { fact, type FactKey, type Facts } from '../../model/facts.js';
import type { FailureCode } from '../../model/failure.js';
import type { Context } from '../../model/gatherer.js';
import { probesOf } from '../../model/probed.js';

/** Gatherers that send to the same place, or ask many others: their packets would be counted too. */
export const noisy: readonly FactKey[] = [
  'connect.ports', 'connect.egress', 'connect.reset', 'connect.elsewhere', 'connect.held', 'kernel.trace', 'kernel.said', 'path',
  'references', 'references.port', 'name.direct', 'name.reference', 'tls.variations', 'http.again',
]; // prettier-ignore

export interface Place {
  readonly address: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

const silence: readonly FailureCode[] = ['timed-out', 'not-permitted', 'reset'];

/** Where a connection stays silent, or what is spoken on one; else a resolver that does. */
export function silentPlace(facts: Facts, codes: readonly FailureCode[] = silence): Place | undefined {
  const silent = probesOf(facts).find(
    ({ first, port }) => port > 0 && first.failure !== undefined && codes.includes(first.failure.code),
  );
  const later = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  const tcp = silent ?? later.find(({ failure, port }) => port > 0 && failure?.code === 'timed-out');
  if (tcp) return { address: tcp.address, port: tcp.port, protocol: 'tcp' };
  const unheard = fact(facts, 'name.direct')?.answers.find(
    ({ failure }) => failure !== undefined && failure.code !== 'reset' && codes.includes(failure.code),
  );
  return unheard && { address: unheard.resolver, port: unheard.port, protocol: 'udp' };
}

/** Whether a connection opened, or a question to a resolver was answered. */
export async function tryOnce(
  { address, port, protocol }: Place,
  timeoutMs: number,
  context: Context,
): Promise<boolean> {
  const { system, signal, options } = context;
  const request = { address, port, timeoutMs, interface: options.interface };
  if (protocol === 'udp') {
    const { outcome } = await system.sockets.datagram({ ...request, payload: rootQuestion(system) }, signal);
    return outcome === 'reply';
  }
  const result = await system.sockets.dial(request, signal).done;
  result.stream?.destroy();
  return result.failure === undefined;
}

/** The root's name servers, which every resolver knows: type NS, class IN (RFC 1035 4.1). */
function rootQuestion(system: Context['system']): Uint8Array {
  return Uint8Array.of(...system.random(2), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1);
}
