import { bytesOf } from '../../../model/address.js';
import type { TraceFlow } from '../../../model/system.js';
import { attribute, nested, number, text } from './netlink-message.js';
import { type Change, NFT_MSG_NEWCHAIN, NFT_MSG_NEWRULE, NFT_MSG_NEWTABLE } from './nf-tables.js';

/** Attributes of include/uapi/linux/netfilter/nf_tables.h. */
const NFTA_TABLE_NAME = 1;
const NFTA_TABLE_FLAGS = 2;
/** Linux 5.12: the kernel removes the table when the socket that made it is closed, by whatever means. */
const NFT_TABLE_F_OWNER = 2;
const NFTA_CHAIN_TABLE = 1;
const NFTA_CHAIN_NAME = 3;
const NFTA_CHAIN_HOOK = 4;
const NFTA_CHAIN_TYPE = 7;
const NFTA_HOOK_HOOKNUM = 1;
const NFTA_HOOK_PRIORITY = 2;
const NFTA_RULE_TABLE = 1;
const NFTA_RULE_CHAIN = 2;
const NFTA_RULE_EXPRESSIONS = 4;
const NFTA_LIST_ELEM = 1;
const NFTA_EXPR_NAME = 1;
const NFTA_EXPR_DATA = 2;
const NFTA_PAYLOAD_DREG = 1;
const NFTA_PAYLOAD_BASE = 2;
const NFTA_PAYLOAD_OFFSET = 3;
const NFTA_PAYLOAD_LEN = 4;
const NFTA_CMP_SREG = 1;
const NFTA_CMP_OP = 2;
const NFTA_CMP_DATA = 3;
const NFTA_META_DREG = 1;
const NFTA_META_KEY = 2;
const NFTA_META_SREG = 3;
const NFTA_IMMEDIATE_DREG = 1;
const NFTA_IMMEDIATE_DATA = 2;
const NFTA_DATA_VALUE = 1;
const NFT_REG_1 = 1;
const NFT_CMP_EQ = 0;
const NFT_PAYLOAD_NETWORK_HEADER = 1;
const NFT_PAYLOAD_TRANSPORT_HEADER = 2;
const NFT_META_NFTRACE = 12;
const NFT_META_NFPROTO = 15;
const NFT_META_L4PROTO = 16;

/** Before every other chain: conntrack has −200, raw −300, and nobody sane goes below. */
const priority = -2000;
/** Behind every other chain, translations included (NF_IP_PRI_NAT_SRC is 100). */
const priorityBehind = 2000;
const hooks = { prerouting: 0, output: 3, postrouting: 4 } as const;
const chains = ['output', 'prerouting'] as const;
const protocols = { tcp: 6, udp: 17 } as const;
/** NFPROTO_* number, and where the addresses lie in the header. */
const headers = {
  4: { nfproto: 2, source: 12, destination: 16 },
  16: { nfproto: 10, source: 8, destination: 24 },
} as const;

/** The chain of our own table for what this device itself sends, before any rule or translation. */
export const sending = 'output';
/** The chain of our own table in which a packet is seen for the last time. */
export const leaving = 'postrouting';

/**
 * The table of our own, with a chain for what leaves and one for what arrives. It changes nothing about a packet. `passing`:
 * where packets of another network pass, with one more for those that leave.
 */
export function tableChanges(table: string, passing = false): Change[] {
  return [
    {
      message: NFT_MSG_NEWTABLE,
      attributes: [text(NFTA_TABLE_NAME, table), number(NFTA_TABLE_FLAGS, NFT_TABLE_F_OWNER)],
    },
    ...[...chains, ...(passing ? ([leaving] as const) : [])].map((chain) => ({
      message: NFT_MSG_NEWCHAIN,
      attributes: [
        text(NFTA_CHAIN_TABLE, table),
        text(NFTA_CHAIN_NAME, chain),
        nested(
          NFTA_CHAIN_HOOK,
          number(NFTA_HOOK_HOOKNUM, hooks[chain]),
          number(NFTA_HOOK_PRIORITY, chain === leaving ? priorityBehind : priority),
        ),
        text(NFTA_CHAIN_TYPE, 'filter'),
      ],
    })),
  ];
}

/**
 * Rules that mark a flow's packets for tracing: its own, and its answers with addresses and ports swapped, since a
 * dropped answer gives no event otherwise. Both in both chains: to an address of this device both go out and come in.
 * Null when the address is none.
 */
export function flowChanges(table: string, flow: TraceFlow): Change[] | null {
  const address = bytesOf(flow.address);
  const header = address && headers[address.length as 4 | 16];
  if (!header) return null;
  const packet = (offset: number, from: number, to: number): Uint8Array[] => [
    ...equal(meta(NFT_META_NFPROTO), Uint8Array.of(header.nfproto)),
    ...equal(meta(NFT_META_L4PROTO), Uint8Array.of(protocols[flow.protocol])),
    ...equal(payload(NFT_PAYLOAD_NETWORK_HEADER, offset, address.length), address),
    ...equal(payload(NFT_PAYLOAD_TRANSPORT_HEADER, 0, 4), Uint8Array.of(from >> 8, from & 255, to >> 8, to & 255)),
    ...setTrace,
  ];
  const rules = [
    packet(header.destination, flow.localPort, flow.port),
    packet(header.source, flow.port, flow.localPort),
  ];
  return chains.flatMap((chain) =>
    rules.map((expressions) => ({
      message: NFT_MSG_NEWRULE,
      attributes: [
        text(NFTA_RULE_TABLE, table),
        text(NFTA_RULE_CHAIN, chain),
        nested(NFTA_RULE_EXPRESSIONS, ...expressions),
      ],
    })),
  );
}

function expression(name: string, ...data: Uint8Array[]): Uint8Array {
  return nested(NFTA_LIST_ELEM, text(NFTA_EXPR_NAME, name), nested(NFTA_EXPR_DATA, ...data));
}

function meta(key: number): Uint8Array {
  return expression('meta', number(NFTA_META_DREG, NFT_REG_1), number(NFTA_META_KEY, key));
}

function payload(base: number, offset: number, length: number): Uint8Array {
  return expression(
    'payload',
    number(NFTA_PAYLOAD_DREG, NFT_REG_1),
    number(NFTA_PAYLOAD_BASE, base),
    number(NFTA_PAYLOAD_OFFSET, offset),
    number(NFTA_PAYLOAD_LEN, length),
  );
}

/** What was loaded equals these bytes; the rest of the rule runs only then. */
function equal(load: Uint8Array, value: Uint8Array): Uint8Array[] {
  const data = nested(NFTA_CMP_DATA, attribute(NFTA_DATA_VALUE, value));
  return [load, expression('cmp', number(NFTA_CMP_SREG, NFT_REG_1), number(NFTA_CMP_OP, NFT_CMP_EQ), data)];
}

/** `meta nftrace set 1` */
const setTrace: readonly Uint8Array[] = [
  expression(
    'immediate',
    number(NFTA_IMMEDIATE_DREG, NFT_REG_1),
    nested(NFTA_IMMEDIATE_DATA, attribute(NFTA_DATA_VALUE, Uint8Array.of(1))),
  ),
  expression('meta', number(NFTA_META_KEY, NFT_META_NFTRACE), number(NFTA_META_SREG, NFT_REG_1)),
];
