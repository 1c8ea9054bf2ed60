import type { Hostile } from './facts.js';
import type { IptablesChain } from './operation.js';

/** Takes rules out of a chain, each named by where it stands and by its text. */
export type RuleOperation = NftRemove | IptablesRemove | NftClamp | IptablesClamp;

export interface NftRemove {
  readonly kind: 'nft-remove';
  readonly family: 'ip' | 'ip6' | 'inet' | 'netdev';
  readonly table: string;
  readonly chain: string;
  readonly rules: readonly { readonly handle: number; readonly text: Hostile }[];
}

export interface IptablesRemove extends IptablesChain {
  readonly kind: 'iptables-remove';
  /** From 1, as iptables counts; the text as iptables-save prints it. */
  readonly rules: readonly { readonly position: number; readonly text: Hostile }[];
}

/** Connections that begin by an interface, those that are passed on too, ask for segments of no more than that many bytes. */
export interface NftClamp {
  readonly kind: 'nft-clamp';
  readonly name: string;
  /** With IPv4, with IPv6. */
  readonly four: number;
  readonly six: number;
}

/** The same of one family, by iptables, where nftables has no program. */
export interface IptablesClamp extends Pick<IptablesChain, 'backend' | 'family'> {
  readonly kind: 'iptables-clamp';
  readonly name: string;
  readonly size: number;
}
