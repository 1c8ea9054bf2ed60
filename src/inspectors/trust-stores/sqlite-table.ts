/**
 * The rows of one table of an SQLite file, out of its bytes alone (https://www.sqlite.org/fileformat2.html): nothing is
 * opened, locked or written, and rows that were deleted are not read, as they are by looking for what seems to be there.
 * Bounded; what is broken gives fewer rows. No index, no WITHOUT ROWID, no write-ahead log.
 */

export type SqliteValue = Uint8Array | string | number | null;
export type SqliteRow = ReadonlyMap<string, SqliteValue>;

const mostPages = 8_192;
const mostRows = 20_000;
const mostColumns = 2_000;
const largestPayload = 1024 * 1024;
const [interiorTable, leafTable] = [0x05, 0x0d];

interface Database {
  readonly view: Buffer;
  readonly pageSize: number;
  /** Bytes of a page that may be used: some programs reserve its end. */
  readonly usable: number;
}

export function rowsOf(bytes: Uint8Array, table: string): SqliteRow[] {
  const database = opened(bytes);
  if (!database) return [];
  for (const [, name, , root, sql] of recordsFrom(database, 1)) {
    if (name !== table || typeof root !== 'number' || typeof sql !== 'string') continue;
    const columns = columnsIn(sql);
    return recordsFrom(database, root).map(
      (values) => new Map(columns.map((column, i) => [column, values[i] ?? null])),
    );
  }
  return [];
}

function opened(bytes: Uint8Array): Database | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 512 || view.toString('latin1', 0, 16) !== 'SQLite format 3\0') return null;
  const size = view.readUInt16BE(16);
  const pageSize = size === 1 ? 65_536 : size;
  const usable = pageSize - (view[20] ?? 0);
  return pageSize >= 512 && (pageSize & (pageSize - 1)) === 0 && usable >= 480 ? { view, pageSize, usable } : null;
}

/** The names of `CREATE TABLE name (a, b TYPE, …)`, as far as no bracket stands between them. */
function columnsIn(sql: string): string[] {
  return sql
    .slice(sql.indexOf('(') + 1)
    .split(',', mostColumns)
    .map((part) => /^\s*["'`[]?(\w+)/.exec(part)?.[1] ?? '');
}

/** Every record below that page, in the order of its key. Pages are looked at once, whatever leads to them. */
function recordsFrom(database: Database, root: number): SqliteValue[][] {
  const { view, pageSize } = database;
  const found: SqliteValue[][] = [];
  const seen = new Set<number>();
  const left = [root];
  for (let page = left.pop(); page !== undefined && found.length < mostRows; page = left.pop()) {
    const start = (page - 1) * pageSize;
    if (page < 1 || seen.has(page) || seen.size >= mostPages || start + pageSize > view.length) continue;
    seen.add(page);
    const head = start + (page === 1 ? 100 : 0);
    const kind = view[head];
    if (kind !== leafTable && kind !== interiorTable) continue;
    const cells = view.readUInt16BE(head + 3);
    const list = head + (kind === leafTable ? 8 : 12);
    const below: number[] = [];
    for (let i = 0; i < cells && list + 2 * i + 2 <= start + pageSize; i++) {
      const cell = start + view.readUInt16BE(list + 2 * i);
      if (cell + 4 > start + pageSize) continue;
      if (kind === interiorTable) below.push(view.readUInt32BE(cell));
      else {
        const payload = payloadAt(database, cell, start + database.usable);
        if (payload && found.length < mostRows) found.push(valuesOf(payload));
      }
    }
    if (kind === interiorTable) below.push(view.readUInt32BE(head + 8));
    left.push(...below.toReversed());
  }
  return found;
}

/** The payload of a cell, and of the pages that it flows over to. */
function payloadAt({ view, pageSize, usable }: Database, cell: number, end: number): Buffer | null {
  const [length, afterLength] = varint(view, cell);
  const [, from] = varint(view, afterLength);
  if (length > largestPayload || from > end) return null;
  const most = usable - 35;
  if (length <= most) return from + length <= end ? view.subarray(from, from + length) : null;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fits = least + ((length - least) % (usable - 4));
  const here = fits <= most ? fits : least;
  if (from + here + 4 > end) return null;
  const pieces = [view.subarray(from, from + here)];
  let [page, missing] = [view.readUInt32BE(from + here), length - here];
  for (let steps = 0; missing > 0 && page > 0 && steps < mostPages; steps++) {
    const start = (page - 1) * pageSize;
    if (start + pageSize > view.length) return null;
    const part = Math.min(missing, usable - 4);
    pieces.push(view.subarray(start + 4, start + 4 + part));
    missing -= part;
    page = view.readUInt32BE(start);
  }
  return missing === 0 ? Buffer.concat(pieces) : null;
}

function valuesOf(payload: Buffer): SqliteValue[] {
  const [headLength, first] = varint(payload, 0);
  const values: SqliteValue[] = [];
  let at = headLength;
  for (let head = first; head < headLength && values.length < mostColumns;) {
    const [type, next] = varint(payload, head);
    head = next;
    const size = type >= 12 ? Math.floor((type - 12) / 2) : (sizes[type] ?? 0);
    if (at + size > payload.length) break;
    values.push(valueOf(type, payload.subarray(at, at + size)));
    at += size;
  }
  return values;
}

/** Bytes of the values of each serial type below 12. */
const sizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function valueOf(type: number, bytes: Buffer): SqliteValue {
  if (type === 0 || type === 10 || type === 11) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type < 7) return type === 6 ? Number(bytes.readBigInt64BE(0)) : bytes.readIntBE(0, bytes.length);
  return type % 2 === 0 ? bytes : bytes.toString('utf8');
}

/** A number of one to nine bytes, seven bits each, and where the next thing begins. */
function varint(bytes: Buffer, from: number): [value: number, next: number] {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes[from + i] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, from + i + 1];
  }
  return [value * 256 + (bytes[from + 8] ?? 0), from + 9];
}
