import { doubtfulFlows, type Flow, failingFlows, silencedFlows } from '../../model/failing-flows.js';
import { fact, type Facts, type FlowTrace } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { failed, known, skipped } from '../../model/observed.js';
import type { TraceEvent, TraceSession } from '../../model/system.js';
import { describeRule } from './describe-rule.js';
import { ledThere } from './led-there.js';
import { type PassedOutside, passedOutside, withRuleOutside } from './passed-outside.js';
import { letsPass, rewritten } from './rewritten.js';
import { hasPassed, isStop, stepOf } from './trace-steps.js';

/** After the first packet: the way out and back takes its time, and the first retransmission comes after 1 s. */
const waitMs = 1_100;
const mostForAnswerMs = 1_600;
const mostLogged = 100;

/**
 * What the kernel's own rules do with our packets and their answers: a fresh probe to each failed address, followed rule
 * by rule (nf_tables trace) in a table that the kernel removes when this process ends, however it ends.
 */
export const kernelTrace: Gatherer<'kernel.trace'> = {
  fact: 'kernel.trace',
  needs: ['name.system'],
  base: false,
  early: 'failed',
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 250 },
  whenNameless: true,
  when: (facts, context) => {
    if (!context.options.trace) return 'switched off by --no-trace';
    if (!context.system.tracer) return 'the kernel cannot be asked to trace here';
    return flowsIn(facts).length + silencedFlows(facts).length === 0 ? 'there is no address to trace' : null;
  },
  async gather(facts, context) {
    const { tracer, around } = context.system;
    const failing = flowsIn(facts);
    const asked = failing.length > 0 ? failing : await endingHere(facts, context);
    if (asked.length === 0) return skipped('what is silent after it was opened does not end on this computer');
    const session = await tracer?.open(context.signal);
    if (!session || 'code' in session) {
      return failed(session ?? { operation: 'connect', code: 'failed', raw: 'no tracer' }, 'nf_tables trace');
    }
    const opened = await around?.tracer.open(context.signal);
    const outside = opened && !('code' in opened) ? opened : null;
    try {
      const sessions = { session, outside };
      const followed = await Promise.all(asked.map((flow) => follow(flow, sessions, context)));
      const flows = await Promise.all(followed.map((one) => withRule(one, context)));
      const logged = session
        .logged()
        .filter((line) => flows.some(({ localPort }) => line.includes(`PT=${localPort}`)))
        .slice(0, mostLogged);
      return known({ flows, ...(logged.length === 0 ? {} : { logged }) }, 'nf_tables trace');
    } finally {
      await Promise.all([session.close(), outside?.close()]);
    }
  },
};

/** Those that failed; where none did, those that led to somebody who may not be the target. */
function flowsIn(facts: Facts): Flow[] {
  const failing = failingFlows(facts);
  return failing.length > 0 ? failing : doubtfulFlows(facts);
}

/** Connections that were opened, to a program of this device in the target's place, and on which nothing comes. */
async function endingHere(facts: Facts, { wanted, latest }: Context): Promise<Flow[]> {
  const silent = silencedFlows(facts);
  if (silent.length > 0) await wanted?.('connect.localEnd');
  const ends = fact(latest(), 'connect.localEnd') ?? [];
  return silent.filter(({ address, port }) =>
    ends.some((one) => one.end !== null && one.address === address && one.port === port),
  );
}

interface Sessions {
  readonly session: TraceSession;
  /** In the network around, which our packets pass on their way out; null where there is none. */
  readonly outside: TraceSession | null;
}

interface Followed {
  readonly flow: FlowTrace;
  readonly outside: PassedOutside | null;
  /** The rules whose jumps led to where it was stopped. */
  readonly led: readonly TraceEvent[];
  /** Rules that let our packet pass: one of them may have rewritten where it goes, or from whom it comes. */
  readonly passing: readonly TraceEvent[];
}

