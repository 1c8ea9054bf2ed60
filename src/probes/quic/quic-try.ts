import type { Context } from '../../model/gatherer.js';
import type { QuicTry } from '../../model/way-facts.js';
import { versionProbe } from './version-negotiation.js';

/** One question for the versions of QUIC, and whether it was answered in that time. */
export async function quicAt(
  address: string,
  port: number,
  timeoutMs: number,
  waited: boolean,
  { system, options, signal, remaining }: Context,
): Promise<QuicTry> {
  const probe = versionProbe(system.random(16));
  const { outcome, ms, icmp } = await system.sockets.datagram(
    {
      address,
      port,
      payload: probe.bytes,
      timeoutMs: Math.max(10, Math.min(timeoutMs, remaining() - 100)),
      accept: probe.answers,
      interface: options.interface,
    },
    signal,
  );
  const from = icmp?.at(-1)?.from ?? null;
  return {
    address,
    port,
    ms: Math.round(ms * 100) / 100,
    waited,
    icmp: icmp ?? null,
    ...(outcome !== 'reply' && { failure: from === null ? outcome : { ...outcome, from } }),
  };
}
