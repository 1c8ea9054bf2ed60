import type { BaseChain, Chain, Hook, Ruleset, Table } from '../ruleset.js';

/** A base chain in its place on a hook. */
export interface Station {
  readonly table: Table;
  readonly chain: Chain;
  readonly base: BaseChain;
  /** Priority at which it really runs: all nat chains of a hook run where nat does. */
  readonly priority: number;
}

/**
 * Base chains of one priority. Mostly there is one order. Where nat shares the priority with others, it was hooked in
 * with the first nat chain that the machine ever had, of which the dump knows nothing: then there are several.
 */
export interface Group {
  readonly orders: readonly (readonly Station[])[];
}

/** Base chains of one hook in the order in which a packet meets them. */
export interface Stage {
  readonly hook: Hook;
  readonly groups: readonly Group[];
}

/** Where nat is registered, whatever priority its chains were given (nf_nat_proto.c). */
const natPriority: Readonly<Partial<Record<Hook, number>>> = {
  prerouting: -100,
  output: -100,
  input: 100,
  postrouting: 100,
};

const familiesOf: Readonly<Record<4 | 6, ReadonlySet<string>>> = {
  4: new Set(['ip', 'inet']),
  6: new Set(['ip6', 'inet']),
};

/** The order of base chains does not hang on the packet, so it is made once for each family and hook. */
export class Plan {
  private readonly stages = new Map<string, Stage>();

  constructor(private readonly ruleset: Ruleset) {}

  stage(hook: Hook, family: 4 | 6): Stage {
    const key = `${family} ${hook}`;
    let stage = this.stages.get(key);
    if (stage === undefined) {
      stage = { hook, groups: grouped(this.stations(hook, family)) };
      this.stages.set(key, stage);
    }
    return stage;
  }

  private stations(hook: Hook, family: 4 | 6): Station[] {
    const found: Station[] = [];
    for (const table of this.ruleset.tables) {
      const onDevice = hook === 'ingress' || hook === 'egress';
      const applies = familiesOf[family].has(table.family) || (onDevice && table.family === 'netdev');
      for (const chain of table.chains.values()) {
        const { base } = chain;
        if (!applies || table.dormant) continue;
        if (base === undefined || base.hook !== hook) continue;
        const priority = base.type === 'nat' ? (natPriority[hook] ?? base.priority) : base.priority;
        found.push({ table, chain, base, priority });
      }
    }
    return found;
  }
}

/** Of two chains with one priority the kernel runs the one hooked in last first (nf_hook_entries_grow). */
function grouped(stations: readonly Station[]): Group[] {
  const byPriority = new Map<number, Station[]>();
  for (const station of stations.toReversed()) {
    const list = byPriority.get(station.priority);
    if (list === undefined) byPriority.set(station.priority, [station]);
    else list.push(station);
  }
  return [...byPriority].toSorted((a, b) => a[0] - b[0]).map(([, list]) => ({ orders: ordersOf(list) }));
}

/** The nat chains stay together, by their own priorities; their place among the others is open. */
function ordersOf(list: readonly Station[]): Station[][] {
  const nat = list
    .filter((station) => station.base.type === 'nat')
    .toSorted((a, b) => a.base.priority - b.base.priority);
  const others = list.filter((station) => station.base.type !== 'nat');
  if (nat.length === 0 || others.length === 0) return [[...nat, ...others]];
  return Array.from({ length: Math.min(others.length, 4) + 1 }, (_, i) => others.toSpliced(i, 0, ...nat));
}
