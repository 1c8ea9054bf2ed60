import type { Duplex } from 'node:stream';
import { familyOf } from '../../model/address.js';
import type { Context } from '../../model/gatherer.js';
import type { DialResult, LiveCounters } from '../../model/system.js';
import type { Target } from '../../model/target.js';
import type { SizedPacket, SizedTry } from '../../model/way-facts.js';
import { exchange } from '../http/exchange.js';
import { usualHttpRequest } from '../http/usual-request.js';
import { handshake } from '../tls/handshake.js';
import { usualRequest } from '../tls/usual-request.js';

export interface SilentStep {
  readonly address: string;
  readonly port: number;
  readonly step: 'tls' | 'http';
}

const connectMs = 1_500;
const stepMs = 1_500;
/** Longer than the first pauses before the kernel sends a packet again (200 ms and more, then twice as long). */
const packetMs = 750;
const tcpHeader = 20;

const ipHeader = (address: string): number => (familyOf(address) === 6 ? 40 : 20);

export interface HowLong {
  readonly waitMs?: number;
  /** Enough is known: it is silent. */
  readonly ended?: AbortSignal;
  /** What is waited for is asked now. */
  readonly onAsked?: () => void;
  /** Packets that have to stay for what is asked afterwards. */
  readonly keeps?: number;
}

/** The step once more, on a connection whose packets are no larger than that. Null when no connection opened. */
export async function tryWithSize(
  size: number | null,
  step: SilentStep,
  target: Target,
  context: Context,
  { waitMs = stepMs, ended, onAsked, keeps }: HowLong = {},
): Promise<SizedTry | null> {
  const maxSegment = size === null ? undefined : size - ipHeader(step.address) - tcpHeader;
  const { stream, counters } = await dial(
    step,
    { ...(maxSegment !== undefined && { maxSegment }), ...(keeps !== undefined && { keeps }) },
    context,
  );
  if (!stream) return null;
  const pathMtu = counters?.()?.pathMtu;
  const opened = { size, ...(pathMtu !== undefined && { pathMtu }) };
  const timeoutMs = Math.max(50, Math.min(waitMs, context.remaining() / 3));
  const { system } = context;
  const signal = ended ? AbortSignal.any([context.signal, ended]) : context.signal;
  const secure = target.transport === 'tls';
  if (step.step === 'tls') onAsked?.();
  const shake = secure
    ? await handshake(stream, { ...usualRequest(target, context), timeoutMs }, system, signal)
    : null;
  if (context.signal.aborted) {
    shake?.stream?.destroy();
    stream.destroy();
    return null;
  }
  // An alert or a certificate is an answer too: what was waited for came through.
  const answered = shake !== null && shake.failure?.code !== 'timed-out';
  if (step.step === 'tls') {
    shake?.stream?.destroy();
    stream.destroy();
    return { ...opened, held: answered, ms: Math.round(shake?.ms ?? 0) };
  }
  if (shake?.failure) {
    stream.destroy();
    return null;
  }
  const open: Duplex = shake?.stream ?? stream;
  onAsked?.();
  const done = await exchange(open, { ...usualHttpRequest(target, context), timeoutMs }, system, signal);
  stream.destroy();
  if (context.signal.aborted) return null;
  return { ...opened, held: done.response !== null && done.failure === undefined, ms: Math.round(done.ms) };
}

/** The beginning of what the port speaks, filled up to one packet of that size, which the kernel forbids to be split (as it does by default). */
export async function sizedPacket(size: number, step: SilentStep, context: Context): Promise<SizedPacket | null> {
  const { stream, counters } = await dial(step, {}, context);
  const optionBytes = counters?.()?.optionBytes;
  if (!stream || !counters || optionBytes === undefined) {
    stream?.destroy();
    return null;
  }
  const bytes = size - ipHeader(step.address) - tcpHeader - optionBytes;
  stream.resume();
  stream.write(beginning(step, bytes));
  let now: LiveCounters | null = null;
  const begun = context.system.clock.now();
  do {
    await context.system.clock.sleep(25, context.signal);
    now = counters() ?? now;
  } while (now?.unacknowledged !== 0 && context.system.clock.now() - begun < packetMs && !context.signal.aborted);
  stream.destroy();
  // One that was told of less meanwhile has cut it in pieces.
  if (!now || now.pathMtu < size) return null;
  const { unacknowledged, totalRetransmitted: sentAgain, backoff } = now;
  return { size, acknowledged: unacknowledged === 0, sentAgain, backoff };
}

/** A record of TLS, or a header of HTTP, whose end never comes: no program has anything to do yet. */
function beginning({ step }: SilentStep, bytes: number): Uint8Array {
  const start =
    step === 'tls' ? Uint8Array.of(22, 3, 1, 0x3f, 0xff, 1, 0, 0x3f, 0xfb, 3, 3) : Buffer.from('GET / HTTP/1.1\r\nX: ');
  const payload = new Uint8Array(Math.max(1, bytes)).fill(0x61);
  payload.set(start.subarray(0, payload.length));
  return payload;
}

async function dial(
  { address, port }: SilentStep,
  more: { readonly maxSegment?: number; readonly keeps?: number },
  { system, signal, options, remaining }: Context,
): Promise<DialResult> {
  const timeoutMs = Math.max(50, Math.min(connectMs, remaining() / 3));
  return system.sockets.dial({ address, port, timeoutMs, interface: options.interface, ...more }, signal).done;
}
