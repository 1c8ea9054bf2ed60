import type { HopFact, PathFact } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import { lastToAnswer, type WayPast } from '../../model/way-facts.js';
import { longestWay } from './burst.js';
import { askEnding } from './ending.js';

/** A router that has used up its errors has new ones after a second (icmp(7), icmp_ratelimit). */
const refillMs = 1_050;
/** Silent places in a row after which the way is over. */
const mostSilent = 2;
const mostPackets = 16;
const mostAgain = 6;
/** Three rounds of a circle of three. */
const mostOfCircle = 9;
/** Many round trips where they are short; where one takes long by itself, not much more than that one. */
const wait = { leastMs: 60, mostMs: 250, roundTrips: 4, slowRoundTrips: 1.5 };

/**
 * The end of a silent way by one flow: the kernel holds one socket of each pair of ends, so that one packet goes after the
 * other. It shows where ways of several flows were mixed: then this one is followed from its beginning.
 */
export class OneFlow {
  readonly #way: PathFact;
  readonly #context: Context;
  readonly #timeoutMs: number;
  readonly #hops = new Map<number, HopFact>();
  #localPort: number | null = null;
  #balanced = false;
  #endedAt = 0;

  constructor(way: PathFact, context: Context) {
    this.#way = way;
    this.#context = context;
    const slowest = Math.max(0, ...way.hops.map((hop) => hop.ms ?? 0));
    const most = Math.max(wait.mostMs, slowest * wait.slowRoundTrips);
    this.#timeoutMs = Math.min(most, Math.max(wait.leastMs, slowest * wait.roundTrips));
  }

  get fact(): WayPast['oneFlow'] {
    const hops = [...this.#hops.values()].toSorted((a, b) => a.ttl - b.ttl);
    return { localPort: this.#localPort, hops, balanced: this.#balanced };
  }

  /** The last router that answers, on this flow. */
  get end(): HopFact | undefined {
    return lastToAnswer(this.fact.hops);
  }

  /** Whoever is on the way answers to its longest: packets go round in a circle. */
  get endless(): boolean {
    return this.#way.hops.length >= longestWay && this.#way.hops.at(-1)?.address !== null;
  }

  async follow(): Promise<void> {
    if (this.endless) return this.#goOn(this.#way.hops.length - mostOfCircle + 1, mostOfCircle);
    const seen = new Map(this.#way.hops.map((hop) => [hop.ttl, hop.address]));
    await this.#goOn(lastToAnswer(this.#way.hops)?.ttl ?? 1, mostPackets);
    this.#balanced = this.fact.hops.some(
      ({ ttl, address }) => address !== null && (seen.get(ttl) ?? address) !== address,
    );
    if (!this.#balanced) return;
    this.#hops.clear();
    await this.#goOn(1, mostPackets);
  }

  /** Before silence behind the end is called so, whoever had no errors left has got new ones. */
  async followAgain(): Promise<void> {
    const { clock } = this.#context.system;
    await clock.sleep(Math.max(0, refillMs - (clock.now() - this.#endedAt)), this.#context.signal);
    await this.#goOn((this.end?.ttl ?? 0) + 1, mostAgain);
  }

  /** On and on until nobody answers several times in a row. */
  async #goOn(first: number, most: number): Promise<void> {
    const { address, port } = this.#way;
    let silent = 0;
    for (let ttl = first; silent < mostSilent && ttl < first + most && !this.#context.signal.aborted; ttl++) {
      const how = { timeoutMs: this.#timeoutMs, ...(this.#localPort !== null && { localPort: this.#localPort }) };
      const ended = await askEnding(address, { protocol: 'tcp', port }, ttl, how, this.#context);
      this.#localPort ??= ended.localPort;
      if (!ended.sent || ended.byTarget) break;
      silent = ended.from === null ? silent + 1 : 0;
      const ms = ended.from === null ? null : Math.round((ended.ms ?? 0) * 100) / 100;
      if (!this.#hops.get(ttl)?.address) this.#hops.set(ttl, { ttl, address: ended.from, icmp: null, ms });
    }
    this.#endedAt = this.#context.system.clock.now();
  }
}
