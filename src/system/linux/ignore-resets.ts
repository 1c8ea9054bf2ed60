import type { Kernel } from './kernel.js';
import { attachFilter, type Instruction } from './socket-filter.js';

/**
 * A socket filter (classic BPF, linux/filter.h) that throws away segments with the RST flag. For TCP it sees the segment
 * from its TCP header on (tcp_filter), so that the flags are byte 13. Without CAP_NET_RAW the kernel refuses filters on
 * TCP sockets (measured on 6.18: EPERM, while UDP sockets may).
 */
const program: readonly Instruction[] = [
  [0x30, 0, 0, 13], // A = byte 13
  [0x45, 1, 0, 0x04], // A & RST?
  [0x06, 0, 0, 0xffffffff], // take it
  [0x06, 0, 0, 0], // throw it away
];

/** Null when it is in force, else the errno's name. */
export function ignoreResets(kernel: Kernel, fd: number): string | null {
  return attachFilter(kernel, fd, program);
}
