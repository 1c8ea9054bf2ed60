import { fact, type ForgedReset } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import type { Sockets } from '../../model/system.js';
import { roundTripOf } from './connect-try.js';
import { whileHeard } from './while-heard.js';

const mostAddresses = 2;
const tries = 2;
/** So many round trips: what is forged is there first, and the genuine answer comes when it comes. */
const roundTrips = 20;
const leastWaitMs = 250;
/** Where the host was heard: another port of it is open, so its own round trip is known, and not that of a forger. */
const leastWhenHeardMs = 100;
const longestWaitMs = 1000;

/**
 * The experiment for a refusal by somebody on the way: the same connection with resets thrown away before TCP sees them.
 * A server that refuses sends nothing else; one in whose name somebody refuses answers all the same, and it opens. Not for
 * a reset of an open connection: there the server's answer came before it. What comes in meanwhile is looked at packet by
 * packet, beside that of a port that is open.
 */
export const forged: Gatherer<'connect.forged'> = {
  fact: 'connect.forged',
  needs: ['connect'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts, { system }) => {
    if (!system.sockets.converse || !system.identity.privileges.includes('net-raw')) return 'needs raw sockets';
    return (fact(facts, 'connect') ?? []).some(isRefusedByReset) ? null : 'nothing was refused by a reset';
  },
  async gather(facts, context) {
    const { converse } = context.system.sockets;
    if (!converse) return skipped('needs raw sockets');
    const refused = (fact(facts, 'connect') ?? []).filter(isRefusedByReset).slice(0, mostAddresses);
    const found = await Promise.all(
      refused.map(({ address, port, first }) => tryAt({ address, port, ms: first.ms }, converse, context)),
    );
    return context.signal.aborted ? skipped('ended before an answer came') : known(found, 'resets thrown away');
  },
};

function isRefusedByReset({
  first,
  port,
}: {
  readonly first: { readonly failure?: { readonly code: string }; readonly icmp: readonly unknown[] | null };
  readonly port: number;
}): boolean {
  const code = first.failure?.code;
  return port > 0 && code === 'refused' && first.icmp?.length === 0;
}

interface Place {
  readonly address: string;
  readonly port: number;
  readonly ms: number;
}

async function tryAt(place: Place, converse: NonNullable<Sockets['converse']>, context: Context): Promise<ForgedReset> {
  const { result, heads } = await whileHeard(place.address, context, () => openings(place, converse, context));
  return { ...result, ...(heads && { heads }) };
}

async function openings(
  { address, port, ms }: Place,
  converse: NonNullable<Sockets['converse']>,
  context: Context,
): Promise<ForgedReset> {
  const { system, options, signal, remaining } = context;
  const openMs = roundTripOfOpenPort(address, context);
  const leastMs = openMs === null ? leastWaitMs : leastWhenHeardMs;
  const waitMs = Math.max(leastMs, roundTrips * Math.max(ms, openMs ?? 0));
  const timeoutMs = Math.max(1, Math.min(longestWaitMs, waitMs, remaining() / 2));
  const begun = system.clock.now();
  const results = await Promise.all(
    Array.from({ length: tries }, () =>
      converse(
        {
          address,
          port,
          payload: new Uint8Array(),
          timeoutMs,
          waitMs: 1,
          interface: options.interface,
          ignoreResets: true,
        },
        signal,
      ),
    ),
  );
  const again = await system.sockets.dial(
    { address, port, timeoutMs, discard: true, interface: options.interface },
    signal,
  ).done;
  return {
    address,
    port,
    refusedAgain: again.failure?.code === 'refused' && again.icmp?.length === 0,
    tries: results.length,
    // A copy of the first packet may be another one (it asks for no ECN): the answer to the first counts.
    opened: results.filter((one) => one.ending !== 'unopened' && (one.tcp?.totalRetransmitted ?? 0) === 0).length,
    ms: Math.round(system.clock.now() - begun),
  };
}

function roundTripOfOpenPort(address: string, context: Context): number | null {
  const controls = fact(context.latest(), 'connect.ports')?.find((one) => one.address === address)?.ports ?? [];
  const open = controls.filter(({ failure }) => failure === undefined);
  return open.length === 0 ? null : Math.max(...open.map(roundTripOf));
}
