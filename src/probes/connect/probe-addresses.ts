import type { Duplex } from 'node:stream';
import type { AddressProbe, ConnectTry } from '../../model/facts.js';
import { saidOnTheWay, saysHostUnreachable } from '../../model/icmp.js';
import type { Context } from '../../model/gatherer.js';
import type { Dialling, DialResult } from '../../model/system.js';
import { tryOf } from './connect-try.js';

/** Most addresses of one name that are tried. */
export const mostAddresses = 8;
/** A router that looks for a missing neighbour gives up after 3 s (three ARP or ND requests) and says so then. */
const silenceMs = 3_400;
/** Silence with a host that is known to be alive: two retransmissions of ours have gone by. */
const aliveSilenceMs = 2_150;
/** The first retransmission is due after 1 s; by now its count shows whether it left this device. */
const localCheckMs = 1_080;
/** Browsers wait this long for one family before they try the other (RFC 8305). */
const graceMs = 300;
/** While the other family already works: one lost packet is no broken family either. */
const besideDialsMs = [40, 120];
/** Linux limits what its routes make it say to one error a second for each asker (ip_error in route.c). */
const refillMs = 1_100;
/**
 * What a router turns away is tried so often in all: of several equal ways one may be dead, and each connection takes the one
 * that its ports lead it to.
 */
const flowsTurnedAway = 8;
/** Fresh connections besides the silent one, so that one lost packet is not taken for a block. */
const extraDialsAtMs = [600, 1_200];

export interface ProbeOptions {
  readonly port: number;
  /** Keep the first open connection for the next step. */
  readonly keep: (address: string, stream: Duplex) => void;
  /** Whether somebody has shown meanwhile that the host is alive. */
  readonly aliveSignal?: Promise<unknown>;
  readonly repeat: boolean;
  /** Wait out every silence. */
  readonly thorough: boolean;
}

/** Opens one connection to each address, all at once, and repeats what failed. */
export async function probeAddresses(
  addresses: readonly string[],
  options: ProbeOptions,
  context: Context,
): Promise<AddressProbe[]> {
  const race = new Race();
  const probes = addresses.map((address) => new AddressRace(address, options, context, race));
  return Promise.all(probes.map((probe) => probe.run()));
}

/** What the addresses of one target know of each other. */
class Race {
  #opened: ((rttMs: number) => void)[] = [];
  held = false;

  onOpen(listener: (rttMs: number) => void): void {
    this.#opened.push(listener);
  }

  open(rttMs: number): void {
    if (this.held) return;
    this.held = true;
    for (const listener of this.#opened) listener(rttMs);
  }
}

class AddressRace {
  readonly #address: string;
  readonly #options: ProbeOptions;
  readonly #context: Context;
  readonly #race: Race;
  #ended = false;

  constructor(address: string, options: ProbeOptions, context: Context, race: Race) {
    this.#address = address;
    this.#options = options;
    this.#context = context;
    this.#race = race;
  }

