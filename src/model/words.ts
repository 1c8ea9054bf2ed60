/** The report's closed vocabularies (contract). */
export type Side = 'target' | 'this-device' | 'local-network' | 'path' | 'server' | 'none' | 'unknown';
export type Stage = 'target' | 'name' | 'route' | 'proxy' | 'connect' | 'tls' | 'http' | 'service';
export type Outcome = 'reachable' | 'degraded' | 'failed';

export const certainties = ['possible', 'likely', 'confirmed', 'proven'] as const;
export type Certainty = (typeof certainties)[number];

export type CulpritKind =
  | 'firewall-rule'
  | 'policy'
  | 'route'
  | 'interface'
  | 'process'
  | 'product'
  | 'file'
  | 'setting'
  | 'resolver'
  | 'cache'
  | 'zone'
  | 'proxy'
  | 'portal'
  | 'hop'
  | 'server'
  | 'service'
  | 'certificate'
  | 'extension'
  | 'limit'
  | 'container'
  | 'signature';

export interface RuleReference {
  readonly backend: 'nft' | 'iptables-nft' | 'iptables-legacy';
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly handle?: number;
  readonly number?: number;
  readonly text?: string;
}

export interface Culprit {
  readonly kind: CulpritKind;
  readonly name?: string;
  readonly address?: string;
  readonly owner?: string;
  readonly rule?: RuleReference;
  /** `/etc/hosts:12` */
  readonly location?: string;
}
