/** How packets leave this computer: lines of routing tables, rules that choose a table, and interfaces. */
export type RouteOperation = RouteSet | RuleRemove | LinkSet | LinkConnect;

/** A line of a routing table that leads somewhere, whole: by these words it can be put back. */
export interface UnicastRoute {
  /** `0.0.0.0/1`, `198.51.100.10` or `default`. */
  readonly prefix: string;
  readonly via?: string;
  readonly dev: string;
  readonly protocol?: string;
  readonly scope?: 'link' | 'host' | 'global';
  readonly src?: string;
  readonly metric?: number;
  /** Bytes of the largest packet that is sent that way; what is asked for of others follows from it (advmss). */
  readonly mtu?: number;
  readonly onlink?: true;
}

/** Takes one line out and puts one in; where both are there, at once. */
export interface RouteSet {
  readonly kind: 'route-set';
  readonly family: 4 | 6;
  readonly table: string;
  readonly remove: UnicastRoute | null;
  readonly add: UnicastRoute | null;
}

/** Takes out a rule that chooses a table or refuses, named by its priority and its words. */
export interface RuleRemove {
  readonly kind: 'rule-remove';
  readonly family: 4 | 6;
  readonly priority: number;
  /** As ip prints it behind the priority: `from all to 198.51.100.10 prohibit`; each word is checked. */
  readonly words: readonly string[];
}

/** Switches an interface on, or bounds what its packets may hold. */
export interface LinkSet {
  readonly kind: 'link-set';
  readonly name: string;
  readonly up?: true;
  readonly mtu?: number;
}

/**
 * Programs that look after an interface, and what each is asked to do: NetworkManager and networkd connect it anew or switch
 * it on; clients of DHCP get a lease anew.
 */
export const connectors = [
  'NetworkManager',
  'networkd-up',
  'networkd-reconfigure',
  'dhclient',
  'udhcpc',
  'dhcpcd',
] as const;
export type Connector = (typeof connectors)[number];

/** An interface is connected again by whoever looks after it: addresses, routes and name servers as the network gives them. */
export interface LinkConnect {
  readonly kind: 'link-connect';
  readonly device: string;
  readonly by: Connector;
}
