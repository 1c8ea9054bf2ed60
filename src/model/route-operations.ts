/** How packets leave this computer: lines of routing tables, rules that choose a table, and interfaces. */
export type RouteOperation = RouteSet | RuleRemove | LinkSet;

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
