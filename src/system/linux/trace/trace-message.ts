import { canonical } from '../../../model/address.js';
import type { TraceStep } from '../../../model/facts.js';
import { attributesIn, bigNumberOf, type Message, numberOf, textOf } from './netlink-message.js';
import { familyNames, NFT_MSG_TRACE, nftType } from './nf-tables.js';

/** Attributes of enum nft_trace_attributes. */
const NFTA_TRACE_TABLE = 1;
const NFTA_TRACE_CHAIN = 2;
const NFTA_TRACE_RULE_HANDLE = 3;
const NFTA_TRACE_TYPE = 4;
const NFTA_TRACE_VERDICT = 5;
const NFTA_TRACE_ID = 6;
const NFTA_TRACE_NETWORK_HEADER = 8;
const NFTA_TRACE_TRANSPORT_HEADER = 9;
const NFTA_TRACE_MARK = 14;
const NFTA_TRACE_POLICY = 16;
const NFTA_VERDICT_CODE = 1;

const kinds: Readonly<Record<number, TraceStep['kind']>> = { 1: 'policy', 2: 'return', 3: 'rule' };
/** NF_* of netfilter.h and NFT_* (enum nft_verdicts). */
const verdicts: Readonly<Record<number, string>> = {
  [-5]: 'return',
  [-4]: 'goto',
  [-3]: 'jump',
  [-2]: 'break',
  [-1]: 'continue',
  0: 'drop',
  1: 'accept',
  2: 'stolen',
  3: 'queue',
  4: 'repeat',
};

export interface TracedPacket {
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Bytes of TCP behind all headers; null of another protocol, or where its header did not come whole. */
  readonly carries: number | null;
}

export interface TraceMessage {
  readonly step: TraceStep;
  /** The same for all messages about one packet. */
  readonly id: number;
  /** Comes with the first message of each base chain only. */
  readonly packet: TracedPacket | null;
  /** What a rule has marked it with by then; null: nothing. */
  readonly mark: number | null;
}

/** A trace event of nf_tables, or null when the message is anything else. */
export function decodeTrace({ type, body }: Message): TraceMessage | null {
  if (type !== nftType(NFT_MSG_TRACE)) return null;
  const attributes = attributesIn(body.subarray(4));
  const family = familyNames[body[0] ?? 0];
  const table = textOf(attributes.get(NFTA_TRACE_TABLE));
  const chain = textOf(attributes.get(NFTA_TRACE_CHAIN));
  const kind = kinds[numberOf(attributes.get(NFTA_TRACE_TYPE)) ?? 0];
  const id = numberOf(attributes.get(NFTA_TRACE_ID));
  if (family === undefined || table === null || chain === null || !kind || id === null) return null;
  const code =
    kind === 'policy'
      ? numberOf(attributes.get(NFTA_TRACE_POLICY))
      : numberOf(attributesIn(attributes.get(NFTA_TRACE_VERDICT) ?? new Uint8Array()).get(NFTA_VERDICT_CODE));
  const mark = numberOf(attributes.get(NFTA_TRACE_MARK));
  const handle = bigNumberOf(attributes.get(NFTA_TRACE_RULE_HANDLE));
  return {
    id,
    step: {
      family,
      table,
      chain,
      kind,
      verdict: verdictName(code),
      ...(handle !== null && { rule: { backend: 'nft', family, table, chain, handle } }),
    },
    mark: mark === null ? null : mark >>> 0,
    packet: packetOf(attributes.get(NFTA_TRACE_NETWORK_HEADER), attributes.get(NFTA_TRACE_TRANSPORT_HEADER)),
  };
}

/** Verdicts of netfilter carry a queue's number or an errno in their upper half (NF_VERDICT_MASK). */
function verdictName(code: number | null): string {
  if (code === null) return 'unknown';
  return verdicts[code < 0 && code >= -5 ? code : code & 0xff] ?? `verdict ${code}`;
}

/** Addresses and ports of the packet (RFC 791, RFC 8200). The transport header comes apart from extension headers. */
function packetOf(network: Uint8Array | undefined, transport: Uint8Array | undefined): TracedPacket | null {
  if (!network || !transport || transport.length < 4) return null;
  const ports = new DataView(transport.buffer, transport.byteOffset, transport.byteLength);
  const found = addressesOf(network);
  const carries = found && found.protocol === TCP ? carriedBy(network, transport) : null;
  return found && { ...found, sourcePort: ports.getUint16(0), destinationPort: ports.getUint16(2), carries };
}

const TCP = 6;

/** What the headers' own lengths leave of the packet (RFC 791, RFC 8200, RFC 9293). */
function carriedBy(network: Uint8Array, transport: Uint8Array): number | null {
  const view = new DataView(network.buffer, network.byteOffset, network.byteLength);
  const first = network[0] ?? 0;
  const behind = first >> 4 === 4 ? view.getUint16(2) - (first & 15) * 4 : view.getUint16(4);
  const head = transport[12];
  return head === undefined ? null : Math.max(0, behind - (head >> 4) * 4);
}

function addressesOf(header: Uint8Array): { protocol: number; source: string; destination: string } | null {
  const version = (header[0] ?? 0) >> 4;
  if (version === 4 && header.length >= 20) {
    return {
      protocol: header[9] ?? 0,
      source: header.subarray(12, 16).join('.'),
      destination: header.subarray(16, 20).join('.'),
    };
  }
  if (version !== 6 || header.length < 40) return null;
  return { protocol: header[6] ?? 0, source: ipv6(header.subarray(8, 24)), destination: ipv6(header.subarray(24, 40)) };
}

function ipv6(bytes: Uint8Array): string {
  return canonical(
    Array.from({ length: 8 }, (_, i) => (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16)).join(':'),
  );
}
