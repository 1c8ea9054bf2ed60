// Just enough of the DNS wire format (RFC 1035) to serve: read a question, write an answer.
// Names are written without compression, except where a scenario wants a broken pointer.

export const TYPE = { A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, TXT: 16, AAAA: 28, OPT: 41, HTTPS: 65 } as const;

export interface Question {
  id: number;
  name: string;
  type: number;
  recursionDesired: boolean;
  /** The query had an OPT record: extended errors may be sent (RFC 6891, 6.1.1). */
  edns: boolean;
  /** The question section as sent, so that the answer repeats its letters' case. */
  raw: Buffer;
}

export interface Record {
  /** Null is the owner of the question, by a pointer to it; a pointer to itself is what no name may be. */
  owner: string | null | { readonly loop: true };
  type: number;
  ttl: number;
  data: Buffer;
}

export interface Reply {
  rcode: number;
  answers: readonly Record[];
  authority: readonly Record[];
  truncated: boolean;
  extendedError?: readonly [number, string];
  questionName?: string;
  /** It answers for its own zone, and looks nothing up for others. */
  authoritative?: true;
}

/** Reads a query; null when it is none. */
export function readQuestion(message: Buffer): Question | null {
  if (message.length < 17 || message.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = message[at];
    if (length === undefined || length > 63 || labels.length > 127) return null;
    at += 1;
    if (length === 0) break;
    if (at + length > message.length) return null;
    labels.push(message.toString('latin1', at, at + length).toLowerCase());
    at += length;
  }
  if (at + 4 > message.length) return null;
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.'),
    type: message.readUInt16BE(at),
    recursionDesired: (message.readUInt16BE(2) & 0x0100) !== 0,
    edns: message.readUInt16BE(10) > 0,
    raw: message.subarray(12, at + 4),
  };
}

export function name(text: string): Buffer {
  const parts = text.split('.').filter((label) => label !== '');
  const pieces = parts.map((label) =>
    Buffer.concat([Buffer.from([Buffer.byteLength(label, 'latin1')]), Buffer.from(label, 'latin1')]),
  );
  return Buffer.concat([...pieces, Buffer.from([0])]);
}

export function address4(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

export function address6(text: string): Buffer {
  const [head = '', tail] = text.split('::');
  const words = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((word) => Number.parseInt(word, 16));
  const front = words(head);
  const back = tail === undefined ? [] : words(tail);
  const all = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
  const bytes = Buffer.alloc(16);
  all.forEach((word, index) => bytes.writeUInt16BE(word, index * 2));
  return bytes;
}

export function soa(zone: string, serial = 2026112701): Buffer {
  const numbers = Buffer.alloc(20);
  [serial, 3600, 600, 604800, 300].forEach((value, index) => numbers.writeUInt32BE(value, index * 4));
  return Buffer.concat([name(`ns1.${zone}`), name(`hostmaster.${zone}`), numbers]);
}

export function text(strings: readonly string[]): Buffer {
  return Buffer.concat(
    strings.map((string) =>
      Buffer.concat([Buffer.from([Math.min(255, Buffer.byteLength(string))]), Buffer.from(string).subarray(0, 255)]),
    ),
  );
}

function record(item: Record, offset: number): Buffer {
  const owner =
    item.owner === null
      ? Buffer.from([0xc0, 12])
      : typeof item.owner === 'string'
        ? name(item.owner)
        : Buffer.from([0xc0 | (offset >> 8), offset & 0xff]);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(item.type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(item.ttl, 4);
  fixed.writeUInt16BE(item.data.length, 8);
  return Buffer.concat([owner, fixed, item.data]);
}

function optRecord(extended: readonly [number, string] | undefined): Buffer {
  const option =
    extended === undefined
      ? Buffer.alloc(0)
      : (() => {
          const said = Buffer.from(extended[1]);
          const head = Buffer.alloc(6);
          head.writeUInt16BE(15, 0); // extended DNS error, RFC 8914
          head.writeUInt16BE(2 + said.length, 2);
          head.writeUInt16BE(extended[0], 4);
          return Buffer.concat([head, said]);
        })();
  const fixed = Buffer.alloc(11);
  fixed.writeUInt16BE(TYPE.OPT, 1);
  fixed.writeUInt16BE(1232, 3);
  fixed.writeUInt16BE(option.length, 9);
  return Buffer.concat([fixed, option]);
}

/** Writes an answer of at most `bound` bytes; records that do not fit are left out (never the OPT record). */
export function writeReply(question: Question, reply: Reply, bound: number): Buffer {
  const asked =
    reply.questionName === undefined
      ? question.raw
      : Buffer.concat([name(reply.questionName), question.raw.subarray(-4)]);
  const opt = question.edns ? optRecord(reply.extendedError) : Buffer.alloc(0);
  const pieces: Buffer[] = [];
  let size = 12 + asked.length + opt.length;
  let count = 0;
  let authorities = 0;
  for (const [section, items] of [
    ['answer', reply.answers],
    ['authority', reply.authority],
  ] as const) {
    for (const item of items) {
      const bytes = record(item, size - opt.length);
      if (size + bytes.length > bound) break;
      pieces.push(bytes);
      size += bytes.length;
      if (section === 'answer') count += 1;
      else authorities += 1;
    }
  }
  const head = Buffer.alloc(12);
  head.writeUInt16BE(question.id, 0);
  // QR, RA (or AA), and the RD bit as it came; TC where cut.
  head.writeUInt16BE(
    (reply.authoritative === true ? 0x8400 : 0x8080) |
      (question.recursionDesired ? 0x0100 : 0) |
      (reply.truncated ? 0x0200 : 0) |
      reply.rcode,
    2,
  );
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(count, 6);
  head.writeUInt16BE(authorities, 8);
  head.writeUInt16BE(question.edns ? 1 : 0, 10);
  return Buffer.concat([head, asked, ...pieces, opt]);
}
