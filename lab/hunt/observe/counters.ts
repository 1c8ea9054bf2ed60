// How many packets each rule of a machine has counted, as the kernel lists it. Two listings, before and after what the
// hunt's own client does, show which rules stopped its packets.
import type { Machine } from '../../world/topology.js';
import { run } from '../../world/process.js';
import type { World } from '../../world/world.js';

export interface CountedRule {
  readonly machine: Machine;
  readonly backend: 'nft' | 'iptables-nft' | 'iptables-legacy';
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  /** Of nft's rules. */
  readonly handle: number | null;
  /** Of the rules of iptables: from 1 in its chain. */
  readonly number: number;
  readonly text: string;
  readonly packets: number;
}

const STOPS = /\b(?:drop|reject|redirect|dnat|queue|REJECT|DROP|NFQUEUE|REDIRECT|DNAT)\b/;

/** A rule that can end a packet's way, or lead it elsewhere; the last one of a chain whose policy drops counts for that. */
function readNft(machine: Machine, listing: string): CountedRule[] {
  const rules: CountedRule[] = [];
  let [family, table, chain, policyDrops, number] = ['', '', '', false, 0];
  for (const line of listing.split('\n')) {
    const tableHead = /^table (\S+) (\S+) \{/.exec(line);
    const chainHead = /^\tchain (\S+) \{/.exec(line);
    if (tableHead) [family, table] = [tableHead[1] ?? '', tableHead[2] ?? ''];
    if (chainHead) [chain, policyDrops, number] = [chainHead[1] ?? '', false, 0];
    if (/^\t\ttype .*policy drop;/.test(line)) policyDrops = true;
    const rule = /^\t\t(.*) # handle (\d+)$/.exec(line);
    if (!rule) continue;
    number += 1;
    const [, text = '', handle] = rule;
    const packets = /\bcounter packets (\d+)/.exec(text)?.[1];
    if (packets === undefined) continue;
    const bare = policyDrops && /^counter packets \d+ bytes \d+(?: comment "[^"]*")?$/.test(text);
    if (!bare && !STOPS.test(text.replace(/comment "[^"]*"/, ''))) continue;
    const builtIn =
      /^(?:INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)$/.test(chain) && (family === 'ip' || family === 'ip6');
    rules.push({
      machine,
      backend: builtIn && table === 'filter' ? 'iptables-nft' : 'nft',
      family,
      table,
      chain,
      handle: bare ? null : Number(handle),
      number,
      text: bare ? 'policy drop' : text.replace(/counter packets \d+ bytes \d+ ?/, ''),
      packets: Number(packets),
    });
  }
  return rules;
}

/** `[12:720] -A OUTPUT -p tcp … -j DROP` */
function readLegacy(machine: Machine, family: 'ip' | 'ip6', dump: string): CountedRule[] {
  const counts = new Map<string, number>();
  return dump.split('\n').flatMap((line) => {
    const rule = /^\[(\d+):\d+\] -A (\S+) (.*)$/.exec(line);
    if (!rule) return [];
    const [, packets, chain = '', text = ''] = rule;
    const number = (counts.get(chain) ?? 0) + 1;
    counts.set(chain, number);
    return [
      {
        machine,
        backend: 'iptables-legacy' as const,
        family,
        table: 'filter',
        chain,
        handle: null,
        number,
        text,
        packets: Number(packets),
      },
    ];
  });
}

const keyOf = (rule: CountedRule): string =>
  [rule.machine, rule.backend, rule.family, rule.table, rule.chain, rule.handle ?? `#${rule.number}`].join(' ');

export class Counters {
  readonly #world: World;
  readonly #machines: readonly Machine[];
  readonly #legacy: readonly Machine[];

  /** Only machines that were given rules are asked; listing the legacy ones would make them. */
  constructor(world: World, machines: readonly Machine[], legacy: readonly Machine[]) {
    this.#world = world;
    this.#machines = machines;
    this.#legacy = legacy;
  }

  async read(): Promise<Map<string, CountedRule>> {
    const listed = await Promise.all([
      ...this.#machines.map(async (machine) =>
        readNft(machine, (await run(...this.#world.inside(machine, 'nft', '-a', 'list', 'ruleset'))).stdout),
      ),
      ...this.#legacy.flatMap((machine) =>
        (['ip', 'ip6'] as const).map(async (family) => {
          const program = family === 'ip' ? 'iptables-legacy-save' : 'ip6tables-legacy-save';
          return readLegacy(machine, family, (await run(...this.#world.inside(machine, program, '-c'))).stdout);
        }),
      ),
    ]);
    return new Map(listed.flat().map((rule) => [keyOf(rule), rule]));
  }
}

/** Rules that counted something in between. */
export function moved(
  before: ReadonlyMap<string, CountedRule>,
  after: ReadonlyMap<string, CountedRule>,
): CountedRule[] {
  return [...after].flatMap(([key, rule]) => {
    const packets = rule.packets - (before.get(key)?.packets ?? 0);
    return packets > 0 ? [{ ...rule, packets }] : [];
  });
}
