// A dconf database, the file in which GNOME keeps a user's settings. Read directly: asking by gsettings takes 20 to 60 ms
// and may start a bus. Format: gvdb-format.h and the GVariant specification (serialised values).

const mostItems = 20_000;
const deepest = 16;
const rootParent = 0xffff_ffff;

/** Settings below that path by the rest of their path: text, numbers, booleans and lists of text. Empty for what is no such file. */
export function readGvdb(bytes: Uint8Array, below: string): ReadonlyMap<string, string> {
  try {
    return itemsBelow(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), below);
  } catch (error) {
    // Cut off or damaged: an offset leads outside of the file.
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

interface Item {
  readonly parent: number;
  readonly name: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

function itemsBelow(file: Buffer, below: string): Map<string, string> {
  const found = new Map<string, string>();
  // The signature's two halves as numbers of the writer's own byte order: only the common one is read.
  if (file.toString('latin1', 0, 8) !== 'GVariant') return found;
  const [start, end] = [file.readUInt32LE(16), file.readUInt32LE(20)];
  const bloomWords = file.readUInt32LE(start) & 0x7ff_ffff;
  const buckets = file.readUInt32LE(start + 4);
  const first = start + 8 + 4 * (bloomWords + buckets);
  const count = Math.min(mostItems, Math.floor((end - first) / 24));
  const items = Array.from({ length: Math.max(0, count) }, (_, i) => itemAt(file, first + 24 * i));
  for (const item of items) {
    if (item.kind !== 'v') continue;
    const path = pathOf(item, items);
    const value = path?.startsWith(below) === true ? valueIn(file.subarray(item.start, item.end)) : null;
    if (path !== null && value !== null) found.set(path.slice(below.length), value);
  }
  return found;
}

function itemAt(file: Buffer, at: number): Item {
  const nameAt = file.readUInt32LE(at + 8);
  return {
    parent: file.readUInt32LE(at + 4),
    name: file.toString('utf8', nameAt, nameAt + file.readUInt16LE(at + 12)),
    kind: String.fromCharCode(file.readUInt8(at + 14)),
    start: file.readUInt32LE(at + 16),
    end: file.readUInt32LE(at + 20),
  };
}

function pathOf(item: Item, items: readonly Item[]): string | null {
  let path = item.name;
  let { parent } = item;
  for (let depth = 0; parent !== rootParent; depth++) {
    const above = items[parent];
    if (!above || depth > deepest) return null;
    path = above.name + path;
    ({ parent } = above);
  }
  return path;
}

/** A variant: the value, a zero byte, its type. */
function valueIn(variant: Buffer): string | null {
  const zero = variant.lastIndexOf(0);
  if (zero < 0) return null;
  const type = variant.toString('latin1', zero + 1);
  const value = variant.subarray(0, zero);
  if (type === 's') return value.toString('utf8', 0, Math.max(0, value.length - 1));
  if (type === 'i' || type === 'u') return String(type === 'i' ? value.readInt32LE(0) : value.readUInt32LE(0));
  if (type === 'b') return value.readUInt8(0) === 0 ? 'false' : 'true';
  return type === 'as' ? listIn(value).join(',') : null;
}

/** An array of strings: each with its zero byte, then the offsets of their ends. */
function listIn(value: Buffer): string[] {
  if (value.length === 0) return [];
  const size = value.length <= 0xff ? 1 : value.length <= 0xffff ? 2 : 4;
  const ends = value.readUIntLE(value.length - size, size);
  return value.toString('utf8', 0, Math.min(ends, value.length)).split('\0').slice(0, -1);
}
