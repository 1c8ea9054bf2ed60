/**
 * One question over UDP: sent, sent again after silence, all tries open until one is answered or the time is up, as
 * resolvers that must search first answer the first try late. Replies of others are counted and not believed.
 */
import { sameAddress } from './address-text.js';
import type { AskSettings } from './ask-options.js';
import { boundedExchange } from './bounded-exchange.js';
import { type Asked, classify, isReadable, type Readable, type Unreadable } from './classify.js';
import type { DatagramExchange, Endpoint, ExchangeOutcome, Reply } from './datagram-exchange.js';
import { decodeMessage } from './message.js';
import { encodeQuery } from './query.js';
import {
  noStrays,
  type NetworkFailure,
  type OtherReply,
  type QueryOutcome,
  type QueryTry,
  type StrayReplies,
} from './query-result.js';

export interface UdpEnd {
  outcome: QueryOutcome;
  from: Endpoint | null;
  ms: number | null;
  /** Whether the try that decided carried EDNS. */
  edns: boolean;
  tries: QueryTry[];
  strays: StrayReplies;
  others: OtherReply[];
}

const MAX_DATAGRAMS = 256;
const MAX_OTHERS = 4;
const MAX_SENDERS = 4;
const MAX_ADDRESSES = 32;

interface Sent {
  asked: Asked;
  index: number;
  entry: QueryTry;
}

interface Heard<T> {
  reading: T;
  reply: Reply;
  sent: Sent;
}

export class UdpQuery {
  private readonly tries: QueryTry[] = [];
  private readonly strays = noStrays();
  private readonly others: OtherReply[] = [];
  private readonly stop = new AbortController();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private datagrams = 0;
  private answer: Heard<Readable> | null = null;
  private unusable: Heard<Unreadable> | null = null;
  private failed: { failure: NetworkFailure; sent: Sent } | null = null;
  private bug: { error: unknown } | null = null;
  private over = false;
  private wake = (): void => {};
  private readonly decided = new Promise<void>((resolve) => (this.wake = resolve));

  constructor(
    private readonly server: Endpoint,
    private readonly name: string,
    private readonly type: number,
    private readonly io: DatagramExchange,
    private readonly settings: AskSettings,
  ) {}

  /** `edns` tells for each try whether it carries EDNS: as many tries as entries. The name must be a valid one. */
  async run(edns: readonly boolean[]): Promise<UdpEnd> {
    const { signal, udpTimeoutsMs } = this.settings;
    const waits = edns.map((_, index) => udpTimeoutsMs[index] ?? 0);
    const running: Promise<void>[] = [];
    signal.addEventListener('abort', this.decide, { once: true });
    for (const [index, withEdns] of edns.entries()) {
      if (this.over || this.answer || signal.aborted) break;
      const left = waits.slice(index).reduce((sum, wait) => sum + wait, 0);
      running.push(this.send(withEdns, left));
      await Promise.race([this.decided, this.pause(waits[index] ?? 0)]);
    }
    await Promise.race([this.decided, Promise.all(running)]);
    this.decide();
    signal.removeEventListener('abort', this.decide);
    if (this.bug) throw this.bug.error;
    return {
      ...this.end(),
      tries: this.tries.map((entry) => ({ ...entry })),
      strays: this.strays,
      others: this.others,
    };
  }

