import type { Duplex } from 'node:stream';
import { type Facts, fact } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { Target } from '../../model/target.js';
import { watchLateness } from '../connect/late-step.js';
import { handshake } from '../tls/handshake.js';
import { connectionTo, dialAgain, type Endpoint, isOpen, streamKey, waitForEndpoints } from '../tls/open-connection.js';
import { greetingHead } from './greeting-head.js';
import { goesOn, isEcho, judgeWords, type Words } from './judge-words.js';
import { type Heard, Listener } from './listen.js';
import { openerFor } from './openers.js';
import { readPostgres, sslRequest, startupMessage } from './postgres.js';
import { recognise, type Recognised, versionIn } from './recognise.js';

/** How long a server that speaks first takes to begin, on a connection that is open already. */
const greetingMs = 400;
/** How long one takes to answer a client's first words. */
const answerMs = 4000;
/** A server that turns a client away right behind its greeting does so at once. */
const takenBackMs = 120;
/** Services that greet by themselves: silence from them is a failure, after a wait that name lookups of theirs fit into. */
const greetsFirst = new Set('ssh smtp submission smtps ftp ftps imap imaps pop3 pop3s mysql nats vnc rsync'.split(' '));
/** The same typed as a bare port: nobody else is at home there (IANA's register of ports). */
const greetingPorts = new Set([21, 22, 25, 110, 143, 587]);
/** A server that looks up the caller's name at a dead resolver first waits 5 s (resolv.conf(5), timeout); mail servers that pause do so for 5 s too (sendmail, greet_pause). */
const patientMs = 5_400;
/** Its word comes a way later. */
const roundTrips = 2;
/** Postfix's postscreen begins its greeting, and ends it after 6 s (postscreen_greet_wait). */
const longestGreetingMs = 7_500;
/** Silent so long, another connection is listened to as well: packets that get lost hardly hold up both. */
const secondAfterMs = 1500;
/** What else could be at that port is looked into only so late, and known by the time that the silence is: a server that is slow to greet is spared. */
const lookAfterMs = 2_500;
/** On that other connection it is then asked as a server that waits for its client, so long before the end. */
const otherServiceMs = 900;

/** What the service behind a connection says, as far as it does without a login. */
export const greetingGatherer: Gatherer<'greeting'> = {
  ...greetingHead,
  async gather(facts, context) {
    const opened = await openedConnection(facts, context);
    if (!opened) return skipped('there is no connection to listen on');
    const { endpoint, stream } = opened;
    const begun = context.system.clock.now();
    const here = endpoint.port > 0 && proxyOf(context.latest()) === null;
    const patience = isPatient(facts.target) ? lookAfterMs : undefined;
    const watch = here
      ? watchLateness({ ...endpoint, step: 'greeting' }, stream, context, undefined, patience)
      : undefined;
    const heard = await hearTwice(endpoint, stream, facts.target, context);
    watch?.end(heard.failure?.code === 'timed-out');
    if (heard.failure && context.signal.aborted) return skipped('ended before anything was heard');
    return known([{ ...endpoint, ms: context.system.clock.now() - begun, ...heard }], 'greeting');
  },
};

async function openedConnection(
  facts: Facts,
  context: Context,
): Promise<{ endpoint: Endpoint; stream: Duplex } | null> {
  if (facts.target.transport === 'tls') {
    if (facts.tls === undefined) await context.settled('tls');
    const held = fact(context.latest(), 'tls')?.find((one) => !one.failure);
    const key = held ? streamKey('tls', held) : '';
    const stream = context.streams.get(key);
    context.streams.delete(key);
    return held && stream ? { endpoint: { address: held.address, port: held.port }, stream } : null;
  }
  for (const endpoint of await waitForEndpoints(facts, context)) {
    const stream = await connectionTo(endpoint, context);
    if (isOpen(stream)) return { endpoint, stream };
  }
  return null;
}

