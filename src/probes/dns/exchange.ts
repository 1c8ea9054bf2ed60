/**
 * Asks one resolver: several types at once over UDP, again after silence, over TCP what was truncated. What the
 * network does becomes data, never an exception; whose fault it is, others judge.
 */
import { type AskOptions, type AskSettings, settingsOf } from './ask-options.js';
import { boundedExchange } from './bounded-exchange.js';
import { type Asked, classify, isReadable } from './classify.js';
import type { DatagramExchange, Endpoint, ExchangeOutcome } from './datagram-exchange.js';
import { decodeMessage } from './message.js';
import { encodeName } from './names.js';
import { encodeQuery } from './query.js';
import { addStrays, noStrays, type QueryOutcome, type QueryResult, type QueryTry } from './query-result.js';
import { typeName } from './registry.js';
import { type UdpEnd, UdpQuery } from './udp-query.js';

const MAX_ANSWERS = 32;
const MAX_TYPES = 16;

interface Question {
  server: Endpoint;
  name: string;
  type: number;
  io: DatagramExchange;
  settings: AskSettings;
}

/** One result for each type, in the order given; a type named twice is asked once, and no more than sixteen are. */
export async function askResolver(
  server: Endpoint,
  name: string,
  types: readonly number[],
  io: DatagramExchange,
  options: AskOptions = {},
): Promise<QueryResult[]> {
  const settings = settingsOf(options);
  const distinct = [...new Set(types)].slice(0, MAX_TYPES);
  return Promise.all(distinct.map((type) => askOne({ server, name, type, io, settings: withOwnSignal(settings) })));
}

/** Node warns of a leak from the eleventh listener on one signal, and a diagnosis asks more questions than that. */
function withOwnSignal(settings: AskSettings): AskSettings {
  return { ...settings, signal: AbortSignal.any([settings.signal]) };
}

async function askOne(question: Question): Promise<QueryResult> {
  const started = process.hrtime.bigint();
  const { outcome, ...rest } = await answerTo(question);
  const answers = outcome.kind === 'answer' ? outcome.answers : [];
  const bounded =
    outcome.kind === 'answer' ? { ...outcome, addresses: outcome.addresses.slice(0, MAX_ANSWERS) } : outcome;
  return {
    ...bounded,
    ...rest,
    server: question.server,
    name: question.name,
    type: typeName(question.type),
    elapsedMs: Number(process.hrtime.bigint() - started) / 1e6,
    answers: answers.slice(0, MAX_ANSWERS),
    answerCount: answers.length,
  };
}

type End = Omit<UdpEnd, 'edns'> & { transport: 'udp' | 'tcp' };

async function answerTo(question: Question): Promise<End> {
  const name = encodeName(question.name);
  if (!name.ok) return nothingSent({ kind: 'invalid-name', problem: name.problem });
  if (question.settings.signal.aborted) return nothingSent({ kind: 'cancelled' });
  if (question.settings.transport === 'tcp') return overTcp(question, nothingSent({ kind: 'timed-out' }), true);
  const { edns, ...udp } = await overUdp(question);
  if (udp.outcome.kind !== 'truncated') return { ...udp, transport: 'udp' };
  const tcp = await overTcp(question, { ...udp, transport: 'udp' }, edns);
  // Without a good reply over TCP, "truncated" is what is known; the tries tell what became of TCP.
  return isReadable(tcp.outcome) ? tcp : { ...udp, transport: 'udp', tries: tcp.tries };
}

function nothingSent(outcome: QueryOutcome): End {
  return { outcome, transport: 'udp', from: null, ms: null, tries: [], strays: noStrays(), others: [] };
}

/**
 * The last try goes without EDNS: some firewalls drop what they do not know, and the system's own resolver, which
 * leaves EDNS out, would get an answer where we would see silence. So does one more after an answer that says, or
 * shows, that the server stumbles over EDNS (RFC 6891 section 7).
 */
async function overUdp({ server, name, type, io, settings }: Question): Promise<UdpEnd> {
  const last = settings.udpTimeoutsMs.length - 1;
  const first = await new UdpQuery(server, name, type, io, settings).run(
    settings.udpTimeoutsMs.map((_, at) => at === 0 || at < last),
  );
  if (!first.edns || !stumbles(first.outcome)) return first;
  const plain = await new UdpQuery(server, name, type, io, settings).run([false]);
  const better = plain.from && !stumbles(plain.outcome) ? plain : first;
  const others = plain.others.map((other) => ({ ...other, try: other.try + first.tries.length }));
  return {
    ...better,
    tries: [...first.tries, ...plain.tries],
    strays: addStrays(first.strays, plain.strays),
    others: [...first.others, ...others],
  };
}

function stumbles(outcome: QueryOutcome): boolean {
  if (outcome.kind === 'other-rcode') return outcome.rcodeName === 'BADVERS';
  return outcome.kind === 'formerr' || outcome.kind === 'notimp' || outcome.kind === 'malformed';
}

async function overTcp({ server, name, type, io, settings }: Question, before: End, edns: boolean): Promise<End> {
  const asked = { id: settings.randomId() & 0xffff, name, type };
  const { recursionDesired, checkingDisabled, dnssecOk, tcpTimeoutMs, signal } = settings;
  const query = encodeQuery({ ...asked, recursionDesired, checkingDisabled, edns: edns ? { dnssecOk } : null });
  if (!query.ok) throw new TypeError(`not a name: ${query.problem}`);
  const reply = await boundedExchange(() => io.tcp(server, query.bytes, tcpTimeoutMs, signal), tcpTimeoutMs, signal);
  const outcome = tcpOutcome(reply, asked, signal);
  const entry: QueryTry = {
    transport: 'tcp',
    edns,
    ms: outcome.kind === 'cancelled' ? null : reply.ms,
    outcome: outcome.kind === 'cancelled' ? 'abandoned' : reply.outcome === 'reply' ? 'replied' : reply.outcome,
    kind: reply.outcome === 'reply' ? outcome.kind : null,
    failure: outcome.kind === 'failed' ? outcome.failure : null,
  };
  const from = reply.outcome === 'reply' ? { ...reply.from } : null;
  return { ...before, transport: 'tcp', outcome, from, ms: entry.ms, tries: [...before.tries, entry] };
}

function tcpOutcome(reply: ExchangeOutcome, asked: Asked, signal: AbortSignal): QueryOutcome {
  if (reply.outcome === 'reply') {
    const reading = classify(asked, decodeMessage(reply.bytes));
    return reading.kind === 'no-reply' ? { kind: 'timed-out' } : reading;
  }
  if (signal.aborted) return { kind: 'cancelled' };
  if (reply.outcome === 'timed-out') return { kind: 'timed-out' };
  return { kind: 'failed', failure: { code: reply.code, icmp: reply.icmp ?? null } };
}