  /** Ends everything: what arrives from now on changes nothing. */
  private readonly decide = (): void => {
    this.over = true;
    this.stop.abort();
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.wake();
  };

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (!this.over) this.timers.add(setTimeout(resolve, ms));
    });
  }

  private decideAfter(ms: number): void {
    if (ms > 0) void this.pause(ms).then(this.decide);
    else this.decide();
  }

  private async send(edns: boolean, timeoutMs: number): Promise<void> {
    const asked = { id: this.settings.randomId() & 0xffff, name: this.name, type: this.type };
    const { recursionDesired, checkingDisabled, dnssecOk } = this.settings;
    const query = encodeQuery({ ...asked, recursionDesired, checkingDisabled, edns: edns ? { dnssecOk } : null });
    if (!query.ok) throw new TypeError(`not a name: ${query.problem}`);
    const entry: QueryTry = { transport: 'udp', edns, ms: null, outcome: 'abandoned', kind: null, failure: null };
    const sent = { asked, index: this.tries.length, entry };
    this.tries.push(entry);
    let shown = false;
    const hear = (reply: Reply): boolean => {
      shown = true;
      return this.hear(reply, sent);
    };
    const { signal } = this.stop;
    try {
      const start = () => this.io.udp(this.server, query.bytes, timeoutMs, signal, hear);
      const outcome = await boundedExchange(start, timeoutMs, signal);
      if (this.over) return;
      if (outcome.outcome !== 'reply') this.note(sent, outcome);
      else if (!shown) hear(outcome);
    } catch (error) {
      this.bug = { error };
      this.decide();
    }
  }

  private note(sent: Sent, outcome: Exclude<ExchangeOutcome, Reply>): void {
    const { entry } = sent;
    if (entry.outcome === 'replied') return;
    entry.ms = outcome.ms;
    entry.outcome = outcome.outcome;
    if (outcome.outcome === 'timed-out') return;
    entry.failure = { code: outcome.code, icmp: outcome.icmp ?? null };
    this.failed = { failure: entry.failure, sent };
    // A good answer that is only waiting for a second one is not undone by an error behind it.
    if (!this.answer) this.decide();
  }

  /** Returns whether this try need not wait any longer. */
  private hear(reply: Reply, sent: Sent): boolean {
    if (this.over) return true;
    if (++this.datagrams > MAX_DATAGRAMS) {
      this.strays.unread++;
      return false;
    }
    if (reply.from.port !== this.server.port || !sameAddress(reply.from.address, this.server.address)) {
      this.stray('wrongSource', reply);
      return false;
    }
    const reading = classify(sent.asked, decodeMessage(reply.bytes));
    if (isReadable(reading)) return this.take({ reading, reply, sent });
    if (reading.kind === 'wrong-id') {
      // Anybody can guess at our port; without our id it says nothing about the server.
      this.stray('wrongId', reply);
      this.unusable ??= { reading, reply, sent };
    } else if (reading.kind !== 'no-reply') {
      this.stray(reading.kind === 'malformed' ? 'malformed' : 'wrongQuestion', reply);
      if (!this.unusable || this.unusable.reading.kind === 'wrong-id') this.unusable = { reading, reply, sent };
      markReplied(sent, reply, reading.kind);
      this.decideAfter(this.settings.settleMs);
    }
    return false;
  }

  private take(heard: Heard<Readable>): boolean {
    const { lingerMs } = this.settings;
    markReplied(heard.sent, heard.reply, heard.reading.kind);
    if (!this.answer) {
      this.answer = heard;
      this.decideAfter(lingerMs);
    } else if (this.others.length < MAX_OTHERS) {
      this.others.push(otherReply(heard));
    }
    return this.over;
  }

  private stray(kind: 'wrongId' | 'wrongQuestion' | 'wrongSource' | 'malformed', { from }: Reply): void {
    this.strays[kind]++;
    const known = this.strays.from.some(({ address, port }) => port === from.port && address === from.address);
    if (!known && this.strays.from.length < MAX_SENDERS)
      this.strays.from.push({ address: from.address, port: from.port });
  }

  private end(): Pick<UdpEnd, 'outcome' | 'from' | 'ms' | 'edns'> {
    const cancelled = this.settings.signal.aborted && !this.answer;
    const heard = this.answer ?? (this.failed || cancelled ? null : this.unusable);
    if (heard)
      return { outcome: heard.reading, from: { ...heard.reply.from }, ms: heard.reply.ms, edns: heard.sent.entry.edns };
    const { failed } = this;
    if (failed && !cancelled) {
      const { ms, edns } = failed.sent.entry;
      return { outcome: { kind: 'failed', failure: failed.failure }, from: null, ms, edns };
    }
    const kind = cancelled ? 'cancelled' : this.strays.wrongSource > 0 ? 'wrong-source' : 'timed-out';
    return { outcome: { kind }, from: null, ms: null, edns: this.tries.at(-1)?.edns ?? false };
  }
}

function markReplied({ entry }: Sent, { ms }: Reply, kind: QueryOutcome['kind']): void {
  if (entry.outcome !== 'replied') Object.assign(entry, { ms, outcome: 'replied', kind } satisfies Partial<QueryTry>);
}

function otherReply({ reading, reply, sent }: Heard<Readable>): OtherReply {
  const addresses = reading.kind === 'answer' ? reading.addresses.slice(0, MAX_ADDRESSES) : [];
  return {
    from: { ...reply.from },
    ms: reply.ms,
    try: sent.index,
    kind: reading.kind,
    rcodeName: reading.rcodeName,
    addresses,
  };
}
