import { errnoName } from '../errno-names.js';
import { SO_ATTACH_FILTER, SOL_SOCKET } from './constants.js';
import type { Kernel } from './kernel.js';

/**
 * A socket filter (classic BPF, linux/filter.h) that throws away segments with the RST flag. For TCP it sees the segment
 * from its TCP header on (tcp_filter), so that the flags are byte 13. Without CAP_NET_RAW the kernel refuses filters on
 * TCP sockets (measured on 6.18: EPERM, while UDP sockets may).
 */
const program: readonly (readonly [code: number, whenTrue: number, whenFalse: number, value: number])[] = [
  [0x30, 0, 0, 13], // A = byte 13
  [0x45, 1, 0, 0x04], // A & RST?
  [0x06, 0, 0, 0xffffffff], // take it
  [0x06, 0, 0, 0], // throw it away
];
const instructionSize = 8;

/** Null when it is in force, else the errno's name. */
export function ignoreResets(kernel: Kernel, fd: number): string | null {
  const instructions = new DataView(new ArrayBuffer(program.length * instructionSize));
  for (const [i, [code, whenTrue, whenFalse, value]] of program.entries()) {
    instructions.setUint16(i * instructionSize, code, true);
    instructions.setUint8(i * instructionSize + 2, whenTrue);
    instructions.setUint8(i * instructionSize + 3, whenFalse);
    instructions.setUint32(i * instructionSize + 4, value, true);
  }
  // struct sock_fprog: length 0, pointer 8.
  const outer = new DataView(new ArrayBuffer(16));
  const bytes = new Uint8Array(instructions.buffer);
  outer.setUint16(0, program.length, true);
  outer.setBigUint64(8, kernel.libc.address(bytes), true);
  const errno = kernel.setBytes(fd, SOL_SOCKET, SO_ATTACH_FILTER, new Uint8Array(outer.buffer));
  return errno === 0 ? null : errnoName(errno);
}
