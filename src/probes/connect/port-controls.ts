import type { ConnectTry, PortControl } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { Dialling } from '../../model/system.js';
import { known } from '../../model/observed.js';
import { failedOrSilent } from './connect.js';
import { answered, roundTripOf, tryOf } from './connect-try.js';

/** Ports that many hosts answer on; one SYN each. */
const wellKnown = [443, 80, 22];
const silenceMs = 1_050;
/** After the first answer the others get this long, in round trips of that answer, but no less than 60 ms. */
const patienceRoundTrips = 4;
const leastPatienceMs = 60;

/** A neighbour port of the same host, as a control: does the host answer at all, and is the way to it alive? */
export const portControls: Gatherer<'connect.ports'> = {
  fact: 'connect.ports',
  needs: ['name.system'],
  base: false,
  early: 'failed',
  cost: 'light',
  platforms: 'any',
  privilege: 'none',
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 450 },
  when: (facts) => (facts.target.scheme === 'unix' ? 'a socket file has no ports' : null),
  async gather(facts, context) {
    const asked = failedOrSilent(facts, context).slice(0, 2);
    return known(await Promise.all(asked.map(({ address, port }) => controlsOf(address, port, context))), 'connect()');
  },
};

async function controlsOf(address: string, port: number, context: Context): Promise<PortControl> {
  const ports = wellKnown.filter((one) => one !== port);
  const dials = ports.map((one) =>
    context.system.sockets.dial(
      {
        address,
        port: one,
        timeoutMs: Math.max(50, Math.min(silenceMs, context.remaining() - 100)),
        discard: true,
        interface: context.options.interface,
      },
      context.signal,
    ),
  );
  const over = new AbortController();
  const results = await Promise.all(
    dials.map(async (dialling, index) => {
      const result = await dialling.done;
      result.stream?.destroy();
      const one = tryOf(address, ports[index] ?? 0, result);
      if (answered(one)) void giveUpLater(one, dials, context, over.signal);
      return one;
    }),
  );
  over.abort();
  return { address, ports: results.toSorted((a, b) => a.port - b.port) };
}

/** Nothing is waited for once all have answered. */
async function giveUpLater(
  first: ConnectTry,
  dials: readonly Dialling[],
  context: Context,
  over: AbortSignal,
): Promise<void> {
  const patience = Math.max(leastPatienceMs, roundTripOf(first) * patienceRoundTrips);
  await context.system.clock.sleep(patience, over);
  for (const other of dials) other.giveUp();
}
