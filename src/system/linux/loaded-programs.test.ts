import { expect, it } from 'vitest';
import type { Libc } from './libc.js';
import { areForInterfacesLoaded } from './loaded-programs.js';

const ENOENT = 2;
const EPERM = 1;

/** A kernel that has loaded programs of these types (enum bpf_prog_type), with the numbers 1, 2, 3 … */
function kernelWith(types: readonly number[], refuses = false): Libc {
  const buffers: Uint8Array[] = [];
  let errno = 0;
  const fail = (code: number): number => {
    errno = code;
    return -1;
  };
  const libc: Partial<Libc> = {
    errno: () => errno,
    address: (buffer) => BigInt(buffers.push(buffer) - 1),
    close: () => 0,
    bpf: (command, attribute) => {
      const view = new DataView(attribute.buffer);
      const first = view.getUint32(0, true);
      if (refuses) return fail(EPERM);
      if (command === 11) {
        if (first >= types.length) return fail(ENOENT);
        view.setUint32(4, first + 1, true);
        return 0;
      }
      if (command === 13) return first; // a descriptor of the program of that number
      const info = buffers[Number(view.getBigUint64(8, true))];
      if (info) new DataView(info.buffer).setUint32(0, types[first - 1] ?? 0, true);
      return 0;
    },
  };
  return libc as Libc;
}

it('knows whether any program can be on an interface: XDP, tc, or neither', () => {
  expect(areForInterfacesLoaded(kernelWith([]))).toBe(false);
  expect(areForInterfacesLoaded(kernelWith([8, 15, 2]))).toBe(false);
  expect(areForInterfacesLoaded(kernelWith([8, 3]))).toBe(true);
  expect(areForInterfacesLoaded(kernelWith([6]))).toBe(true);
});

it('takes what the kernel does not tell for a reason to look', () => {
  expect(areForInterfacesLoaded(kernelWith([8], true))).toBe(true);
});