  async run(): Promise<AddressProbe> {
    const first = this.#dial();
    let gaveUpForOther = false;
    const extras = this.#watchSilence(first);
    if (!this.#options.thorough) {
      this.#race.onOpen((rttMs) => {
        for (const at of besideDialsMs) void this.#sleep(at).then(() => extras.add());
        void this.#sleep(Math.max(graceMs - rttMs, 5 * rttMs)).then(() => {
          if (this.#ended) return;
          gaveUpForOther = true;
          first.giveUp();
        });
      });
    }
    const result = await first.done;
    this.#ended = true;
    const probe = tryOf(this.#address, this.#options.port, result);
    if (probe.failure) this.#context.troubled?.(probe);
    if (result.stream) this.#keepOrClose(result.stream, result.ms);
    const repeats = await extras.end();
    const marked = gaveUpForOther && probe.failure ? { ...probe, pending: true } : probe;
    // Those that were only just begun beside it say nothing.
    const unheard = repeats.every(({ failure }) => failure?.raw === 'given up');
    if (probe.failure && unheard && this.#options.repeat && !gaveUpForOther)
      repeats.push(...(await this.#again(probe)));
    return { address: this.#address, port: this.#options.port, first: marked, repeats };
  }

  #dial(timeoutMs = silenceMs): Dialling {
    const { address, port } = { address: this.#address, port: this.#options.port };
    const bound = Math.max(50, Math.min(timeoutMs, this.#context.remaining() - 200));
    return this.#context.system.sockets.dial(
      { address, port, timeoutMs: bound, interface: this.#context.options.interface },
      this.#context.signal,
    );
  }

  #keepOrClose(stream: Duplex, ms: number): void {
    if (this.#race.held) {
      stream.destroy();
    } else {
      this.#options.keep(this.#address, stream);
      this.#race.open(ms);
    }
  }

  /** While it is silent: fresh connections beside it, and an end as soon as more waiting would show nothing new. */
  #watchSilence(first: Dialling): { add: () => void; end: () => Promise<ConnectTry[]> } {
    const extras: Dialling[] = [];
    let stop = false;
    for (const at of extraDialsAtMs) {
      void this.#sleep(at).then(() => {
        if (!this.#ended && !stop && !this.#race.held) extras.push(this.#dial(aliveSilenceMs - at));
      });
    }
    void this.#sleep(localCheckMs).then(() => {
      const counters = this.#ended ? null : first.peek();
      if (counters && counters.totalRetransmitted > 0 && counters.retransmitted === 0) {
        stop = true;
        first.giveUp();
      }
    });
    if (this.#options.aliveSignal) {
      void Promise.all([this.#options.aliveSignal, this.#sleep(aliveSilenceMs)]).then(([alive]) => {
        if (!this.#ended && alive === true) first.giveUp();
      });
    }
    const add = (): void => {
      if (!this.#ended && !stop) extras.push(this.#dial(aliveSilenceMs));
    };
    const end = async (): Promise<ConnectTry[]> => {
      for (const extra of extras) extra.giveUp();
      const results = await Promise.all(extras.map((extra) => extra.done));
      for (const result of results) {
        if (!result.stream) continue;
        this.#keepOrClose(result.stream, result.ms);
      }
      return results.map((result) => tryOf(this.#address, this.#options.port, result));
    };
    return { add, end };
  }

  /** A failure that came at once is tried again; what then holds is tried twice more, what a router turns away more often. */
  async #again(first: ConnectTry): Promise<ConnectTry[]> {
    if (first.ms > 1_000 || this.#context.signal.aborted) return [];
    await this.#sleep(10);
    const repeats: ConnectTry[] = [];
    const timeoutMs = Math.max(600, first.ms * 4);
    for (let i = 0; i < 3; i++) {
      const result = await this.#dial(timeoutMs).done;
      repeats.push(this.#repeated(result));
      if (!result.failure) continue;
      // A router may say such things once a second, to all that we send at once: when it may again, it does, or it really
      // looks for somebody, and that for three seconds.
      if (result.failure.code !== 'timed-out' || (first.icmp ?? []).length === 0) break;
      await this.#sleep(Math.max(0, refillMs - result.ms));
    }
    // In the middle of a search for a neighbour more packets would only hear of its end.
    const said = [first, ...repeats]
      .map((one) => saidOnTheWay(one, this.#address)[0])
      .filter((one) => one !== undefined);
    const [icmp, again] = said;
    if (!icmp || (!again && saysHostUnreachable(icmp, this.#address))) return repeats;
    const more = Array.from({ length: flowsTurnedAway - 1 - repeats.length }, () => this.#dial(timeoutMs));
    const results = await Promise.all(more.map((one) => one.done));
    return [...repeats, ...results.map((result) => this.#repeated(result))];
  }

  #repeated(result: DialResult): ConnectTry {
    if (result.stream) this.#keepOrClose(result.stream, result.ms);
    return tryOf(this.#address, this.#options.port, result);
  }

  #sleep(ms: number): Promise<void> {
    return this.#context.system.clock.sleep(ms, this.#context.signal);
  }
}
