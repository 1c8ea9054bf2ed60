import type { HeldTry } from '../../model/device-state.js';
import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import type { LiveCounters } from '../../model/system.js';
import type { Target } from '../../model/target.js';

const connectMs = 1_500;
/** An acknowledgement may be delayed by 40 to 200 ms (tcp_delack), and comes a round trip later. */
const leastWaitMs = 350;
const roundTrips = 4;
/**
 * A server that did not get the last step of the handshake, or has no room for the connection, sends its answer again after
 * 1 s: waited for where nothing is taken, for it tells a full queue from what is swallowed on an open connection.
 */
const untilBegunAnewMs = 1_400;

/**
 * Whether the other side's kernel takes what is sent on an open connection: one byte, on a connection of its own. Where a
 * program hangs, its kernel still acknowledges; where the queue of connections was full when ours should have joined it,
 * nobody does (the connection stands on this side only).
 */
export const held: Gatherer<'connect.held'> = {
  fact: 'connect.held',
  needs: ['tls', 'http', 'greeting'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 1_200, greets: true },
  when: (facts, context) =>
    context.system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : silentAfterConnect(facts, context)
        ? null
        : 'no open connection stayed silent',
  async gather(facts, context) {
    const place = silentAfterConnect(facts, context);
    return known(place ? [await heldAt(place, facts.target, context)] : [], 'TCP_INFO');
  },
};

interface Place {
  readonly address: string;
  readonly port: number;
}

function silentAfterConnect(facts: Facts, { lateStep }: Context): Place | undefined {
  const late = lateStep?.();
  if (late && facts[late.step] === undefined) return late;
  const later = [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? []), ...(fact(facts, 'greeting') ?? [])];
  return later.find(({ failure, port }) => port > 0 && failure?.code === 'timed-out');
}

async function heldAt({ address, port }: Place, target: Target, context: Context): Promise<HeldTry> {
  const { system, signal, options } = context;
  const timeoutMs = Math.max(50, Math.min(connectMs, context.remaining() / 2));
  const dialled = await system.sockets.dial({ address, port, timeoutMs, interface: options.interface }, signal).done;
  const { stream, counters, tcp } = dialled;
  if (!stream)
    return { address, port, opened: false, acknowledged: null, waitedMs: 0, segmentsIn: tcp?.segmentsIn ?? null };
  const roundTripMs = (tcp?.rttUs ?? 0) / 1000;
  const leastWait = Math.max(leastWaitMs, roundTripMs * roundTrips);
  const waitMs = Math.min(context.remaining() / 2, Math.max(leastWait, untilBegunAnewMs + roundTripMs));
  const begun = system.clock.now();
  let sent = false;
  stream.write(firstByte(target), () => (sent = true));
  let now: LiveCounters | null = null;
  while (system.clock.now() - begun < waitMs && !signal.aborted) {
    await system.clock.sleep(20, signal);
    if (sent) now = counters?.() ?? now;
    if (now?.unacknowledged === 0 && !now.unsent) break;
    // Without the right to send, nothing is learned by waiting; with an answer that came again all is.
    const waited = system.clock.now() - begun;
    if (waited >= leastWait && ((now?.unsent ?? 0) > 0 || (now?.segmentsIn ?? 0) > 1)) break;
  }
  stream.destroy();
  return {
    address,
    port,
    opened: true,
    // What a rule here drops on its way out was never sent, and so says nothing of the other side.
    acknowledged: now === null || (now.unsent ?? 0) > 0 ? null : now.unacknowledged === 0,
    // One who has no room (a window of 0) keeps it unsent as well: that is no doing of this computer.
    ...((now?.unsent ?? 0) > 0 && (now?.sendWindow ?? 0) > 0 && { neverSent: true as const }),
    waitedMs: Math.round(system.clock.now() - begun),
    segmentsIn: now?.segmentsIn ?? null,
  };
}

/** The first byte of what a client would say: of a TLS record, of a request; else the end of an empty line. */
function firstByte({ transport, protocol }: Target): Uint8Array {
  if (transport === 'tls') return Uint8Array.of(0x16);
  return Uint8Array.of(protocol === 'http' ? 0x47 : 0x0a);
}