async function follow(flow: Flow, { session, outside }: Sessions, context: Context): Promise<Followed> {
  const bound = Math.max(50, Math.min(waitMs, context.remaining() - 150));
  let localPort = 0;
  const onBound = async (port: number): Promise<void> => {
    localPort = port;
    await Promise.all([session.follow({ ...flow, localPort: port }), outside?.follow({ ...flow, localPort: port })]);
  };
  const stop = (): Promise<TraceEvent | null> => stoppedIn(outside ? [session, outside] : [session], localPort, bound);
  let outcome: FlowTrace['outcome'] = { operation: 'connect', code: 'failed', raw: 'not tried' };
  if (flow.protocol === 'tcp') {
    const bounded = new Promise<void>((resolve) => {
      const dialling = context.system.sockets.dial(
        {
          ...flow,
          timeoutMs: bound,
          interface: context.options.interface,
          onBound: async (port) => {
            await onBound(port);
            // A packet that a rule has stopped is stopped: the rest of the silence says nothing more.
            void stop().then(async (event) => {
              if (event) await context.system.clock.sleep(20, context.signal);
              if (event) dialling.giveUp();
            });
          },
        },
        context.signal,
      );
      void dialling.done.then((result) => {
        result.stream?.destroy();
        outcome = result.failure ?? 'connected';
        resolve();
      });
    });
    await bounded;
  } else {
    const result = await context.system.sockets.datagram(
      { ...flow, payload: rootQuery(), timeoutMs: Math.min(bound, 600), interface: context.options.interface, onBound },
      context.signal,
    );
    outcome = result.outcome === 'reply' ? 'answered' : result.outcome;
  }
  await untilSeen(session, localPort, context);
  const events = session.events().filter((event) => event.localPort === localPort);
  const seen = session.seen(localPort);
  const end = events.find(isStop);
  // No rule is to blame, and nothing came back, or this device's own refusal: what lies behind the rules is asked.
  const isRefusedHere = seen.answeredHere === true && typeof outcome === 'object' && outcome.code === 'refused';
  const isOpen = !end && (!seen.in || isRefusedHere) && !hasPassed(outcome);
  const lost =
    isOpen && !context.signal.aborted
      ? session.lost(flow.protocol, { ...flow, interface: context.options.interface })
      : [];
  // The answer came in, no rule stopped it, and the program never got it: our own socket is asked.
  const isVanished = !end && seen.in && typeof outcome === 'object' && outcome.code === 'timed-out';
  const mark = end
    ? undefined
    : events.findLast((event) => event.direction === 'out' && event.mark !== undefined)?.mark;
  const asked = isVanished && flow.protocol === 'tcp' && context.remaining() > mostForAnswerMs;
  const answerLost = asked ? await session.answerLost({ ...flow, interface: context.options.interface }) : null;
  const passed =
    outside && !end ? await passedOutside({ ...flow, localPort, outcome }, session, outside, context) : null;
  return {
    outside: passed,
    flow: {
      ...flow,
      localPort,
      outcome,
      stoppedBy: end ? stepOf(end) : null,
      steps: events.length,
      seenOut: seen.out,
      seenIn: seen.in,
      ...(mark !== undefined && { mark }),
      ...(lost.length === 0 ? {} : { lost }),
      ...(answerLost && { answerLost }),
    },
    led: end ? ledThere(events, end) : [],
    passing: end ? [] : events.filter(letsPass),
  };
}

/** The first stop in any of these networks; null where there is none in time. */
function stoppedIn(sessions: readonly TraceSession[], localPort: number, ms: number): Promise<TraceEvent | null> {
  return new Promise((resolve) => {
    const waits = sessions.map(async (one) => {
      const event = await one.wait(localPort, isStop, ms);
      if (event) resolve(event);
    });
    void Promise.all(waits).then(() => resolve(null));
  });
}

const newsMs = 120;

/** A packet that this device refuses at once has failed before the kernel's news of it are read. */
async function untilSeen(session: TraceSession, localPort: number, { system, signal }: Context): Promise<void> {
  const until = system.clock.now() + newsMs;
  do await system.clock.sleep(5, signal);
  while (!session.seen(localPort).out && system.clock.now() < until && !signal.aborted);
}

async function withRule(followed: Followed, context: Context): Promise<FlowTrace> {
  const { flow, led, outside } = followed;
  if (!flow.stoppedBy) {
    const around = outside && (await withRuleOutside(outside, context));
    return { ...flow, ...(await rewritten(followed.passing, context.system)), ...(around && { around }) };
  }
  const { rule, comment, excerpt } = await describeRule(flow.stoppedBy, led, flow.address, context.system);
  return {
    ...flow,
    stoppedBy: { ...flow.stoppedBy, ...(rule ? { rule } : {}) },
    ...(comment ? { comment } : {}),
    ...(excerpt ? { excerpt } : {}),
  };
}

/** `. NS`, recursion desired: the least that any resolver answers. */
function rootQuery(): Uint8Array {
  return Uint8Array.from([0x77, 0x62, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1]);
}
