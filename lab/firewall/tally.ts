import type { Comparison } from './compare.js';

/**
 * What a packet cannot tell: chance, earlier packets, the address that a redirect picks, the way that a translated
 * packet takes, the order of chains with one priority. Any other reason to answer "unknown" is a fault of the model,
 * which here knows everything about the packet.
 */
const beyondThePacket: readonly (readonly [string, RegExp])[] = [
  ['limit', /limit/],
  ['chance', /numgen|random|statistic/],
  ['quota', /quota/],
  ['number of connections', /ct count|connlimit/],
  ['hash with an unknown seed', /jhash/],
  ['list of recent addresses', /-m recent/],
  ['payload', /-m (string|u32)/],
  ['TCP option', /tcp option/],
  ['cgroup by class', /classid|cgroup/],
  ['order of chains of one priority', /which of the chains|come first/],
  ['address that a redirect or masquerade picks', /address not given|ipset|source port/],
  ['type of an address that a rule has changed, or asked by a changed mark', /^fib [sd]addr \w+ type not given$/],
  ['type of the interface that a packet of this machine came by (kernels differ)', /^iiftype not given$/],
  ['place of a condition that nft does not list', /^whether the protocol of the reject/],
  ['way of a translated packet', /outgoing interface not given|type of the destination|whether the new destination/],
];

/** What only the connection's entry tells: a packet that is dropped before it has one takes it along. */
const ofConnection =
  /^(?:(?:(?:state|status|mark) of the connection|direction|ct\w+|conntrack helper) not given|whether it is the first packet of the related connection)$/;

export class Tally {
  packets = 0;
  rulesets = 0;
  refused = 0;
  notSeen = 0;
  same = 0;
  unknown = 0;
  undue = 0;
  different = 0;
  partlyUnknown = 0;
  private readonly reasons = new Map<string, number>();

  /** What is worth showing: a disagreement, or an "unknown" that need not be. */
  /** `endedEarly`: before conntrack looked at it, so that nobody can say what state it would have had. */
  add(result: Comparison, endedEarly: boolean): 'DIFFERENT' | 'UNDUE' | undefined {
    if (result.kind === 'same') this.same++;
    else if (result.kind === 'different') {
      this.different++;
      return 'DIFFERENT';
    } else return this.addUnknown(result.why, endedEarly);
    return undefined;
  }

  private addUnknown(why: string, endedEarly: boolean): 'UNDUE' | undefined {
    this.unknown++;
    const reasons = (why.split('it hangs on ')[1] ?? why).split('; ');
    const known = reasons.map((reason) =>
      endedEarly && ofConnection.test(reason)
        ? 'state of a packet that was dropped before it had one'
        : beyondThePacket.find(([, pattern]) => pattern.test(reason))?.[0],
    );
    for (const [i, name] of known.entries()) {
      const shown = name ?? `UNDUE: ${reasons[i] ?? ''}`;
      this.reasons.set(shown, (this.reasons.get(shown) ?? 0) + 1);
    }
    if (known.every((name) => name !== undefined)) return undefined;
    this.undue++;
    return 'UNDUE';
  }

  summary(seed: number, seconds: number): string {
    const share = (count: number): string => `${((100 * count) / Math.max(1, this.packets)).toFixed(2)} %`;
    const lines = [
      `seed ${seed}: ${this.packets} packets, ${this.rulesets} rulesets (${this.refused} refused), ${seconds.toFixed(1)} s`,
      `same ${this.same}, unknown ${this.unknown} (${share(this.unknown)}), undue ${this.undue}, different ${this.different}, not seen ${this.notSeen}`,
      `the same packets, described in part: ${this.partlyUnknown} unknown (${share(this.partlyUnknown)}), none of the others may differ`,
      'unknown, by what it hangs on (a packet may count for several):',
      ...[...this.reasons].toSorted((a, b) => b[1] - a[1]).map(([why, count]) => `  ${count} (${share(count)}) ${why}`),
    ];
    return `${lines.join('\n')}\n`;
  }
}
