import { fact, type Facts } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import type { InterferenceTrial } from '../../model/interference.js';
import { known, skipped } from '../../model/observed.js';
import { isPublicName } from '../../model/public-name.js';
import { familyOf } from '../../model/address.js';
import { whileHeard } from '../connect/while-heard.js';
import { elsewhereFor } from './elsewhere.js';
import { locateAnswer, locateSilence, wasLocated } from './locate.js';
import { type Subject, subjectOf } from './subject.js';
import { trial, type TrialRequest } from './trial.js';

/** What is waited for an answer that a server gives at once: the failed step itself has waited for seconds. */
const silenceMs = 1000;
const leastSilenceMs = 500;

export type RunTrial = (request: TrialRequest) => Promise<InterferenceTrial | null>;

/**
 * The experiments that tell a filter on the way from the server: the failed step again; the same with another name, and
 * nothing else changed; both with a hop limit that does not reach the server; both at a host that has nothing to do with
 * it. Each is repeated, and each has a control.
 */
export const interference: Gatherer<'interference'> = {
  fact: 'interference',
  needs: ['tls', 'http', 'redirects'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'none',
  whenLate: { afterMs: 0 },
  when: (facts, { system, lateStep }) => {
    if (!system.sockets.converse) return 'needs system calls';
    return subjectOf(facts, lateStep?.()) === null ? 'no step failed that a filter could have stopped' : null;
  },
  async gather(facts, context) {
    const subject = subjectOf(facts, context.lateStep?.());
    const { converse } = context.system.sockets;
    if (!subject || !converse) return skipped('no step failed that a filter could have stopped');
    const run: RunTrial = (request) => trial(request, subject, converse, context);
    const { layer, hop, host, address, port } = subject;
    const { result: trials, heads } = await whileHeard(address, context, () =>
      experiments(subject, facts, run, context),
    );
    if (trials.length === 0 || context.signal.aborted) return skipped('ended before a comparison was made');
    const found = { layer, hop, host, address, port, trials, ...(heads && { heads }) };
    return known(found, 'TCP with other bytes and hop limits');
  },
};

async function experiments(
  subject: Subject,
  facts: Facts,
  run: RunTrial,
  context: Context,
): Promise<InterferenceTrial[]> {
  const named = familyOf(subject.host) === 0;
  const { address, port, layer } = subject;
  const locate = async (cut: InterferenceTrial, depends: boolean, waitMs: number): Promise<InterferenceTrial[]> => {
    if (cut.ending !== 'silent') return locateAnswer(cut, depends, waitMs, subject, run, context);
    return depends ? locateSilence(waitMs, subject, run, context) : [];
  };
  const begun = firstRound(subject, named, wasSilent(subject, facts), run, context);
  // Nothing comes after most resets, which half a second tells: begun beside the comparison that it counts with.
  const located = new AbortController();
  const early = endedAs('reset', subject, facts) ? ignoring(located.signal, run, context) : null;
  const first = await begun;
  const [blocked] = first.filter((one) => one.asked === 'same');
  // Where it is swallowed or cut is looked for while the difference is tried again, which gets its share of the packets first.
  const repeated = again(first, named, run);
  const where = blocked && differs(blocked, first) ? locate(blocked, true, slowest(first)) : null;
  const compared = [...first, ...(await repeated)];
  if (!blocked || !lasts(compared, blocked)) return compared;
  const depends = named && compared.every((one) => one.asked !== 'other' || one.reaction !== blocked.reaction);
  const waitMs = slowest(compared);
  const placing = (depends && where ? where : locate(blocked, depends, waitMs)).then((around) => {
    // That the server cannot have done it is shown by then: what its silence would tell besides is not waited for.
    if (depends && wasLocated(around, blocked)) located.abort();
    return around;
  });
  const [around, living] = await Promise.all([
    placing,
    blocked.ending === 'reset' ? (early ?? ignoring(located.signal, run, context)) : [],
  ]);
  const found = [...compared, ...living, ...around];
  if (depends && wasLocated(found, blocked)) context.explained?.({ address, port, step: layer });
  if (!depends || wasLocated(found, blocked) || !context.options.references || !isPublicName(subject.host))
    return found;
  return [...found, ...(await atOthers(subject, facts, run, context))];
}

/** The step in question ended in silence; anything else comes as soon as an answer does. */
function wasSilent(subject: Subject, facts: Facts): boolean {
  return (subject.hop === 0 && facts[subject.layer] === undefined) || endedAs('timed-out', subject, facts);
}

function endedAs(code: 'timed-out' | 'reset', { address, port, hop }: Subject, facts: Facts): boolean {
  const later = fact(facts, 'redirects')?.[hop - 1];
  const steps = hop === 0 ? [...(fact(facts, 'tls') ?? []), ...(fact(facts, 'http') ?? [])] : [later?.tls, later?.http];
  return steps.some((one) => one?.address === address && one.port === port && one.failure?.code === code);
}

/** How long an answer takes. */
function slowest(trials: readonly InterferenceTrial[]): number {
  return Math.max(0, ...trials.filter((one) => one.ending !== 'silent').map((one) => one.ms));
}

/** Silence, a reset or an end for the one name, an answer for the other. */
function differs({ ending }: InterferenceTrial, first: readonly InterferenceTrial[]): boolean {
  return ending !== 'answered' && first.some((one) => one.asked === 'other' && one.ending === 'answered');
}

type Asked = TrialRequest['asked'];

async function round(asked: readonly Asked[], run: RunTrial, waitMs = silenceMs): Promise<InterferenceTrial[]> {
  const trials = await Promise.all(asked.map((one) => run({ asked: one, waitMs })));
  return trials.filter((one) => one !== null);
}

/** How long an answer takes is known by then: silence need not last much longer. */
function patience(others: readonly InterferenceTrial[]): number {
  if (others.every(({ ending }) => ending === 'silent')) return others.length === 0 ? silenceMs : leastSilenceMs;
  return Math.min(silenceMs, Math.max(leastSilenceMs, 10 * slowest(others)));
}

/** All at once; after silence what is answered at once shows how long the one in question has to be waited for. */
async function firstRound(
  subject: Subject,
  named: boolean,
  silent: boolean,
  run: RunTrial,
  context: Context,
): Promise<InterferenceTrial[]> {
  if (!named) return round(['same', 'same'], run);
  const further = subject.layer === 'tls' ? (['none'] as const) : subject.path === '/' ? [] : (['path'] as const);
  if (!silent) return round(['same', 'other', ...further], run);
  return beside([{ asked: 'same' }], [{ asked: 'other' }, ...further.map((asked) => ({ asked }))], run, context);
}

type Trial = Omit<TrialRequest, 'waitMs' | 'enough'>;

/** What stays silent is waited for as long as what is answered beside it makes seem enough. */
async function beside(
  suspects: readonly Trial[],
  controls: readonly Trial[],
  run: RunTrial,
  { system, signal }: Context,
): Promise<InterferenceTrial[]> {
  const enough = new AbortController();
  const waited = Promise.all(suspects.map((one) => run({ ...one, waitMs: silenceMs, enough: enough.signal })));
  const others = (await Promise.all(controls.map((one) => run({ ...one, waitMs: silenceMs })))).filter(
    (one) => one !== null,
  );
  const passed = Math.max(0, ...others.map(({ ms }) => ms));
  await Promise.race([waited, system.clock.sleep(Math.max(0, patience(others) - passed), signal)]);
  enough.abort();
  return [...(await waited).filter((one) => one !== null), ...others];
}

/** Twice in a row, so that what comes and goes is not taken for a difference between names. */
async function again(first: readonly InterferenceTrial[], named: boolean, run: RunTrial): Promise<InterferenceTrial[]> {
  const [same] = first;
  if (!named || !same) return [];
  if (first.every((one) => one.reaction === same.reaction)) return same.ending === 'silent' ? [] : round(['same'], run);
  return round(['other', 'same'], run, patience(first.filter((one) => one.asked !== 'same')));
}

/** Each try of the very same fails in the very same way, and no handshake was begun. */
function lasts(compared: readonly InterferenceTrial[], blocked: InterferenceTrial): boolean {
  const again = compared.filter((one) => one.asked === 'same');
  return blocked.reaction !== 'handshake' && again.every((one) => one.reaction === blocked.reaction);
}

/**
 * As root: whether the connection lives when resets are thrown away, twice. Only a forged one leaves it alive. Where the
 * first stays silent, no second one takes packets from what is tried beside it. Silence that was cut short is left out.
 */
async function ignoring(enough: AbortSignal, run: RunTrial, context: Context): Promise<InterferenceTrial[]> {
  if (!context.system.identity.privileges.includes('net-raw')) return [];
  const trial = async (): Promise<InterferenceTrial[]> => {
    const one = await run({ asked: 'same', ignoringResets: true, waitMs: leastSilenceMs, enough });
    return one === null || (one.ending === 'silent' && enough.aborted) ? [] : [one];
  };
  const first = await trial();
  return first[0]?.ending === 'answered' ? [...first, ...(await trial())] : first;
}

/** The same at hosts that have nothing to do with the target, twice. */
export async function atOthers(
  subject: Subject,
  facts: Facts,
  run: RunTrial,
  context: Context,
): Promise<InterferenceTrial[]> {
  await context.wanted?.('references');
  const places = elsewhereFor(subject, fact(context.latest(), 'references') ?? fact(facts, 'references') ?? []);
  const rounds: InterferenceTrial[] = [];
  for (let round = 0; round < 2; round++) {
    const asked = (one: 'same' | 'other'): Trial[] =>
      places.map((at) => ({ asked: one, place: 'elsewhere' as const, ...at }));
    rounds.push(...(await beside(asked('same'), asked('other'), run, context)));
  }
  return rounds;
}
