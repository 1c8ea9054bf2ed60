import { familyOf, scopeOf } from '../../model/address.js';
import type { AroundTrace, FlowTrace } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { System, TraceEvent, TraceSession } from '../../model/system.js';
import { describeRule } from './describe-rule.js';
import { ledThere } from './led-there.js';
import { hasPassed, isStop, stepOf } from './trace-steps.js';

const ownTryMs = 700;

export interface PassedOutside {
  readonly trace: AroundTrace;
  /** The rules whose jumps led to where it was stopped. */
  readonly led: readonly TraceEvent[];
}

type Ours = Pick<FlowTrace, 'protocol' | 'address' | 'port' | 'localPort' | 'outcome'>;

/**
 * What became of the same packets in the network around. Null where what was seen there may be somebody else's: the packets
 * must bear the very addresses that ours bore here, or were given there on their way out.
 */
export async function passedOutside(
  ours: Ours,
  here: TraceSession,
  outside: TraceSession,
  context: Context,
): Promise<PassedOutside | null> {
  const { localPort, outcome } = ours;
  const [own, seen] = [here.seen(localPort), outside.seen(localPort)];
  const [source, ...others] = own.ends ?? [];
  if (source === undefined || others.length > 0) return null;
  const isOurs = (seen.ends ?? []).every((end) => end === source || end === seen.leftAs);
  if (!isOurs || (seen.out && seen.ends?.includes(source) !== true)) return null;
  const events = outside.events().filter((event) => event.localPort === localPort);
  const end = events.find(isStop);
  const isLost = !end && seen.out && !seen.in && !hasPassed(outcome);
  const leftAs = seen.leftAs ?? null;
  const untranslated = isLost && leftAs === source && scopeOf(source) !== 'public';
  const ownTry = untranslated && ours.protocol === 'tcp' ? await tryOutside(ours, context) : null;
  return {
    led: end ? ledThere(events, end) : [],
    trace: {
      ...ours,
      stoppedBy: end ? stepOf(end) : null,
      steps: events.length,
      seenOut: seen.out,
      seenIn: seen.in,
      source,
      leftAs,
      forwardingOff: isLost && leftAs === null ? await forwardingOff(ours.address, source, context) : null,
      ...(ownTry && { ownTry }),
    },
  };
}

export async function withRuleOutside({ trace, led }: PassedOutside, context: Context): Promise<AroundTrace> {
  const { around } = context.system;
  if (!trace.stoppedBy || !around) return trace;
  const system = Object.create(context.system, { run: { value: around.run } }) as System;
  const { rule, comment, excerpt } = await describeRule(trace.stoppedBy, led, trace.address, system);
  return {
    ...trace,
    stoppedBy: { ...trace.stoppedBy, ...(rule ? { rule } : {}) },
    ...(comment ? { comment } : {}),
    ...(excerpt ? { excerpt } : {}),
  };
}

/** In IPv4 the interface by which it came in decides, in IPv6 one setting for all (ip6_forward). */
async function forwardingOff(address: string, source: string, { system: { around } }: Context): Promise<string | null> {
  if (!around) return null;
  const isOff = (name: string): boolean => around.setting(name) === '0';
  if (familyOf(address) === 6) return isOff('ipv6/conf/all/forwarding') ? 'net.ipv6.conf.all.forwarding' : null;
  const routed = await around.run('ip', ['-o', 'route', 'get', source], { timeoutMs: 1_000 });
  const device = / dev ([\w-]{1,15}) /.exec(routed.stdout)?.[1];
  if (device === undefined || !isOff(`ipv4/conf/${device}/forwarding`)) return null;
  return isOff('ipv4/ip_forward') ? 'net.ipv4.ip_forward' : `net.ipv4.conf.${device}.forwarding`;
}

/** The same connection from the machine itself: only whose address the packets bear is another. */
async function tryOutside({ address, port }: Ours, context: Context): Promise<AroundTrace['ownTry'] | null> {
  const timeoutMs = Math.min(ownTryMs, context.remaining() - 150);
  const sockets = context.system.around?.sockets;
  if (!sockets || timeoutMs < 50) return null;
  const result = await sockets.dial({ address, port, timeoutMs, discard: true }, context.signal).done;
  result.stream?.destroy();
  return result.failure ?? 'connected';
}
