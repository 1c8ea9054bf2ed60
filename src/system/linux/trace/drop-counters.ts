import { readFileSync, readSync } from 'node:fs';
import type { Kernel } from '../kernel.js';

/** How many packets the kernel threw away for each reason, in this thread. */
export interface DropCounters {
  read(): ReadonlyMap<string, number>;
  close(): void;
}

const FSCONFIG_CMD_CREATE = 6;
const PERF_TYPE_TRACEPOINT = 2;
const PERF_FLAG_FD_CLOEXEC = 8;
const PERF_EVENT_IOC_ENABLE = 0x2400;
/** _IOW('$', 6, char *) */
const PERF_EVENT_IOC_SET_FILTER = 0x40082406;
const attributeBytes = 112;

/**
 * Counters of the event skb:kfree_skb by its reason (enum skb_drop_reason), for this thread only: what it sends is
 * thrown away within its own system call. They are file descriptors of perf_event_open(2), gone with the process. The
 * files that describe the event are read from a tracefs that is mounted nowhere: it has a descriptor and no path, so
 * that nothing of the machine is changed. Null where the kernel tells no reasons (before 5.17) or does not let us ask.
 */
export function openDropCounters({ libc, close }: Kernel, reasons: readonly string[]): DropCounters | null {
  const event = dropEvent({ libc, close });
  if (event === null) return null;
  const counters = new Map<string, number>();
  for (const reason of reasons) {
    const number = event.reasons.get(reason);
    const fd = number === undefined ? -1 : openCounter({ libc, close }, event.id, `reason == ${number}`);
    if (fd >= 0) counters.set(reason, fd);
  }
  const closeAll = (): void => counters.forEach((fd) => close(fd));
  if (counters.size > 0)
    return {
      read: () => new Map([...counters].map(([reason, fd]) => [reason, readCounter(fd)])),
      close: closeAll,
    };
  return null;
}

interface DropEvent {
  readonly id: number;
  /** It names the socket for which a packet came in (from 6.11 on). */
  readonly namesSocket: boolean;
  readonly reasons: ReadonlyMap<string, number>;
}

/** Of the event skb:kfree_skb; null where the kernel gives no reasons. */
export function dropEvent(kernel: Pick<Kernel, 'libc' | 'close'>): DropEvent | null {
  const described = describedEvent(kernel, 'skb/kfree_skb');
  return described && eventIn(described.id, described.format);
}

/**
 * A counter of a tracepoint for what its filter lets pass: of this thread, or of everybody on one processor. Its file
 * descriptor, or −1.
 */
export function openCounter(
  { libc, close }: Pick<Kernel, 'libc' | 'close'>,
  event: number,
  filter: string,
  processor: number | null = null,
): number {
  const who = processor === null ? { pid: 0, cpu: -1 } : { pid: -1, cpu: processor };
  const fd = libc.perfEventOpen(attributes(event), who.pid, who.cpu, -1, PERF_FLAG_FD_CLOEXEC);
  if (fd < 0) return -1;
  const text = Buffer.from(`${filter}\0`, 'latin1');
  if ((libc.ioctl(fd, PERF_EVENT_IOC_SET_FILTER, text) | libc.ioctl(fd, PERF_EVENT_IOC_ENABLE, null)) === 0) return fd;
  close(fd);
  return -1;
}

export function readCounter(fd: number): number {
  const value = Buffer.alloc(8);
  return readSync(fd, value, 0, 8, null) === 8 ? Number(value.readBigUInt64LE()) : 0;
}

/** The number and the fields of an event, as the kernel's tracefs has them. */
export function describedEvent(
  { libc, close }: Pick<Kernel, 'libc' | 'close'>,
  name: 'skb/kfree_skb' | 'sock/inet_sock_set_state',
): { readonly id: string; readonly format: string } | null {
  const context = libc.fsopen('tracefs', 1);
  if (context < 0) return null;
  const mounted = libc.fsconfig(context, FSCONFIG_CMD_CREATE, null, null, 0) < 0 ? -1 : libc.fsmount(context, 1, 0);
  close(context);
  if (mounted < 0) return null;
  try {
    const directory = `/proc/self/fd/${mounted}/events/${name}`;
    return { id: readFileSync(`${directory}/id`, 'latin1'), format: readFileSync(`${directory}/format`, 'latin1') };
  } catch {
    return null;
  } finally {
    close(mounted);
  }
}

/** The names of the reasons stand in the event's print format, as `{ 55, "BPF_CGROUP_EGRESS" }`. */
export function eventIn(id: string, format: string): DropEvent | null {
  const reasons = new Map(
    [...format.matchAll(/\{ (\d{1,9}), "([A-Z0-9_]{1,60})" \}/g)].map(([, number, name = '']) => [
      name,
      Number(number),
    ]),
  );
  return /^\d{1,9}\s*$/.test(id) && reasons.size > 0 && /\breason;/.test(format)
    ? { id: Number(id), reasons, namesSocket: /\brx_sk;/.test(format) }
    : null;
}

/** struct perf_event_attr: type, size, config (the event's number), and among its flags `disabled`. */
function attributes(id: number): Buffer {
  const bytes = Buffer.alloc(attributeBytes);
  bytes.writeUInt32LE(PERF_TYPE_TRACEPOINT, 0);
  bytes.writeUInt32LE(attributeBytes, 4);
  bytes.writeBigUInt64LE(BigInt(id), 8);
  bytes.writeBigUInt64LE(1n, 40);
  return bytes;
}
