import { fact, type Facts, type FlowTrace } from '../../model/facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { failed, known } from '../../model/observed.js';
import type { TraceSession } from '../../model/system.js';
import type { CarrierTrace, TunnelEnd } from '../../model/tunnel-facts.js';
import { describeRule } from './describe-rule.js';
import { ledThere } from './led-there.js';
import { isStop, stepOf } from './trace-steps.js';

/**
 * WireGuard asks its other end anew every 5 s and up to a third (REKEY_TIMEOUT, and what timers.c adds to it), as long as
 * there is something to send; OpenVPN sends what it is given at once.
 */
const waitMs = 5_600;
const stepMs = 25;
/** A packet that was seen and not stopped by then has passed; an answer takes its time. */
const passedMs = { out: 600, in: 60 };

/**
 * What this device's own rules do with the packets in which a tunnel carries ours: something is sent into it, and the kernel
 * follows what the tunnel sends for that.
 */
export const tunnelTrace: Gatherer<'tunnel.trace'> = {
  fact: 'tunnel.trace',
  needs: ['device.tunnelEnds', 'device.routes'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  // WireGuard lets one wait: it is begun where silence is likely.
  hedge: { fact: ['connect', 'proxy.connect'], afterMs: 700 },
  when: (facts, context) => {
    if (!context.options.trace) return 'switched off by --no-trace';
    if (!context.system.tracer) return 'the kernel cannot be asked to trace here';
    return followable(facts).length === 0 ? 'where the tunnel sends is not known' : null;
  },
  async gather(facts, context) {
    const session = await context.system.tracer?.open(context.signal);
    if (!session || 'code' in session)
      return failed(session ?? { operation: 'connect', code: 'failed', raw: 'no tracer' }, 'nf_tables trace');
    try {
      const found = await Promise.all(followable(facts).map((end) => followed(end, facts, session, context)));
      return known(
        found.filter((one) => one !== null),
        'nf_tables trace',
      );
    } finally {
      await session.close();
    }
  },
};

/** What has no way leaves no trace. Two ends of one port could not be told apart. */
function followable(facts: Facts): TunnelEnd[] {
  const all = (fact(facts, 'device.tunnelEnds') ?? []).filter(({ route }) => route !== null && route.error === null);
  return all.filter(({ localPort }, i) => all.findIndex((one) => one.localPort === localPort) === i);
}

async function followed(
  end: TunnelEnd,
  facts: Facts,
  session: TraceSession,
  context: Context,
): Promise<CarrierTrace | null> {
  const { device, protocol, address, port, localPort } = end;
  const towards = fact(facts, 'device.routes')?.choices.find((one) => one.device === device)?.address;
  if (towards === undefined || !(await session.follow({ protocol, address, port, localPort }))) return null;
  await seenToEnd(end, towards, session, context);
  const events = session.events().filter((event) => event.localPort === localPort);
  const seen = session.seen(localPort);
  const stop = events.find(isStop);
  const flow: FlowTrace = {
    protocol,
    address,
    port,
    localPort,
    outcome: { operation: 'connect', code: 'timed-out', raw: 'no connection of our own' },
    stoppedBy: stop ? stepOf(stop) : null,
    steps: events.length,
    seenOut: seen.out,
    seenIn: seen.in,
  };
  if (!stop) return { device, flow };
  const { rule, comment, excerpt } = await describeRule(stepOf(stop), ledThere(events, stop), address, context.system);
  return {
    device,
    flow: {
      ...flow,
      stoppedBy: { ...stepOf(stop), ...(rule ? { rule } : {}) },
      ...(comment ? { comment } : {}),
      ...(excerpt ? { excerpt } : {}),
    },
  };
}

/** Until a packet of the tunnel's was stopped or has passed. Into it goes what its other end, at the latest, throws away. */
async function seenToEnd(
  { device, localPort }: TunnelEnd,
  towards: string,
  session: TraceSession,
  { system, signal, remaining }: Context,
): Promise<void> {
  const until = system.clock.now() + Math.min(waitMs, remaining() - 400);
  let next = 0;
  let left: number | null = null;
  let came: number | null = null;
  while (system.clock.now() < until && !signal.aborted) {
    const now = system.clock.now();
    if (session.events().some((event) => event.localPort === localPort && isStop(event))) return;
    const seen = session.seen(localPort);
    if (seen.out) left ??= now;
    if (seen.in) came ??= now;
    if (now - (came ?? now) >= passedMs.in || now - (left ?? now) >= passedMs.out) return;
    if (now >= next) {
      next = now + 1_000;
      const request = {
        address: towards,
        port: 9,
        payload: new Uint8Array(1),
        timeoutMs: 20,
        ttl: 1,
        interface: device,
      };
      void system.sockets.datagram(request, signal);
    }
    // oxlint-disable-next-line no-await-in-loop -- a bounded wait
    await system.clock.sleep(stepMs, signal);
  }
}
