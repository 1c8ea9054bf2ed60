/** What a reply means for the question asked. Pure; says what is there, not whose fault it is. */
import { followChain } from './chain.js';
import type { ExtendedError } from './edns.js';
import type { DecodeError, DecodeResult, Flags, Header, Message, Question, ResourceRecord } from './message.js';
import { isWithin, sameName } from './names.js';
import { CLASS_IN, TYPE } from './registry.js';
import type { WireProblem } from './wire.js';

export interface Asked {
  id: number;
  name: string;
  type: number;
}

/** The zone that vouches for a negative answer (RFC 2308). */
interface NegativeZone {
  zone: string;
  /** Seconds for which the absence may be remembered: the lower of the record's TTL and its minimum (section 5). */
  negativeTtl: number;
  /** Whether the name looked for lies in that zone; otherwise it cannot vouch. */
  encloses: boolean;
  serial: number;
}

/** What every readable reply to the question tells. */
interface Reading {
  flags: Flags;
  rcode: number;
  rcodeName: string;
  ede: ExtendedError[];
  /** Version and size from the server's OPT record; null without one. */
  edns: { version: number; payloadSize: number } | null;
  cnames: string[];
  /** The name at the end of the chain, which a negative answer is about. */
  end: string;
  soa: NegativeZone | null;
  /** Owner of an SOA in the additional section: resolvers with a response policy zone name that zone there. */
  additionalSoa: string | null;
  strayAddresses: number;
}

type ReadingKind =
  | { kind: 'answer'; addresses: string[]; answers: ResourceRecord[]; minTtl: number }
  | { kind: 'nodata' | 'nxdomain' | 'refused' | 'servfail' | 'formerr' | 'notimp' | 'other-rcode' | 'truncated' }
  /** The server names others to ask instead of resolving: it does not recurse for this client. */
  | { kind: 'referral'; zone: string }
  | { kind: 'broken-chain'; problem: 'loop' | 'too-long' };

export type Readable = Reading & ReadingKind;

export type Unreadable =
  | { kind: 'malformed'; error: DecodeError }
  | { kind: 'wrong-id'; id: number }
  /** The reply is about something else, or about several things; the first ones are kept. */
  | { kind: 'wrong-question'; questions: Question[]; questionCount: number };

export type Classification = Readable | Unreadable | { kind: 'no-reply' };

export function isReadable<T extends { kind: string }>(reply: T): reply is Extract<T, Readable> {
  return 'flags' in reply;
}

const RCODE_KINDS = new Map<number, 'formerr' | 'servfail' | 'nxdomain' | 'notimp' | 'refused'>([
  [1, 'formerr'],
  [2, 'servfail'],
  [3, 'nxdomain'],
  [4, 'notimp'],
  [5, 'refused'],
]);

/** null stands for silence. */
export function classify(asked: Asked, reply: DecodeResult | null): Classification {
  if (!reply) return { kind: 'no-reply' };
  if (reply.ok)
    return (
      headerFault(asked, reply.message) ?? questionFault(asked, reply.message) ?? classifyMessage(asked, reply.message)
    );
  const { header, questions, error } = reply;
  if (!header) return { kind: 'malformed', error };
  return headerFault(asked, header) ?? cutOnPurpose(asked, header, questions) ?? { kind: 'malformed', error };
}

function headerFault(asked: Asked, header: Header): Unreadable | null {
  if (header.id !== asked.id) return { kind: 'wrong-id', id: header.id };
  if (!header.response) return { kind: 'malformed', error: badHeader('not-a-response') };
  return header.opcode === 0 ? null : { kind: 'malformed', error: badHeader('other-opcode') };
}

function questionFault(asked: Asked, message: Message): Unreadable | null {
  const { questions, counts } = message;
  if (isAbout(asked, questions, counts.questions) || leavesQuestionOut(message)) return null;
  return { kind: 'wrong-question', questions, questionCount: counts.questions };
}

