import koffi from 'koffi';

/** The few system calls that sending a packet of any shape and reading the trace of it takes. */
const libc = koffi.load('libc.so.6');

type Call<Args extends unknown[]> = (...args: Args) => number;

export const open: Call<[string, number]> = libc.func('int open(const char *, int)');
export const ioctl: Call<[number, number, Uint8Array]> = libc.func('int ioctl(int, unsigned long, void *)');
export const write: Call<[number, Uint8Array, number]> = libc.func('long write(int, const void *, size_t)');
export const read: Call<[number, Uint8Array, number]> = libc.func('long read(int, void *, size_t)');
export const socket: Call<[number, number, number]> = libc.func('int socket(int, int, int)');
export const bind: Call<[number, Uint8Array, number]> = libc.func('int bind(int, const void *, unsigned int)');
export const setsockopt: Call<[number, number, number, Uint8Array, number]> = libc.func(
  'int setsockopt(int, int, int, const void *, unsigned int)',
);
export const recv: Call<[number, Uint8Array, number, number]> = libc.func('long recv(int, void *, size_t, int)');
export const sendto: Call<[number, Uint8Array, number, number, Uint8Array, number]> = libc.func(
  'long sendto(int, const void *, size_t, int, const void *, unsigned int)',
);

export function errno(): number {
  return koffi.errno();
}

export function int32(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}
