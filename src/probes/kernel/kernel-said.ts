import type { Duplex } from 'node:stream';
import { silencedFlows } from '../../model/failing-flows.js';
import { fact, type Facts, type FlowTrace, type SaidTrace } from '../../model/facts.js';
import type { Failure } from '../../model/failure.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { failed, known, skipped } from '../../model/observed.js';
import { proxyOf } from '../../model/proxied.js';
import type { TraceEvent, TraceSession } from '../../model/system.js';
import { keptOn } from '../connect/unheard.js';
import { Listener } from '../greeting/listen.js';
import { exchange } from '../http/exchange.js';
import { usualHttpRequest } from '../http/usual-request.js';
import { handshake } from '../tls/handshake.js';
import { usualRequest } from '../tls/usual-request.js';
import { describeRule } from './describe-rule.js';
import { ledThere } from './led-there.js';
import { isStop, stepOf } from './trace-steps.js';

const openMs = 1_100;
/** An answer takes its way, and what gets lost is sent again after 0.2 and 0.4 s more. */
const mostMs = 1_600;
/** After a packet was stopped its copies may pass, where a rule counts or draws lots. */
const copiesMs = 500;

/**
 * What the kernel's own rules do with what is said on a connection that they let be opened: the failed step once more, its
 * packets followed rule by rule (nf_tables trace), as those that open a connection are.
 */
export const kernelSaid: Gatherer<'kernel.said'> = {
  fact: 'kernel.said',
  // What is read as a whole must not hold the table of this trace.
  needs: ['connect', 'device.firewall'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts, { options, system }) => {
    if (!options.trace) return 'switched off by --no-trace';
    if (!system.tracer) return 'the kernel cannot be asked to trace here';
    if (proxyOf(facts) !== null) return 'what is said goes to a proxy';
    return silencedFlows(facts).length === 0 ? 'nothing stayed silent on an open connection' : null;
  },
  async gather(facts, context) {
    const session = await context.system.tracer?.open(context.signal);
    if (!session || 'code' in session)
      return failed(session ?? { operation: 'connect', code: 'failed', raw: 'no tracer' }, 'nf_tables trace');
    try {
      const said: SaidTrace[] = [];
      for (const { address, port } of silencedFlows(facts)) {
        const step = stepOfPlace(address, port, facts);
        if (step && !context.signal.aborted)
          said.push({ step, flow: await follow(address, port, step, session, facts, context) });
      }
      return said.length === 0 ? skipped('ended before anything was said') : known(said, 'nf_tables trace');
    } finally {
      await session.close();
    }
  },
};

function stepOfPlace(address: string, port: number, facts: Facts): SaidTrace['step'] | undefined {
  return (['greeting', 'http', 'tls'] as const).find((key) =>
    (fact(facts, key) ?? []).some((one) => one.address === address && one.port === port && one.failure !== undefined),
  );
}

async function follow(
  address: string,
  port: number,
  step: SaidTrace['step'],
  session: TraceSession,
  facts: Facts,
  context: Context,
): Promise<FlowTrace> {
  const { system, options, signal } = context;
  const place = { protocol: 'tcp' as const, address, port };
  let localPort = 0;
  const timeoutMs = Math.max(50, Math.min(openMs, context.remaining() - 150));
  const onBound = async (bound: number): Promise<void> => {
    localPort = bound;
    await session.follow({ ...place, localPort });
  };
  const { stream, failure } = await system.sockets.dial(
    { address, port, timeoutMs, interface: options.interface, onBound, takesKept: true },
    signal,
  ).done;
  const enough = new AbortController();
  const stopped = (event: TraceEvent): boolean => isStop(event) && event.said !== undefined;
  void session.wait(localPort, stopped, mostMs).then(async (event) => {
    if (event) await system.clock.sleep(copiesMs, signal);
    if (event) enough.abort();
  });
  const outcome = stream ? await say(step, stream, facts, context, AbortSignal.any([signal, enough.signal])) : failure;
  await system.clock.sleep(5, signal);
  const events = session.events().filter((event) => event.localPort === localPort);
  const seen = session.seen(localPort);
  const end = events
    .filter(isStop)
    .findLast(({ said, direction }) => (stream ? said !== undefined && said === seen.lastSaid?.[direction] : true));
  const described = end && (await describeRule(stepOf(end), ledThere(events, end), address, system));
  return {
    ...place,
    localPort,
    outcome: outcome ?? 'answered',
    stoppedBy: end ? { ...stepOf(end), ...(described?.rule && { rule: described.rule }) } : null,
    ...(described?.comment !== undefined && { comment: described.comment }),
    ...(described?.excerpt && { excerpt: described.excerpt }),
    steps: events.length,
    seenOut: seen.out,
    seenIn: seen.in,
  };
}

/** The failed step as it was, on a connection of its own; null: it was answered. */
async function say(
  step: SaidTrace['step'],
  stream: Duplex,
  { target }: Facts,
  context: Context,
  signal: AbortSignal,
): Promise<Failure | null> {
  const timeoutMs = Math.max(50, Math.min(mostMs, context.remaining() - 150));
  if (step === 'greeting') return listened(stream, timeoutMs, context, signal);
  let open = stream;
  if (step === 'tls' || target.transport === 'tls') {
    const shaken = await handshake(open, { ...usualRequest(target, context), timeoutMs }, context.system, signal);
    if (shaken.failure) return shaken.failure;
    if (!shaken.stream) return null;
    open = shaken.stream;
  }
  if (step === 'tls') {
    open.destroy();
    return null;
  }
  const request = { ...usualHttpRequest(target, context), timeoutMs };
  return (await exchange(open, request, context.system, signal)).failure ?? null;
}

/** One line end, which bothers no service; most speak first. */
async function listened(
  stream: Duplex,
  timeoutMs: number,
  { system }: Context,
  signal: AbortSignal,
): Promise<Failure | null> {
  const listener = new Listener(stream);
  stream.write('\r\n');
  const heard = await listener.until(() => true, timeoutMs, system, signal);
  const kept = keptOn(stream, system);
  stream.destroy();
  if (heard === 'enough') return null;
  const code = heard === 'silent' ? 'timed-out' : heard;
  return { operation: 'service', code, raw: heard, ...kept };
}