/** The first word of either, where a service that speaks first is silent on one connection; else how the first ended. */
async function hearTwice(endpoint: Endpoint, stream: Duplex, target: Target, context: Context): Promise<Words> {
  if (target.transport === 'tls' || openerFor(target.scheme, target.port, target.path) || !isPatient(target))
    return hear(stream, target, context);
  const { clock } = context.system;
  const waitMs = bounded(patienceAt(stream, context), context);
  const begunAt = clock.now();
  const first = listen(stream, target, waitMs, context);
  const over = new AbortController();
  const begun = new Set([stream]);
  const second = async (): Promise<Words> => {
    await clock.sleep(secondAfterMs, AbortSignal.any([over.signal, context.signal]));
    if (over.signal.aborted || context.signal.aborted) return first;
    const again = await dialAgain(endpoint, context);
    if (!isOpen(again)) return first;
    begun.add(again);
    if (over.signal.aborted) return first;
    const askedAt = begunAt + waitMs - otherServiceMs;
    return (await listenThenAsk(again, target, askedAt - clock.now(), context)) ?? first;
  };
  try {
    return await Promise.race([first, second()]);
  } finally {
    over.abort();
    for (const one of begun) one.destroy();
  }
}

/** Nothing is said to the server. */
async function listen(stream: Duplex, target: Target, waitMs: number, context: Context): Promise<Words> {
  const listener = new Listener(stream);
  const how = await greeted(listener, waitMs, target, context);
  stream.destroy();
  return judgeWords(how, listener.bytes, heardAs(listener.bytes, target), true, target);
}

/** The greeting, or what comes of asking as a client of another service; null where nothing does, or no more than an end. */
async function listenThenAsk(stream: Duplex, target: Target, waitMs: number, context: Context): Promise<Words | null> {
  const listener = new Listener(stream);
  const how = await greeted(listener, waitMs, target, context);
  const asked = how === 'silent' && !context.signal.aborted;
  const found = asked ? await isPostgres(stream, listener, otherServiceMs, context) : heardAs(listener.bytes, target);
  stream.destroy();
  const words = judgeWords(how, listener.bytes, found, true, target);
  return words.failure && !(asked && found) ? null : words;
}

function patienceAt(stream: Duplex, { system }: Context): number {
  const { rttUs = 0 } = system.sockets.counters?.(stream) ?? {};
  return patientMs + (roundTrips * rttUs) / 1000;
}

async function hear(stream: Duplex, target: Target, context: Context): Promise<Words> {
  const listener = new Listener(stream);
  try {
    const bare = target.scheme === 'tcp' && target.port === 5432;
    const socket = target.scheme === 'unix' && /\/\.s\.PGSQL\.\d+$/.test(target.path);
    const postgres = target.scheme === 'postgres' || bare || socket;
    if (postgres) return await askPostgres(stream, listener, target, context);
    return await listenOrAsk(stream, listener, target, context);
  } finally {
    stream.destroy();
  }
}

async function listenOrAsk(stream: Duplex, listener: Listener, target: Target, context: Context): Promise<Words> {
  const { system, signal } = context;
  const opener = openerFor(target.scheme, target.port, target.path);
  if (!opener) {
    const patient = isPatient(target);
    const how = await greeted(listener, patient ? patienceAt(stream, context) : greetingMs, target, context);
    const other = patient && how === 'silent' ? await isPostgres(stream, listener, greetingMs, context) : null;
    return judgeWords(how, listener.bytes, other ?? heardAs(listener.bytes, target), patient, target);
  }
  stream.write(opener.bytes);
  const read = (bytes: Uint8Array): Recognised | null => opener.read?.(bytes) ?? recognise(bytes);
  const sure = isSure(target);
  const how = await listener.until(
    (bytes) => read(bytes) !== null || isEcho(bytes, opener.bytes),
    bounded(sure ? answerMs : greetingMs, context),
    system,
    signal,
  );
  return judgeWords(how, listener.bytes, read(listener.bytes), sure, target, opener.bytes);
}

