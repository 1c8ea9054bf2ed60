import type { Context } from '../../model/gatherer.js';
import type { DialResult } from '../../model/system.js';
import type { WithoutEcn } from '../../model/way-facts.js';

/**
 * ip-sysctl: with these the kernel asks for ECN when it opens a connection; 2, the usual, only takes it when asked. With 3 and 4
 * (later than 6.18) it asks for the accurate kind, of which nobody has looked at what the copy asks for.
 */
const asking: Readonly<Record<string, 'usual' | 'accurate'>> = { 1: 'usual', 3: 'accurate', 4: 'accurate' };
const tries = 2;
/** The first packet is sent again after a second (TCP_TIMEOUT_INIT), without that question (tcp_ecn_fallback). */
const copyMs = 1_000;
const copyLeastMs = 950;
/** The answer to the first packet comes before that, but by the slowest satellite. */
const deafMs = 800;

/** Whether this device asks for ECN in the first packet of each connection (RFC 3168 6.1.1). */
export async function asksForEcn({ system: { files } }: Context): Promise<'usual' | 'accurate' | null> {
  const read = await files.read('/proc/sys/net/ipv4/tcp_ecn', 16);
  return (read.ok && asking[Buffer.from(read.bytes).toString('latin1').trim()]) || null;
}

/**
 * Some middleboxes and firewalls answer a first packet that asks for ECN with a reset (RFC 3360). No option of a socket
 * leaves the question out, and the kernel does so by itself in the first packet's copy, which it sends where no answer comes:
 * what comes within 0.8 s is not listened to (the least hop limit is one that nobody has), so that it is the copy that is
 * answered. `roundTripMs`: how long the refusal took.
 */
export async function withoutEcn(
  address: string,
  port: number,
  roundTripMs: number,
  { system, options, signal, remaining }: Context,
): Promise<WithoutEcn | null> {
  const timeoutMs = copyMs + deafMs + Math.ceil(4 * roundTripMs);
  if (remaining() < timeoutMs || roundTripMs > deafMs) return null;
  const dial = (more: { readonly deafMs?: number }): Promise<DialResult> =>
    system.sockets.dial({ address, port, timeoutMs, discard: true, interface: options.interface, ...more }, signal)
      .done;
  const results = await Promise.all(Array.from({ length: tries }, () => dial({ deafMs })));
  for (const { stream } of results) stream?.destroy();
  if (signal.aborted) return null;
  // A refusal before the copy was sent is about the first packet.
  const ofCopy = results.filter(({ ms }) => ms >= copyLeastMs + 0.9 * roundTripMs);
  const again = await dial({});
  again.stream?.destroy();
  return {
    tries: results.length,
    opened: ofCopy.filter(({ failure, tcp }) => !failure && (tcp?.totalRetransmitted ?? 0) > 0).length,
    refused: ofCopy.filter(({ failure }) => failure?.code === 'refused' || failure?.code === 'reset').length,
    refusedAgain: again.failure?.code === 'refused' && again.icmp?.length === 0,
  };
}
