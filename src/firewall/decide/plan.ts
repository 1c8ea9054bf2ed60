import type { BaseChain, Chain, Hook, Ruleset, Table } from '../ruleset.js';

/** A base chain in its place on a hook. */
export interface Station {
  readonly table: Table;
  readonly chain: Chain;
  readonly base: BaseChain;
  /** Priority at which it really runs: all nat chains of a hook run where nat does. */
  readonly priority: number;
}

/** Base chains of one hook in the order in which a packet meets them. Those in one group have the same priority. */
export interface Stage {
  readonly hook: Hook;
  readonly groups: readonly (readonly Station[])[];
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
      if (!applies || table.dormant) continue;
      for (const chain of table.chains.values()) {
        const { base } = chain;
        if (base === undefined || base.hook !== hook) continue;
        const priority = base.type === 'nat' ? (natPriority[hook] ?? base.priority) : base.priority;
        found.push({ table, chain, base, priority });
      }
    }
    return found;
  }
}

/** Of two chains with one priority the kernel runs the one hooked in last first (nf_hook_entries_grow). */
function grouped(stations: readonly Station[]): Station[][] {
  const latestFirst = stations
    .toReversed()
    .toSorted(
      (a, b) =>
        a.priority - b.priority ||
        (a.base.type === 'nat' && b.base.type === 'nat' ? a.base.priority - b.base.priority : 0),
    );
  const groups: Station[][] = [];
  for (const station of latestFirst) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && last[0].priority === station.priority && !ordersNat(last[0], station))
      last.push(station);
    else groups.push([station]);
  }
  return groups;
}

/** Two nat chains of different own priority come one after the other, in that order. */
function ordersNat(a: Station, b: Station): boolean {
  return a.base.type === 'nat' && b.base.type === 'nat' && a.base.priority !== b.base.priority;
}
