import { join, message, NLM_F_ACK, NLM_F_APPEND, NLM_F_CREATE } from './netlink-message.js';

/** Numbers of include/uapi/linux/netfilter/nfnetlink.h and nf_tables.h. */
export const NETLINK_NETFILTER = 12;
export const SOL_NETLINK = 270;
export const NETLINK_ADD_MEMBERSHIP = 1;
export const NFNLGRP_NFTRACE = 9;

const NFNL_SUBSYS_NFTABLES = 10;
const NFNL_MSG_BATCH_BEGIN = 16;
const NFNL_MSG_BATCH_END = 17;

export const NFT_MSG_NEWTABLE = 0;
export const NFT_MSG_NEWCHAIN = 3;
export const NFT_MSG_NEWRULE = 6;
export const NFT_MSG_TRACE = 17;

const NFPROTO_INET = 1;

/** Family names as nft writes them, by NFPROTO_* number. */
export const familyNames: Readonly<Record<number, string>> = {
  1: 'inet',
  2: 'ip',
  3: 'arp',
  5: 'netdev',
  7: 'bridge',
  10: 'ip6',
};

export function nftType(message: number): number {
  return (NFNL_SUBSYS_NFTABLES << 8) | message;
}

export interface Change {
  readonly message: number;
  readonly attributes: readonly Uint8Array[];
}

/** Changes of the inet family, in one transaction: all of them hold, or none. Each is acknowledged. */
export function transaction(changes: readonly Change[]): Uint8Array {
  const inside = changes.map(({ message: type, attributes }, i) =>
    message(nftType(type), NLM_F_ACK | NLM_F_CREATE | NLM_F_APPEND, i + 1, NFPROTO_INET, 0, ...attributes),
  );
  return join([
    message(NFNL_MSG_BATCH_BEGIN, 0, 0, 0, NFNL_SUBSYS_NFTABLES),
    ...inside,
    message(NFNL_MSG_BATCH_END, 0, changes.length + 1, 0, NFNL_SUBSYS_NFTABLES),
  ]);
}
