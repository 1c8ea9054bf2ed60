import { familyOf } from '../../model/address.js';
import type { Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { InterferenceTrial, LargeHelloFact } from '../../model/interference.js';
import { known, skipped } from '../../model/observed.js';
import { isPublicName } from '../../model/public-name.js';
import { clientHello } from '../tls/client-hello.js';
import { paddedHello } from '../tls/padded-hello.js';
import { atOthers, type RunTrial } from './interference.js';
import { largeHelloHead, openedTls } from './large-hello-head.js';
import { locateAnswer, locateSilence, wasLocated } from './locate.js';
import type { Said } from './payloads.js';
import type { Subject } from './subject.js';
import { trial } from './trial.js';

/** What Chromium sends with a key share of ML-KEM-768 (1,184 bytes), about: more than one segment of any usual link. */
const largeBytes = 1750;
/** The small one is padded too, so that nothing but the size differs. */
const leastPadding = 8;
const silenceMs = 1000;
const leastSilenceMs = 500;
/** A packet with so much, its headers and options of TCP stays below 576 bytes (RFC 791). */
const pieceBytes = 500;
/** The key shares that make the hello of OpenSSL 3.5 and later large are left out: the padding alone does that here. */
const groups = 'X25519:P-256';

/**
 * Whether a hello as large as a browser's is taken where a small one is. If it is not: both again in turns, both in small
 * packets (packets of full size may vanish by themselves), both with few hops, both at hosts that have nothing to do with it.
 */
export const largeHelloGatherer: Gatherer<'tls.largeHello'> = {
  ...largeHelloHead,
  async gather(facts, context) {
    const place = openedTls(facts);
    const { converse } = context.system.sockets;
    if (!place || !converse) return skipped('nothing to compare it with');
    const { host, path } = facts.target;
    const { address, port } = place;
    const subject: Subject = { layer: 'tls', hop: 0, host, address, port, path, applicationProtocols: ['http/1.1'] };
    const hellos = await hellosFor(subject);
    if (!hellos) return skipped('the hello could not be made larger');
    const said: Said = {
      name: () => host,
      payload: async (asked) => (asked === 'same' ? hellos.same : hellos.other),
    };
    const run: RunTrial = (request) => trial(request, subject, converse, context, said);
    const found = await compare(subject, facts, run, context);
    if (found.trials.length === 0 || context.signal.aborted) return skipped('ended before a comparison was made');
    const sizes = { same: hellos.same.length, other: hellos.other.length };
    return known({ layer: 'tls', hop: 0, host, address, port, sizes, ...found }, 'TLS hellos of two sizes');
  },
};

async function hellosFor({
  host,
  applicationProtocols,
}: Subject): Promise<Record<'same' | 'other', Uint8Array> | null> {
  const hello = await clientHello({ serverName: familyOf(host) === 0 ? host : null, applicationProtocols, groups });
  const same = paddedHello(hello, largeBytes);
  const other = paddedHello(hello, hello.length + leastPadding);
  return same && other ? { same, other } : null;
}

type Found = Pick<LargeHelloFact, 'trials' | 'inPieces'>;

async function compare(subject: Subject, facts: Facts, run: RunTrial, context: Context): Promise<Found> {
  const compared: InterferenceTrial[] = [];
  const slowest = (): number => Math.max(0, ...compared.flatMap((one) => (one.ending === 'silent' ? [] : [one.ms])));
  // Once it is known how long an answer takes, silence need not last much longer.
  const patience = (): number => Math.min(silenceMs, Math.max(leastSilenceMs, 10 * slowest()));
  // In turns, so that what comes and goes is not taken for a matter of size.
  for (const asked of ['same', 'other', 'same', 'other'] as const) {
    const one = await run({ asked, waitMs: asked === 'same' && compared.length > 0 ? patience() : silenceMs });
    if (one) compared.push(one);
    const stopped = asked === 'same' ? isStopped(one) : one?.reaction === 'handshake';
    if (!stopped) return { trials: compared, inPieces: [] };
  }
  const [blocked] = compared;
  if (!blocked || compared.some((one) => one.asked === 'same' && one.ending !== blocked.ending))
    return { trials: compared, inPieces: [] };
  const inPieces: InterferenceTrial[] = [];
  for (const asked of [['same', 'other'], ['same']] as const) {
    const trials = asked.map((one) => run({ asked: one, waitMs: patience(), pieceBytes: piece(one) }));
    inPieces.push(...(await Promise.all(trials)).filter((one) => one !== null));
  }
  if (inPieces.some((one) => one.asked === 'same' && !isStopped(one))) return { trials: compared, inPieces };
  const waitMs = slowest();
  const around = await placing(blocked, inPieces, waitMs, subject, run, context);
  const found = [...compared, ...around];
  if (
    wasLocated(around, blocked) ||
    !context.options.references ||
    !isPublicName(subject.host) ||
    context.signal.aborted
  )
    return { trials: found, inPieces };
  return { trials: [...found, ...(await atOthers(subject, facts, run, context))], inPieces };
}

async function placing(
  blocked: InterferenceTrial,
  inPieces: readonly InterferenceTrial[],
  waitMs: number,
  subject: Subject,
  run: RunTrial,
  context: Context,
): Promise<InterferenceTrial[]> {
  if (blocked.ending !== 'silent') return locateAnswer(blocked, true, waitMs, subject, run, context);
  // Whoever reads first packets alone lets the others by: routers behind him turn these back, and nothing shows where he is.
  if (inPieces.some((one) => one.asked === 'other' && isStopped(one))) return [];
  return locateSilence(waitMs, subject, run, context);
}

function isStopped(one: InterferenceTrial | null): boolean {
  return one?.ending === 'reset' || one?.ending === 'closed' || one?.ending === 'silent';
}

/** The small one comes in two packets then. */
function piece(asked: 'same' | 'other'): number {
  return asked === 'same' ? pieceBytes : pieceBytes / 2;
}
