import { fact, type Facts, type ResetDistance } from '../../model/facts.js';
import { familyOf } from '../../model/address.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known } from '../../model/observed.js';
import { failedProbes } from '../../model/probed.js';

/** Hop limits that operating systems start with; an answer arrives with one of these less the length of the way. */
const startValues = [64, 128, 255];
const longestWay = 30;
const webPorts: ReadonlySet<number> = new Set([80, 443]);

/**
 * From how far a refusal came, without root: the kernel ignores answers whose hop limit is below IP_MINTTL, so whether a
 * refusal still gets through tells a bound, and a few of them the exact value. The same for a port that is open tells how
 * far away the host is.
 */
export const resetDistance: Gatherer<'connect.reset'> = {
  fact: 'connect.reset',
  needs: ['connect', 'connect.ports'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  when: (facts, context) => {
    if (context.system.identity.sockets !== 'ffi') return 'needs system calls';
    return refusedByReset(facts).length === 0 ? 'nothing was refused by a reset' : null;
  },
  async gather(facts, context) {
    return known(await Promise.all(refusedByReset(facts).slice(0, 2).map((one) => distanceOf(one, facts, context))), 'IP_MINTTL');
  },
};

interface Refused {
  readonly address: string;
  readonly port: number;
  readonly ms: number;
}

/** Refused or reset without an ICMP error: by a TCP reset. */
function refusedByReset(facts: Facts): Refused[] {
  return failedProbes(facts).flatMap(({ address, port, first }) =>
    (first.failure?.code === 'refused' || first.failure?.code === 'reset') && (first.icmp ?? []).length === 0
      ? [{ address, port, ms: first.ms }]
      : [],
  );
}

async function distanceOf(refused: Refused, facts: Facts, context: Context): Promise<ResetDistance> {
  const { address, port } = refused;
  const controls = fact(facts, 'connect.ports')?.find((control) => control.address === address)?.ports ?? [];
  // A port behind which a login is asked is bothered as little as can be.
  const open = controls.find((one) => !one.failure && webPorts.has(one.port));
  const waitMs = Math.max(25, Math.ceil(refused.ms * 4));
  const search = new HopLimitSearch(address, waitMs, context);
  const [refusedAtTtl1, resetTtl, hostTtl] = await Promise.all([
    search.refused(port, { ttl: 1 }),
    search.find(port),
    open ? search.find(open.port) : null,
  ]);
  return { address, port, resetTtl, hostTtl, refusedAtTtl1 };
}

class HopLimitSearch {
  readonly #address: string;
  readonly #waitMs: number;
  readonly #context: Context;

  constructor(address: string, waitMs: number, context: Context) {
    this.#address = address;
    this.#waitMs = waitMs;
    this.#context = context;
  }

  /** The hop limit with which that port's answer arrives, or null when it cannot be found surely. */
  async find(port: number): Promise<number | null> {
    const passes = await Promise.all(startValues.map((start) => this.answers(port, start - longestWay)));
    const starts = startValues.filter((_, index) => passes[index]);
    const start = starts.at(-1);
    if (start === undefined) return null;
    let low = start - longestWay;
    let high = start;
    // Four values a round: 30 → 6 → 1 in two or three rounds.
    while (low < high) {
      const step = Math.max(1, Math.ceil((high - low) / 5));
      const values = [1, 2, 3, 4].map((i) => low + i * step).filter((value) => value <= high);
      const through = await Promise.all(values.map((value) => this.answers(port, value)));
      const last = through.lastIndexOf(true);
      const reached = last < 0 ? low : (values[last] ?? low);
      const stopped = values[last + 1];
      high = stopped === undefined ? high : stopped - 1;
      if (reached === low && stopped === undefined) break;
      low = reached;
      if (this.#context.signal.aborted) return null;
    }
    return (await this.answers(port, low)) && !(await this.answers(port, low + 1)) ? low : null;
  }

  /** Whether an answer with at least that hop limit comes, of whatever kind. */
  async answers(port: number, minTtl: number): Promise<boolean> {
    const result = await this.#dial(port, { minTtl });
    result.stream?.destroy();
    return result.failure === undefined || result.failure.code === 'refused' || result.failure.code === 'reset';
  }

  async refused(port: number, options: { ttl: number }): Promise<boolean | null> {
    const result = await this.#dial(port, options);
    result.stream?.destroy();
    if (result.failure?.code === 'timed-out' && (result.icmp ?? []).length === 0) return false;
    if (result.icmp?.some((icmp) => icmp.type === (familyOf(this.#address) === 6 ? 3 : 11))) return false;
    return result.failure?.code === 'refused' ? true : null;
  }

  #dial(port: number, options: { ttl?: number; minTtl?: number }) {
    return this.#context.system.sockets.dial(
      { address: this.#address, port, timeoutMs: this.#waitMs, interface: this.#context.options.interface, ...options },
      this.#context.signal,
    ).done;
  }
}
