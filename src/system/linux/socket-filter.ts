import { errnoName } from '../errno-names.js';
import { SO_ATTACH_FILTER, SOL_SOCKET } from './constants.js';
import type { Kernel } from './kernel.js';

/** One instruction of classic BPF (struct sock_filter, linux/filter.h). */
export type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

const instructionSize = 8;

/** Has the kernel ask a program which packets a socket gets. Null when it is in force, else the errno's name. */
export function attachFilter(kernel: Kernel, fd: number, program: readonly Instruction[]): string | null {
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
