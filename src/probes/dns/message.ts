/** A DNS message (RFC 1035 4) from bytes that anybody may have sent. */
import { decodeEdns, type Edns } from './edns.js';
import { decodeName, skipName } from './names.js';
import { decodeRecordData, type RecordData } from './record-data.js';
import { rcodeName, TYPE, type TypeName, typeName } from './registry.js';
import { Reader, u16At, u32At, WireError, type WireProblem } from './wire.js';

const HEADER_BYTES = 12;
const MAX_MESSAGE_BYTES = 0xffff;
/** Records of each section that are kept; the true count is given beside. A usual answer has fewer than twenty. */
export const MAX_RECORDS = 128;
const MAX_QUESTIONS = 4;

export interface Flags {
  /** Authoritative answer. */
  aa: boolean;
  /** Truncated: the whole is to be had over TCP. */
  tc: boolean;
  /** Recursion desired, as asked. */
  rd: boolean;
  /** Recursion available. */
  ra: boolean;
  /** Authentic data: the server says that it checked the signatures. */
  ad: boolean;
  /** Checking disabled, as asked. */
  cd: boolean;
}

export interface Header {
  id: number;
  response: boolean;
  opcode: number;
  flags: Flags;
  /** The four bits of the header alone. */
  rcode: number;
}

export interface Question {
  name: string;
  type: number;
  typeName: TypeName;
  class: number;
}

export interface ResourceRecord extends Question {
  /** Seconds. */
  ttl: number;
  data: RecordData;
}

export interface Message extends Header {
  /** With the eight bits that EDNS adds. */
  rcode: number;
  rcodeName: string;
  questions: Question[];
  answers: ResourceRecord[];
  authorities: ResourceRecord[];
  /** Without the OPT record. */
  additionals: ResourceRecord[];
  edns: Edns | null;
  /** As many as the message holds, kept or not; `opt` should be 1 at most (RFC 6891 6.1.1). */
  counts: { questions: number; answers: number; authorities: number; additionals: number; opt: number };
  /** Bytes behind the last record, which mean nothing. */
  trailingBytes: number;
}

export interface DecodeError {
  problem: WireProblem;
  /** Byte of the message at which it shows. */
  offset: number;
}

/** What could be read before the error is kept: it tells whose message it is, and whether it was cut on purpose. */
export type DecodeResult =
  | { ok: true; message: Message }
  | { ok: false; error: DecodeError; header: Header | null; questions: Question[] };

export function decodeMessage(bytes: Uint8Array): DecodeResult {
  if (bytes.length < HEADER_BYTES) return failure('message-too-short', bytes.length);
  if (bytes.length > MAX_MESSAGE_BYTES) return failure('message-too-long', MAX_MESSAGE_BYTES);
  const header = decodeHeader(bytes);
  const questions: Question[] = [];
  try {
    return { ok: true, message: decodeBody(bytes, header, questions) };
  } catch (error) {
    if (error instanceof WireError)
      return { ok: false, error: { problem: error.problem, offset: error.offset }, header, questions };
    throw error;
  }
}

function failure(problem: WireProblem, offset: number): DecodeResult {
  return { ok: false, error: { problem, offset }, header: null, questions: [] };
}

function decodeHeader(bytes: Uint8Array): Header {
  const flags = u16At(bytes, 2);
  return {
    id: u16At(bytes, 0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 0xf,
    flags: {
      aa: (flags & 0x0400) !== 0,
      tc: (flags & 0x0200) !== 0,
      rd: (flags & 0x0100) !== 0,
      ra: (flags & 0x0080) !== 0,
      ad: (flags & 0x0020) !== 0,
      cd: (flags & 0x0010) !== 0,
    },
    rcode: flags & 0xf,
  };
}

function decodeBody(bytes: Uint8Array, header: Header, questions: Question[]): Message {
  const count = {
    questions: u16At(bytes, 4),
    answers: u16At(bytes, 6),
    authorities: u16At(bytes, 8),
    additionals: u16At(bytes, 10),
  };
  const reader = new Reader(bytes, HEADER_BYTES, bytes.length, 'question-past-end');
  decodeQuestions(reader, count.questions, questions);
  reader.problem = 'record-past-end';
  const opt: OptRecords = { first: null, count: 0 };
  const answers = decodeRecords(reader, count.answers, null);
  const authorities = decodeRecords(reader, count.authorities, null);
  const additionals = decodeRecords(reader, count.additionals, opt);
  const rcode = ((opt.first?.extendedRcode ?? 0) << 4) | header.rcode;
  // Field by field: spreading and overwriting made this a dictionary for V8, ten microseconds more a message (measured).
  return {
    id: header.id,
    response: header.response,
    opcode: header.opcode,
    flags: header.flags,
    rcode,
    rcodeName: rcodeName(rcode),
    questions,
    answers,
    authorities,
    additionals,
    edns: opt.first,
    counts: {
      questions: count.questions,
      answers: count.answers,
      authorities: count.authorities,
      additionals: count.additionals - opt.count,
      opt: opt.count,
    },
    trailingBytes: reader.left,
  };
}

function decodeQuestions(reader: Reader, count: number, kept: Question[]): void {
  for (let index = 0; index < count; index++) {
    if (kept.length < MAX_QUESTIONS) {
      kept.push(decodeQuestion(reader));
    } else {
      skipName(reader);
      reader.take(4);
    }
  }
}

function decodeQuestion(reader: Reader): Question {
  const name = decodeName(reader);
  const type = reader.u16();
  return { name, type, typeName: typeName(type), class: reader.u16() };
}

interface OptRecords {
  first: Edns | null;
  count: number;
}

/** Walks over all records and keeps the first ones: a loop bounded by the bytes, as each record takes eleven. */
function decodeRecords(reader: Reader, count: number, opt: OptRecords | null): ResourceRecord[] {
  const kept: ResourceRecord[] = [];
  for (let index = 0; index < count; index++) {
    const start = reader.offset;
    skipName(reader);
    const fixed = reader.take(10);
    const type = u16At(reader.bytes, fixed);
    const klass = u16At(reader.bytes, fixed + 2);
    const ttl = u32At(reader.bytes, fixed + 4);
    const data = reader.part(u16At(reader.bytes, fixed + 8));
    if (opt && type === TYPE.OPT) {
      opt.first ??= decodeEdns(klass, ttl, data);
      opt.count++;
    } else if (kept.length < MAX_RECORDS) {
      const name = decodeName(new Reader(reader.bytes, start));
      // RFC 2181 section 8: a TTL with the top bit set is zero.
      kept.push({
        name,
        type,
        typeName: typeName(type),
        class: klass,
        ttl: ttl > 0x7fffffff ? 0 : ttl,
        data: decodeRecordData(type, data),
      });
    }
  }
  return kept;
}
