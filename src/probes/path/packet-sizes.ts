import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { loginPorts } from '../../model/login-ports.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { PacketSizes, SizedTry } from '../../model/way-facts.js';
import { reachOf } from './sized-reach.js';
import { type SilentStep, sizedPacket, tryWithSize } from './sized-tries.js';

/** Every way of IPv6 carries it, and nearly every one of IPv4; a handshake's first packet is smaller. */
const small = 1280;
/** 219 sizes, half of them left after each try. One at a time: it takes the fewest packets, and few are left by then. */
const mostRounds = 8;

/**
 * The experiment for a connection that opens and then stalls: the same step again with smaller packets, which both sides
 * agree on when the connection opens (the largest segment). Only the size changes.
 */
export const packetSizes: Gatherer<'path.sizes'> = {
  fact: 'path.sizes',
  needs: ['connect', 'tls', 'http'],
  base: false,
  cost: 'heavy',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, { system }) =>
    system.identity.sockets !== 'ffi'
      ? 'needs system calls'
      : proxyOf(facts) !== null
        ? 'it goes through a proxy'
        : silentStep(facts) === null
          ? 'no open connection stayed silent'
          : null,
  async gather(facts, context) {
    const step = silentStep(facts);
    if (!step) return skipped('no open connection stayed silent');
    const sizes = await sizesAt(step, facts, context);
    return context.signal.aborted ? skipped('ended before all sizes were tried') : known([sizes], 'TCP_MAXSEG');
  },
};

function silentStep(facts: Facts): SilentStep | null {
  const silent = ({ failure, port }: { failure?: { code: string }; port: number }): boolean =>
    failure?.code === 'timed-out' && port > 0 && !loginPorts.has(port);
  const tls = fact(facts, 'tls')?.find(silent);
  if (tls) return { address: tls.address, port: tls.port, step: 'tls' };
  const http = fact(facts, 'http')?.find((one) => silent(one) && one.status === undefined);
  return http ? { address: http.address, port: http.port, step: 'http' } : null;
}

async function sizesAt(step: SilentStep, { target }: Facts, context: Context): Promise<PacketSizes> {
  const all: SizedTry[] = [];
  const attempt = async (sizes: readonly (number | null)[], waitMs?: number): Promise<SizedTry[]> => {
    const done = await Promise.all(sizes.map((size) => tryWithSize(size, step, target, context, waitMs)));
    const usable = done.filter((one) => one !== null);
    all.push(...usable);
    return usable;
  };
  const result = (more: Partial<PacketSizes> = {}): PacketSizes => ({
    ...step,
    tries: all,
    packets: [],
    largest: null,
    tooLarge: null,
    reach: null,
    ...more,
  });
  const first = await attempt([null, small]);
  const held = first.find((one) => one.size === small && one.held);
  if (!held || first.some((one) => one.size === null && one.held)) {
    return result();
  }
  // What holds takes so long; a busy server or a busy device may be some times slower.
  const waitMs = Math.max(400, held.ms * 6);
  // The proof comes first, the exact size as far as the packets last that may go to one address.
  await attempt([null, small], waitMs);
  let largest = small;
  let tooLarge = 1500;
  for (let round = 0; round < mostRounds && tooLarge - largest > 1; round++) {
    const middle = Math.floor((largest + tooLarge) / 2);
    const [tried] = await attempt([middle], waitMs);
    if (!tried) break;
    if (tried.held) largest = middle;
    else tooLarge = middle;
  }
  const [reach, packets] = await Promise.all([
    reachOf(step.address, largest, tooLarge, context),
    Promise.all([largest, tooLarge].map((size) => sizedPacket(size, step, context))),
  ]);
  return result({ packets: packets.filter((one) => one !== null), largest, tooLarge, reach });
}
