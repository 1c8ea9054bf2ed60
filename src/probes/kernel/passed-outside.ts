import { familyOf, scopeOf } from '../../model/address.js';
import type { AroundTrace, FlowTrace } from '../../model/facts.js';
import type { Context } from '../../model/gatherer.js';
import type { System, TraceEvent, TraceSession } from '../../model/system.js';
import { describeRule } from './describe-rule.js';
import { ledThere } from './led-there.js';
import { leadsTo, letsPass, rewritten } from './rewritten.js';
import { hasPassed, isStop, stepOf } from './trace-steps.js';

const ownTryMs = 700;
const longestText = 400;

export interface PassedOutside {
  readonly trace: AroundTrace;
  /** The rules whose jumps led to where it was stopped. */
  readonly led: readonly TraceEvent[];
  /** Rules there that let our packet pass: one of them may have led it elsewhere. */
  readonly passing: readonly TraceEvent[];
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
    passing: end ? [] : events.filter(letsPass),
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

export async function withRuleOutside({ trace, led, passing }: PassedOutside, context: Context): Promise<AroundTrace> {
  const { around } = context.system;
  if (!around) return trace;
  const system = Object.create(context.system, { run: { value: around.run } }) as System;
  if (!trace.stoppedBy) {
    const { redirectedBy } = await rewritten(passing, system);
    const place = redirectedBy && leadsTo(redirectedBy);
    return {
      ...trace,
      ...(redirectedBy && { redirectedBy }),
      ...(place && { ledTo: await tried(place, trace, context) }),
      ...(redirectedBy ? {} : await leavingOut(trace, system)),
    };
  }
  const { rule, comment, excerpt } = await describeRule(trace.stoppedBy, led, trace.address, system);
  return {
    ...trace,
    stoppedBy: { ...trace.stoppedBy, ...(rule ? { rule } : {}) },
    ...(comment ? { comment } : {}),
    ...(excerpt ? { excerpt } : {}),
  };
}

/** Engines write a rule for each published port, which may leave out what comes by the container's own bridge. */
async function leavingOut(trace: AroundTrace, { run }: System): Promise<Pick<AroundTrace, 'leavesOut'>> {
  const { outcome, leftAs, protocol, port } = trace;
  if (typeof outcome !== 'object' || outcome.code !== 'refused' || leftAs !== null) return {};
  const family = familyOf(trace.address) === 6 ? 'ip6' : 'ip';
  const saved = await run(family === 'ip6' ? 'ip6tables-save' : 'iptables-save', ['-t', 'nat'], { timeoutMs: 1_000 });
  const rules = saved.stdout.split('\n').filter((line) => line.startsWith('-A '));
  const text = rules.find((line) => line.includes(` -p ${protocol} `) && line.includes(` --dport ${port} -j DNAT `));
  const chain = text?.split(' ', 2)[1];
  if (text === undefined || chain === undefined || text.length > longestText) return {};
  const number = rules.filter((line) => line.startsWith(`-A ${chain} `)).indexOf(text) + 1;
  return { leavesOut: { backend: 'iptables-nft', family, table: 'nat', chain, number, text } };
}

/** The place that a rule leads to, asked by the container itself where the way over that rule was silent. */
async function tried(
  place: { readonly address: string; readonly port: number | null },
  trace: AroundTrace,
  context: Context,
): Promise<NonNullable<AroundTrace['ledTo']>> {
  const { address, port } = { ...place, port: place.port ?? trace.port };
  const isSilent = typeof trace.outcome === 'object' && trace.outcome.code === 'timed-out';
  const timeoutMs = Math.min(ownTryMs, context.remaining() - 150);
  if (trace.protocol !== 'tcp' || !isSilent || timeoutMs < 50) return { address, port };
  const result = await context.system.sockets.dial({ address, port, timeoutMs, discard: true }, context.signal).done;
  result.stream?.destroy();
  const hairpin = trace.leftAs === null ? await anyHairpin(context) : null;
  return { address, port, directly: result.failure ?? 'connected', ...(hairpin !== null && { hairpin }) };
}

/** With br_netfilter a packet that is led to its own bridge again stays on it, and passes a port twice in hairpin mode only. */
async function anyHairpin({ system: { around } }: Context): Promise<boolean | null> {
  const asked = await around?.run('bridge', ['-d', 'link', 'show'], { timeoutMs: 1_000 });
  if (asked?.exit !== 0 || !/\bhairpin (?:on|off)\b/.test(asked.stdout)) return null;
  return /\bhairpin on\b/.test(asked.stdout);
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
