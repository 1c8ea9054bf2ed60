/** Paths begin where the process stands (fcntl.h). */
export const AT_FDCWD = -100;

/** Text as the C library takes it, outside of V8's own heap. */
export function cString(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  const name = new Uint8Array(new ArrayBuffer(bytes.length + 1));
  name.set(bytes);
  return name;
}
