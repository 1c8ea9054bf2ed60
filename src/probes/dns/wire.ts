/** Reading bytes of a DNS message with bounds. A message comes from anybody, so each read is checked. */

/** Everything that can be wrong with the bytes of a message; a closed list. */
export type WireProblem =
  | 'message-too-short'
  | 'message-too-long'
  | 'not-a-response'
  | 'other-opcode'
  | 'question-past-end'
  | 'record-past-end'
  | 'too-many-records'
  | 'data-past-end'
  | 'name-past-end'
  | 'name-too-long'
  | 'label-type-reserved'
  | 'pointer-not-backwards'
  | 'pointer-into-header'
  | 'pointer-not-allowed'
  | 'too-many-pointers'
  | 'data-length'
  | 'data-form';

/** Internal to the codec: thrown by readers, caught where a record or a message is decoded, never seen outside. */
export class WireError extends Error {
  constructor(
    readonly problem: WireProblem,
    readonly offset: number,
  ) {
    super(problem);
  }
}

/** A position in a message. `end` bounds it to a part, while names may still point back into the whole. */
export class Reader {
  constructor(
    readonly bytes: Uint8Array,
    public offset = 0,
    readonly end = bytes.length,
    public problem: WireProblem = 'data-past-end',
  ) {}

  get left(): number {
    return this.end - this.offset;
  }

  /** Moves past `length` bytes and gives where they began. */
  take(length: number): number {
    const start = this.offset;
    if (length > this.end - start) throw new WireError(this.problem, start);
    this.offset = start + length;
    return start;
  }

  u8(): number {
    return this.bytes[this.take(1)] ?? 0;
  }

  u16(): number {
    return u16At(this.bytes, this.take(2));
  }

  u32(): number {
    return u32At(this.bytes, this.take(4));
  }

  slice(length: number): Uint8Array {
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  /** A reader of the next `length` bytes; this one moves past them. */
  part(length: number): Reader {
    const start = this.take(length);
    return new Reader(this.bytes, start, start + length);
  }
}

export function u16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function u32At(bytes: Uint8Array, at: number): number {
  return u16At(bytes, at) * 0x10000 + u16At(bytes, at + 2);
}
