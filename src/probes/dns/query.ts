/** A DNS query as bytes (RFC 1035 4.1, EDNS by RFC 6891). */
import { encodeEdns } from './edns.js';
import { encodeName, type NameProblem } from './names.js';
import { CLASS_IN } from './registry.js';

/** What fits through common paths unfragmented (DNS flag day 2020). */
const EDNS_PAYLOAD = 1232;
const HEADER_BYTES = 12;

export interface QueryFields {
  /** 16 bits, which the caller draws at random: they are part of what keeps others from answering (RFC 5452). */
  id: number;
  /** ASCII form; a trailing dot may be there. */
  name: string;
  type: number;
  recursionDesired?: boolean;
  checkingDisabled?: boolean;
  /** Of whoever wants to hear whether the answer was checked (AD, RFC 6840 5.7). */
  authenticData?: boolean;
  /** null leaves EDNS out, for servers that stumble over it. */
  edns?: { payloadSize?: number; dnssecOk?: boolean } | null;
}

export type EncodedQuery = { ok: true; bytes: Uint8Array } | { ok: false; problem: NameProblem };

export function encodeQuery(query: QueryFields): EncodedQuery {
  const name = encodeName(query.name);
  if (!name.ok) return name;
  const edns =
    query.edns === null ? null : encodeEdns(query.edns?.payloadSize ?? EDNS_PAYLOAD, query.edns?.dnssecOk ?? false);
  const bytes = new Uint8Array(HEADER_BYTES + name.bytes.length + 4 + (edns?.length ?? 0));
  bytes[0] = (query.id >> 8) & 0xff;
  bytes[1] = query.id & 0xff;
  bytes[2] = query.recursionDesired === false ? 0 : 0x01;
  bytes[3] = (query.checkingDisabled ? 0x10 : 0) | (query.authenticData ? 0x20 : 0);
  bytes[5] = 1;
  bytes[11] = edns ? 1 : 0;
  bytes.set(name.bytes, HEADER_BYTES);
  const at = HEADER_BYTES + name.bytes.length;
  bytes[at] = query.type >> 8;
  bytes[at + 1] = query.type & 0xff;
  bytes[at + 3] = CLASS_IN;
  if (edns) bytes.set(edns, at + 4);
  return { ok: true, bytes };
}
