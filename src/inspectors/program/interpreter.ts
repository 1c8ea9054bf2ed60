/** How much of a file tells what runs it: ELF has its table and the loader's name right behind the header. */
export const headBytes = 4_096;

/**
 * The program that runs another one: a script's by its first line (execve(2)), the loader of a dynamic one (PT_INTERP of ELF);
 * null for what needs none, and what is neither.
 */
export function interpreterOf(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString('latin1');
  if (isElf(head)) return loaderIn(Buffer.from(head));
  // The kernel ends the word at blanks and at the line's end alone (fs/binfmt_script.c): a carriage return belongs to it.
  const [, path] = /^#![ \t]*(\/[^ \t\n\0]{1,250})/.exec(text) ?? [];
  return path ?? null;
}

export function isElf(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 4)).toString('latin1') === '\x7FELF';
}

const PT_LOAD = 1;
const PT_INTERP = 3;
const mostHeaders = 64;
/** Where the fields of an ELF header and of a program header stand, of 32 and 64 bits (elf(5)). */
const layouts = {
  1: { table: 28, size: 42, count: 44, offset: 4, length: 16, wide: false },
  2: { table: 32, size: 54, count: 56, offset: 8, length: 32, wide: true },
} as const;

interface Segment {
  readonly type: number;
  readonly from: number;
  readonly length: number;
}

/** What an ELF header says is in the file; null where the header itself is torn. Of the order of bytes of this machine alone. */
function segmentsOf(head: Buffer): Segment[] | null {
  const kind = head[4];
  if ((kind !== 1 && kind !== 2) || head[5] !== 1 || head.length < 64) return null;
  const at = layouts[kind];
  const wide = (place: number): number =>
    place + 8 > head.length ? 0 : at.wide ? Number(head.readBigUInt64LE(place)) : head.readUInt32LE(place);
  const [table, size, count] = [wide(at.table), head.readUInt16LE(at.size), head.readUInt16LE(at.count)];
  const found: Segment[] = [];
  for (let i = 0; i < Math.min(count, mostHeaders); i++) {
    const entry = table + i * size;
    if (size < at.length || entry + size > head.length) return null;
    found.push({ type: head.readUInt32LE(entry), from: wide(entry + at.offset), length: wide(entry + at.length) });
  }
  return found;
}

function loaderIn(head: Buffer): string | null {
  const loader = segmentsOf(head)?.find(({ type }) => type === PT_INTERP);
  if (!loader) return null;
  const to = loader.from + loader.length;
  const name = to > head.length ? '' : head.toString('latin1', loader.from, to).replace(/\0.*$/s, '');
  return /^\/[^\s\0]{1,250}$/.test(name) ? name : null;
}

/** Whether the file is shorter than its own header says: it was cut off, while it was copied or loaded, say. */
export function isCutOff(head: Uint8Array, size: number): boolean {
  if (!isElf(head)) return false;
  const end = Math.max(
    0,
    ...(segmentsOf(Buffer.from(head)) ?? []).map((one) => (one.type === PT_LOAD ? one.from + one.length : 0)),
  );
  return size < 64 || size < end;
}
