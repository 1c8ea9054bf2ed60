import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerLost } from '../../../model/system.js';
import type { Kernel } from '../kernel.js';
import { type PreparedSocket, prepareSocket, type Wanted } from '../prepare-socket.js';
import { describedEvent, dropEvent, openCounter, readCounter } from './drop-counters.js';
import { ingressPrograms } from './group-programs.js';

/** An answer that came before the counters were ready comes again, asked for by the copy of the SYN after 1 s. */
const waitMs = 1_400;
const stepMs = 25;
const addressBits = 64;
const mostProcessors = 1_024;

/**
 * Whether the kernel throws an answer away at our very socket, after all rules of the firewall: for it the event
 * skb:kfree_skb names the socket (rx_sk), so that no packet of anybody else is taken for ours. Sends one SYN. Null where
 * that does not happen, or cannot be seen (before 6.11).
 */
export async function answerLost(
  kernel: Kernel,
  wanted: Wanted,
  group: string | null,
  isOver: () => boolean,
): Promise<AnswerLost | null> {
  const event = dropEvent(kernel);
  const reason = event?.reasons.get('SOCKET_FILTER');
  if (!event?.namesSocket || reason === undefined) return null;
  const prepared = prepareSocket(kernel, 'tcp', wanted);
  if ('errno' in prepared) return null;
  const counters: number[] = [];
  try {
    const place = placeOf(kernel, prepared);
    if (place === null) return null;
    const filter = `rx_sk == 0x${place.toString(16)} && reason == ${reason}`;
    for (const processor of processorsOnline()) {
      const counter = openCounter(kernel, event.id, filter, processor);
      if (counter >= 0) counters.push(counter);
    }
    const drops = (): number => counters.reduce((sum, fd) => sum + readCounter(fd), 0);
    for (let waited = 0; waited < waitMs && drops() === 0 && !isOver(); waited += stepMs) await sleep(stepMs);
    const dropped = drops();
    return dropped === 0
      ? null
      : { reason: 'SOCKET_FILTER', dropped, groupPrograms: ingressPrograms(kernel.libc, group) };
  } finally {
    for (const fd of counters) kernel.close(fd);
    kernel.close(prepared.fd);
  }
}

/**
 * Connects, and tells where the kernel has our socket, which only its own events tell: sock:inet_sock_set_state has it (skaddr),
 * and happens within connect(). A counter for each bit of it: those that count are the ones that are set.
 */
export function placeOf(kernel: Kernel, { fd, to, localPort }: PreparedSocket): bigint | null {
  const described = describedEvent(kernel, 'sock/inet_sock_set_state');
  const id = /^\d{1,9}\s*$/.test(described?.id ?? '') ? Number(described?.id) : null;
  if (id === null || localPort === null) return null;
  const bits: number[] = [];
  try {
    for (let bit = 0; bit < addressBits; bit++) {
      const mask = (1n << BigInt(bit)).toString(16);
      const counter = openCounter(kernel, id, `sport == ${localPort} && newstate == 2 && skaddr & 0x${mask}`);
      if (counter < 0) return null;
      bits.push(counter);
    }
    kernel.connect(fd, to.bytes);
    const place = bits.reduce((sum, counter, bit) => sum | (readCounter(counter) === 1 ? 1n << BigInt(bit) : 0n), 0n);
    return place === 0n ? null : place;
  } finally {
    for (const counter of bits) kernel.close(counter);
  }
}

/** As `0-3,8`. */
export function processorsIn(text: string): number[] {
  return text
    .trim()
    .split(',')
    .flatMap((range) => {
      const [, from, to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(range) ?? [];
      if (from === undefined) return [];
      return Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, i) => Number(from) + i);
    })
    .slice(0, mostProcessors);
}

function processorsOnline(): number[] {
  try {
    return processorsIn(readFileSync('/sys/devices/system/cpu/online', 'latin1'));
  } catch {
    return [];
  }
}
