import type { Duplex } from 'node:stream';
import { scopeOf } from '../model/address.js';
import { type ConnectTry, fact, type FactKey, type Facts } from '../model/facts.js';
import type { Context, Gatherer } from '../model/gatherer.js';
import type { Measured, Observed } from '../model/observed.js';
import { proxyOf } from '../model/proxied.js';
import type { Assessment } from './judge.js';
import type { GatheringInput, Listed } from './gathering-input.js';
import { lowestCost, refusalOf } from './choose-gatherer.js';
import { type LateEntry, LateSteps, withoutSteps } from './late-steps.js';

/** Kept back from the whole time for the last judgement and for printing it. */
const reserveMs = 150;
/** A diagnosis that is not done by now has met silence: what that needs is loaded. */
const slowMs = 100;
const longestBreathMs = 12;
/** Nearly all of what every failure asks for is answered by then, a search for a distance (two silences of 25 ms) too. */
const longestEarlyMs = 120;

/** One diagnosis on its way to its facts: what is begun, what has settled, and what may be begun next. It judges nothing. */
export class Gathering {
  readonly #input: GatheringInput;
  readonly #byFact: Map<FactKey, Listed>;
  #loading: Promise<void> | null = null;
  readonly #values: { [K in FactKey]?: Observed<unknown> } = {};
  readonly #tasks = new Map<FactKey, Promise<void>>();
  readonly #began = new Map<FactKey, number>();
  readonly #waiters = new Map<FactKey, (() => void)[]>();
  readonly #streams = new Map<string, Duplex>();
  readonly #onFact: (() => void)[] = [];
  readonly #ending = new AbortController();
  readonly #zero: number;
  readonly #troubles: ConnectTry[] = [];
  readonly #late = new LateSteps(
    (entry) => this.#onLate(entry),
    (entry) => this.#forget(entry),
  );
  #loaded = false;

  constructor(input: GatheringInput) {
    this.#input = input;
    this.#zero = input.system.clock.now();
    this.#byFact = new Map(input.base.map((gatherer) => [gatherer.fact, gatherer]));
    if (input.signal.aborted) this.#ending.abort();
    else input.signal.addEventListener('abort', () => this.#ending.abort(), { once: true });
    this.#after(Math.max(1, input.options.timeoutMs - reserveMs), () => this.#ending.abort());
  }

  get facts(): Facts {
    return { target: this.#input.target, ...this.#values } as Facts;
  }

  get settledFacts(): number {
    return Object.keys(this.#values).length;
  }

  async base(): Promise<void> {
    this.#after(slowMs, () => void this.loadMore());
    const all = Promise.all(this.#input.base.map((one) => this.#start(one)));
    void this.#warm();
    await all;
    if (this.#values.redirects?.state === 'known') await this.#forgetEarly();
  }

  /**
   * Before this thread is busy with loading: what was begun has its first answers worked through, and only waits by then.
   * Seen by timers that are in time.
   */
  async breathe(): Promise<void> {
    if (this.#troubles.length === 0 || this.#loaded) return;
    const { clock } = this.#input.system;
    const until = clock.now() + longestBreathMs;
    for (let quiet = 0; quiet < 2 && clock.now() < until;) {
      const before = clock.now();
      await clock.sleep(1, this.#ending.signal);
      quiet = clock.now() - before < 2 ? quiet + 1 : 0;
    }
  }

  /** Where somebody answered, whatever each such failure asks for is begun before the causes are loaded. */
  beginEarly(): void {
    if (!this.#wasAnswered || proxyOf(this.facts) !== null) return;
    for (const gatherer of this.#byFact.values()) {
      if (isEarly(gatherer, 'failed') && this.#refusal(gatherer) === null) void this.#start(gatherer);
    }
  }

  /** It is answered soon as well: the causes are heard after it, and do not ask for what it makes needless. */
  async earlyIn(): Promise<void> {
    if (!this.#wasAnswered) return;
    const early = [...this.#byFact.values()].filter((one) => 'early' in one && one.early);
    const tasks = early.flatMap(({ fact }) => this.#tasks.get(fact) ?? []);
    const over = new AbortController();
    const late = this.#input.system.clock.sleep(longestEarlyMs, AbortSignal.any([over.signal, this.#ending.signal]));
    await Promise.race([Promise.all(tasks), late]);
    over.abort();
  }

  get #wasAnswered(): boolean {
    const isAnswer = ({ synchronous, failure }: ConnectTry): boolean => !synchronous && failure?.code !== 'timed-out';
    return this.#troubles.length > 0 && this.#troubles.every(isAnswer);
  }

  loadMore(): Promise<void> {
    this.#loading ??= this.#input.more().then((gatherers) => {
      this.#add(gatherers);
      this.#loaded = true;
    });
    return this.#loading;
  }

  /** Those that were loaded first stand in the whole list as well. */
  #add(gatherers: readonly Listed[]): void {
    for (const gatherer of gatherers) {
      if (this.#byFact.has(gatherer.fact)) continue;
      this.#byFact.set(gatherer.fact, gatherer);
      this.#hedge(gatherer);
    }
  }

  async #loadSoon(): Promise<void> {
    if (this.#input.soon) this.#add(await this.#input.soon());
    else await this.loadMore();
  }

  /** Something failed: what is needed then is loaded, and what every failure asks for is begun, while the rest goes on. */
  #onTrouble(failed: ConnectTry): void {
    this.#troubles.push(failed);
    if (this.#troubles.length > 1) return;
    void this.#loadSoon().then(() => {
      // With a proxy in the way it is not known yet which addresses matter.
      if (this.#ending.signal.aborted || proxyOf(this.facts) !== null) return;
      for (const gatherer of this.#byFact.values()) {
        if (isEarly(gatherer, 'failing') && this.#refusal(gatherer) === null) void this.#start(gatherer);
      }
    });
  }

  /** An answer is late: what could tell why is begun, and the loading for it does not wait for the end of the silence. */
  #onLate(entry: LateEntry): void {
    const begun = this.#now();
    void this.loadMore().then(() => {
      if (proxyOf(this.facts) !== null) return;
      for (const gatherer of this.#byFact.values()) {
        const afterMs = this.#lateAfter(gatherer, entry.step);
        if (afterMs !== undefined) this.#after(afterMs - (this.#now() - begun), () => this.#startLate(gatherer, entry));
      }
    });
  }

  /** Undefined where it tells nothing of that step. */
  #lateAfter({ whenLate, whenNameless, cost }: Listed, step: LateEntry['step']): number | undefined {
    if (step === null) return whenNameless ? 0 : undefined;
    if (!whenLate || (whenLate.taken && step.taken === false)) return undefined;
    if (step.step === 'greeting' && !whenLate.greets) return undefined;
    // No way lies in between, and each connection stays in the queue of a program that hangs.
    return cost !== 'local' && this.#isOwn(step.address) ? undefined : whenLate.afterMs;
  }

  /** An address of this computer: the kernel answers from the very same one. */
  #isOwn(address: string): boolean {
    const here = (fact(this.facts, 'connect') ?? []).find((one) => one.address === address)?.first.localAddress;
    return scopeOf(address) === 'loopback' || here === address;
  }

  /** What was begun because of a late answer comes first: others ask the same address, which has a bound. */
  async lateEnded(): Promise<void> {
    await Promise.all([...this.#late.begun].flatMap((key) => this.#tasks.get(key) ?? []));
  }

  #startLate(gatherer: Listed, entry: LateEntry, isLast = false): void {
    const { afterMs = 0, slow } = gatherer.whenLate ?? {};
    const tooLate = (afterMs > 0 || isLast) && entry.explained.aborted;
    if (entry.over.aborted || tooLate || this.#tasks.has(gatherer.fact) || this.#refusal(gatherer) !== null) return;
    if (slow && !entry.step?.isSlow()) {
      if (!isLast) this.#after(slow.orAfterMs, () => this.#startLate(gatherer, entry, true));
      return;
    }
    void this.#start(gatherer, entry);
  }

  /** It was about a silence that is over. */
  #forget({ begun }: LateEntry): void {
    for (const key of begun) {
      this.#tasks.delete(key);
      delete this.#values[key];
    }
  }

  /** What was measured for the first address says nothing of those that redirects led to: it is measured again if need be. */
  async #forgetEarly(): Promise<void> {
    const early = [...this.#byFact.values()].filter((one) => isEarly(one, 'failing')).map(({ fact }) => fact);
    await Promise.all(early.flatMap((key) => this.#tasks.get(key) ?? []));
    for (const key of early) {
      this.#tasks.delete(key);
      delete this.#values[key];
    }
  }

  /** One step a turn of the loop, so that no answer waits for it; and none once something failed. */
  async #warm(): Promise<void> {
    const context = this.#context();
    for (const gatherer of this.#input.base) {
      if (!gatherer.warm || gatherer.when?.(this.facts, context)) continue;
      // Where the answer is there at once, what it asks for comes first.
      await this.#input.system.clock.sleep(1, this.#ending.signal);
      await nextTurn();
      if (this.#troubles.length > 0) return;
      for await (const _ of gatherer.warm(context)) {
        await nextTurn();
        if (this.#troubles.length > 0 || this.#ending.signal.aborted) return;
        if (this.#values[gatherer.fact]) break;
      }
    }
  }

  /** What to measure next: what could change who is named; then what would rule out all that is left. */
  wanted({ missing, eliminating }: Pick<Assessment, 'missing' | 'eliminating'>): Listed[] {
    const decisive = this.obtainable(missing);
    if (decisive.length > 0) return decisive;
    const rows = eliminating.map((row) => this.obtainable(row));
    return rows.every((row) => row.length > 0) ? this.obtainable(eliminating.flat()) : [];
  }

  /** Of the wanted facts those of the lowest cost that can still be measured here. */
  obtainable(wanted: readonly FactKey[]): Listed[] {
    const able = wanted.flatMap((key) => {
      const gatherer = this.#byFact.get(key);
      return gatherer && !this.#values[key] && this.#refusal(gatherer) === null ? [gatherer] : [];
    });
    const cost = lowestCost(able);
    // Nothing of this device's own state is worth a round of its own: it goes along with the light ones.
    return able.filter((gatherer) => gatherer.cost === cost || (cost === 'local' && gatherer.cost === 'light'));
  }

  /** Whether anything is left that could be begun beside what is measured of the target. */
  get hasApart(): boolean {
    return [...this.#byFact.values()].some((one) => this.#isFreeApart(one));
  }

  /** Of the wanted facts those of the lowest cost that can be measured beside whatever is being measured of the target. */
  apart(wanted: readonly FactKey[]): Listed[] {
    const able = wanted.flatMap((key) => {
      const gatherer = this.#byFact.get(key);
      return gatherer && this.#isFreeApart(gatherer) ? [gatherer] : [];
    });
    const cost = lowestCost(able);
    return able.filter((gatherer) => gatherer.cost === cost);
  }

  #isFreeApart(gatherer: Listed): boolean {
    return gatherer.apart === true && !this.#tasks.has(gatherer.fact) && this.#refusal(gatherer) === null;
  }

  oneMoreFact(): Promise<void> {
    return new Promise((resolve) => this.#onFact.push(resolve));
  }

  async pull(gatherers: readonly Listed[]): Promise<void> {
    await Promise.all(gatherers.map((gatherer) => this.#start(gatherer)));
  }

  end(): void {
    this.#ending.abort();
    for (const stream of this.#streams.values()) stream.destroy();
    this.#streams.clear();
  }

  #hedge(gatherer: Listed): void {
    const { hedge } = gatherer;
    if (!hedge) return;
    for (const key of [hedge.fact].flat()) {
      void this.#started(key).then(() => {
        const passed = this.#now() - (this.#began.get(key) ?? this.#now());
        this.#after(Math.max(0, hedge.afterMs - passed), () => {
          if (!this.#values[key] && this.#refusal(gatherer) === null) void this.#start(gatherer);
        });
      });
    }
  }

  /** Does it after some time, unless all is over by then. */
  #after(ms: number, act: () => void): void {
    void this.#input.system.clock.sleep(ms, this.#ending.signal).then(() => {
      if (!this.#ending.signal.aborted) act();
    });
  }

  #refusal(gatherer: Listed): string | null {
    return refusalOf(gatherer, this.#input);
  }

  #start(gatherer: Listed, late?: LateEntry): Promise<void> {
    const running = this.#tasks.get(gatherer.fact);
    if (running) return running;
    late?.begun.add(gatherer.fact);
    const task = this.#run(gatherer, late);
    this.#tasks.set(gatherer.fact, task);
    return task;
  }

  async #run(listed: Listed, late?: LateEntry): Promise<void> {
    await Promise.all((late ? withoutSteps(listed.needs, late) : listed.needs).map((key) => this.#needed(key, late)));
    const context = this.#context(late);
    const refused = this.#refusal(listed);
    if (refused !== null) return this.#settle(listed.fact, { state: 'skipped', why: refused }, this.#now());
    const gatherer: Gatherer = 'load' in listed ? await listed.load() : listed;
    if (late?.over.aborted) return;
    const why = gatherer.when?.(this.facts, context) ?? null;
    const at = this.#now();
    if (why !== null) return this.#settle(gatherer.fact, { state: 'skipped', why }, at);
    if (this.#ending.signal.aborted)
      return this.#settle(gatherer.fact, { state: 'skipped', why: 'no time was left' }, at);
    this.#began.set(gatherer.fact, at);
    for (const wake of this.#waiters.get(gatherer.fact)?.splice(0) ?? []) wake();
    this.#input.onProgress?.({ at, kind: 'started', fact: gatherer.fact });
    const measured = await gatherer.gather(this.facts, context);
    if (!late?.over.aborted) this.#settle(gatherer.fact, measured, at);
  }

  #context(late?: LateEntry): Context {
    return {
      system: this.#input.system,
      options: this.#input.options,
      signal: late ? AbortSignal.any([this.#ending.signal, late.over]) : this.#ending.signal,
      streams: this.#streams,
      remaining: () => Math.max(0, this.#input.options.timeoutMs - reserveMs - this.#now()),
      settled: (key) => this.#settled(key),
      latest: () => this.facts,
      troubled: (failed) => this.#onTrouble(failed),
      troubles: () => [...this.#troubles],
      wanted: (key) => this.#needed(key, late),
      late: (step) => this.#late.add(step),
      nameless: () => this.#late.add(null),
      lateStep: () => this.#late.step,
      explained: (step) => this.#late.explain(step),
    };
  }

  #settle(key: FactKey, measured: Measured<unknown>, at: number): void {
    const ms = round(this.#now() - at);
    this.#values[key] = measured.state === 'skipped' ? measured : { ...measured, at: round(at), ms };
    this.#input.onProgress?.({ at: round(at + ms), kind: 'measured', fact: key, state: measured.state, ms });
    for (const told of this.#onFact.splice(0)) told();
  }

  /** What another gatherer needs is started for it, and forgotten with it. */
  async #needed(key: FactKey, late?: LateEntry): Promise<void> {
    if (!this.#byFact.has(key)) await this.loadMore();
    const gatherer = this.#byFact.get(key);
    if (gatherer && !this.#values[key]) await this.#start(gatherer, late);
  }

  /** When a fact is there, or will never be: its gatherer is neither a base one nor started. */
  async #settled(key: FactKey): Promise<void> {
    const gatherer = this.#byFact.get(key);
    if (!gatherer || this.#values[key]) return;
    if (gatherer.base) await this.#start(gatherer);
    else await this.#tasks.get(key);
  }

  #started(key: FactKey): Promise<void> {
    if (this.#began.has(key)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), resolve]);
    });
  }

  #now(): number {
    return this.#input.system.clock.now() - this.#zero;
  }
}

function isEarly(gatherer: Listed, when: NonNullable<Gatherer['early']>): boolean {
  return 'early' in gatherer && gatherer.early === when;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