async function greeted(listener: Listener, waitMs: number, target: Target, context: Context): Promise<Heard> {
  const { system, signal } = context;
  const { clock } = system;
  const begun = clock.now();
  const how = await listener.until(isWhole, bounded(waitMs, context), system, signal);
  const wait = (ms: number): number => bounded(Math.max(1, ms - (clock.now() - begun)), context);
  // A mail server may hold back the end of its greeting to see who talks too soon.
  if (how === 'enough' && goesOn(listener.bytes))
    return listener.until((bytes) => !goesOn(bytes), wait(longestGreetingMs), system, signal);
  if (how === 'enough' && target.scheme === 'ssh' && heardAs(listener.bytes, target) === null)
    return listener.until((bytes) => heardAs(bytes, target) !== null, wait(waitMs), system, signal);
  // What comes right behind may take it back.
  if (recognise(listener.bytes)?.protocol === 'nats')
    await listener.until(
      (bytes) => recognise(bytes)?.code !== undefined,
      bounded(takenBackMs, context),
      system,
      signal,
    );
  return how;
}

/**
 * Who keeps silent where another service was meant may wait for its own client to begin, as PostgreSQL does: it is asked on
 * the connection that was given up anyway. Redis cannot be asked behind it: a zero byte at the beginning keeps it waiting
 * for the end of that line for good.
 */
async function isPostgres(
  stream: Duplex,
  listener: Listener,
  waitMs: number,
  context: Context,
): Promise<Recognised | null> {
  stream.write(sslRequest);
  await listener.until(() => true, bounded(waitMs, context), context.system, context.signal);
  const answer = Buffer.from(listener.bytes).toString('latin1');
  return answer === 'N' || answer === 'S'
    ? { protocol: 'postgres', text: `${answer} to the question for TLS` }
    : recognise(listener.bytes);
}

/** Before its version an SSH server may send other lines (RFC 4253 4.2), of which no other service is told. */
function heardAs(bytes: Uint8Array, { scheme }: Target): Recognised | null {
  const version = scheme === 'ssh' ? versionIn(bytes) : null;
  return version === null ? recognise(bytes) : { protocol: 'ssh', text: version };
}

function isPatient({ scheme, port }: Target): boolean {
  return greetsFirst.has(scheme) || (scheme === 'tcp' && greetingPorts.has(port));
}

/** On a bare host:port, or a socket, the service was only guessed from the port or name: that its answer does not come proves nothing. */
function isSure(target: Target): boolean {
  return target.scheme !== 'tcp' && target.scheme !== 'tls' && target.scheme !== 'unix';
}

/** A line is complete, or the bytes are no text at all. */
function isWhole(bytes: Uint8Array): boolean {
  return bytes.includes(10) || (bytes.length > 6 && recognise(bytes) !== null);
}

/**
 * PostgreSQL: with TLS where the server offers it, since pg_hba.conf may well refuse a client that comes without. Its
 * certificate is not judged: most clients of PostgreSQL do not either (sslmode=prefer).
 */
async function askPostgres(stream: Duplex, listener: Listener, target: Target, context: Context): Promise<Words> {
  const { system, signal } = context;
  const wait = bounded(isSure(target) ? answerMs : greetingMs, context);
  stream.write(sslRequest);
  const how = await listener.until(() => true, wait, system, signal);
  const answer = Buffer.from(listener.bytes).toString('latin1');
  if (answer === 'N') {
    listener.forget();
    return startPostgres(stream, listener, target, context);
  }
  if (answer !== 'S') {
    const found = readPostgres(listener.bytes) ?? recognise(listener.bytes);
    return judgeWords(how, listener.bytes, found, isSure(target), target, sslRequest);
  }
  listener.release();
  const request = { serverName: null, applicationProtocols: [], versions: 'usual', timeoutMs: wait } as const;
  const secured = await handshake(stream, request, system, signal);
  // The server speaks PostgreSQL; that TLS fails inside is another matter, which its clients would report themselves.
  if (!secured.stream) return { protocol: 'postgres', silent: false };
  try {
    return await startPostgres(secured.stream, new Listener(secured.stream), target, context);
  } finally {
    secured.stream.destroy();
  }
}

async function startPostgres(stream: Duplex, listener: Listener, target: Target, context: Context): Promise<Words> {
  stream.write(startupMessage(target));
  const wait = bounded(answerMs, context);
  const how = await listener.until((bytes) => readPostgres(bytes) !== null, wait, context.system, context.signal);
  return judgeWords(how, listener.bytes, readPostgres(listener.bytes), true, target);
}

function bounded(ms: number, context: Context): number {
  return Math.max(1, Math.min(ms, context.remaining() / 2));
}
