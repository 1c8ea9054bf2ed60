/** Answers to DNS questions, for tests: written by another implementation than the one that reads them. */
import packet from 'dns-packet';

export interface ReplyFields {
  readonly A?: readonly string[];
  readonly rcode?: number;
  readonly ttl?: number;
  /** Owner of the SOA in the authority section. */
  readonly zone?: string;
  readonly error?: readonly [code: number, text: string];
  readonly flags?: number;
  /** It looks nothing up for others. */
  readonly recursion?: false;
}

const RECURSION_AVAILABLE = 0x80;

export function dnsReply(query: Uint8Array, fields: ReplyFields): Uint8Array {
  const asked = packet.decode(Buffer.from(query));
  const [question] = asked.questions ?? [];
  if (!question) throw new Error('no question');
  const wanted = question.type === 'A' ? (fields.A ?? []) : [];
  const soa = { mname: 'ns.example', rname: 'admin.example', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 60 };
  const data =
    fields.error &&
    Buffer.concat([Buffer.from([fields.error[0] >> 8, fields.error[0] & 255]), Buffer.from(fields.error[1])]);
  const bytes = packet.encode({
    type: 'response',
    id: asked.id ?? 0,
    flags: (fields.recursion === false ? 0 : RECURSION_AVAILABLE) | (fields.flags ?? 0) | (fields.rcode ?? 0),
    questions: [question],
    answers: wanted.map((address) => ({ type: 'A', name: question.name, ttl: fields.ttl ?? 60, data: address })),
    authorities: fields.zone === undefined ? [] : [{ type: 'SOA', name: fields.zone, ttl: 60, data: soa }],
    additionals: data
      ? [{ type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0, options: [{ code: 15, data }] }]
      : [],
  });
  return new Uint8Array(bytes);
}

dnsReply.asksRoot = (query: Uint8Array): boolean => packet.decode(Buffer.from(query)).questions?.[0]?.name === '.';