/** Old servers cut a long reply in the middle of a record and set TC: that is a truncated reply, not a broken one. */
function cutOnPurpose(asked: Asked, header: Header, questions: readonly Question[]): Readable | null {
  if (!header.flags.tc || header.rcode !== 0 || !isAbout(asked, questions, questions.length)) return null;
  return {
    kind: 'truncated',
    flags: header.flags,
    rcode: 0,
    rcodeName: 'NOERROR',
    ede: [],
    edns: null,
    cnames: [],
    end: asked.name,
    soa: null,
    additionalSoa: null,
    strayAddresses: 0,
  };
}

function badHeader(problem: WireProblem): DecodeError {
  return { problem, offset: 2 };
}

function isAbout(asked: Asked, questions: readonly Question[], count: number): boolean {
  const [question] = questions;
  if (!question || count !== 1) return false;
  return question.type === asked.type && question.class === CLASS_IN && sameName(question.name, asked.name);
}

/** A server that could not read the question, or will not, may send the bare header (RFC 1035 4.1.1, BIND's FORMERR). */
function leavesQuestionOut(message: Message): boolean {
  return message.counts.questions === 0 && message.rcode !== 0 && message.rcode !== 3;
}

function classifyMessage(asked: Asked, message: Message): Classification {
  const chain = followChain(message.answers, asked.name, asked.type);
  const reading: Reading = {
    flags: message.flags,
    rcode: message.rcode,
    rcodeName: message.rcodeName,
    ede: message.edns?.extendedErrors ?? [],
    edns: message.edns && { version: message.edns.version, payloadSize: message.edns.payloadSize },
    cnames: chain.cnames,
    end: chain.end,
    soa: negativeZone(message.authorities, chain.end),
    additionalSoa: message.additionals.find(({ data }) => data.kind === 'SOA')?.name ?? null,
    strayAddresses: chain.strayAddresses,
  };
  if (message.rcode !== 0) return { ...reading, kind: RCODE_KINDS.get(message.rcode) ?? 'other-rcode' };
  if (message.flags.tc) return { ...reading, kind: 'truncated' };
  if (chain.problem) return { ...reading, kind: 'broken-chain', problem: chain.problem };
  if (chain.found.length > 0) {
    const unreadable = chain.found.every(({ data }) => data.kind === 'malformed');
    if (unreadable) return { kind: 'malformed', error: { problem: 'data-form', offset: 0 } };
    return {
      ...reading,
      kind: 'answer',
      addresses: addressesOf(chain.found),
      answers: chain.found,
      minTtl: chain.minTtl ?? 0,
    };
  }
  // What was asked for may stand behind the records that were kept.
  if (message.counts.answers > message.answers.length)
    return { kind: 'malformed', error: { problem: 'too-many-records', offset: 0 } };
  const referral = referralZone(message, chain.end);
  return referral === null ? { ...reading, kind: 'nodata' } : { ...reading, kind: 'referral', zone: referral };
}

function addressesOf(records: readonly ResourceRecord[]): string[] {
  const addresses = records.flatMap(({ data }) => (data.kind === 'A' || data.kind === 'AAAA' ? [data.address] : []));
  return [...new Set(addresses)];
}

function negativeZone(authorities: readonly ResourceRecord[], end: string): NegativeZone | null {
  for (const { name, ttl, data } of authorities) {
    if (data.kind === 'SOA')
      return {
        zone: name,
        negativeTtl: Math.min(ttl, data.minimum),
        encloses: isWithin(end, name),
        serial: data.serial,
      };
  }
  return null;
}

/** RFC 2308 2.2: no answer, no SOA, but name servers of an enclosing zone, and no authority of its own. */
function referralZone(message: Message, end: string): string | null {
  if (message.flags.aa || message.authorities.some(({ type }) => type === TYPE.SOA)) return null;
  return message.authorities.find(({ type, name }) => type === TYPE.NS && isWithin(end, name))?.name ?? null;
}
