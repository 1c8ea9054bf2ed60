import type { Hostile } from './facts.js';

/** Takes an address off a list of banned ones, each by whoever keeps that list. */
export type BanOperation = Fail2banUnban | CrowdsecUnban | NftElementRemove | IpsetMemberRemove;

export interface Fail2banUnban {
  readonly kind: 'fail2ban-unban';
  readonly jail: string;
  readonly address: string;
}

/** All decisions of CrowdSec on this computer about one address or one network. */
export interface CrowdsecUnban {
  readonly kind: 'crowdsec-unban';
  readonly scope: 'ip' | 'range';
  readonly value: string;
}

/** One element of a set of nftables: `198.51.100.10`, `198.51.100.0/24` or `198.51.100.3-198.51.100.9`. */
export interface NftElementRemove {
  readonly kind: 'nft-element-remove';
  readonly family: 'ip' | 'ip6' | 'inet' | 'netdev';
  readonly table: string;
  readonly set: string;
  readonly element: string;
}

/** One member of a set of ipset, which holds addresses or networks alone. */
export interface IpsetMemberRemove {
  readonly kind: 'ipset-remove';
  readonly set: Hostile;
  readonly member: string;
}
