import { parseIptablesSave } from '../../firewall/parse/iptables-save.js';
import { fact, type Facts } from '../../model/facts.js';
import type { ModelDecision, RuleCount } from '../../model/firewall-facts.js';
import type { Context, Gatherer } from '../../model/gatherer.js';
import { known, skipped } from '../../model/observed.js';

/** Connections of each round. That others make just as many at just these moments, and none between, is no chance. */
const pattern = [3, 0, 5, 0, 2];
/** What else this program sends there is counted too: another time it may be quieter. */
const mostTimes = 4;
const mostRules = 2;
/** What a rule stops on its way out is stopped at once. */
const dialMs = 60;
const between = 40;
const tables: ReadonlySet<string> = new Set(['filter', 'nat', 'mangle', 'raw', 'security']);
const maxBytes = 64 * 1024 * 1024;
const listMs = 3_000;

/**
 * Rules of iptables-legacy leave no trace of nf_tables, but the kernel counts what each of them takes. The rule that decides, as
 * the rules are read, has to count as many packets as we try connections, round by round, and none while we try none. Of
 * answers that are dropped the server sends copies for half a minute: they cannot be counted so.
 */
export const ruleCounts: Gatherer<'device.ruleCounts'> = {
  fact: 'device.ruleCounts',
  needs: ['device.firewall'],
  base: false,
  cost: 'light',
  platforms: ['linux'],
  privilege: 'root',
  when: (facts) => (decided(facts).length === 0 ? 'no rule of iptables-legacy decides' : null),
  async gather(facts, context) {
    const counts: RuleCount[] = [];
    for (const decision of decided(facts)) {
      const found = await counted(decision, context);
      if (found) counts.push(found);
    }
    return counts.length === 0 ? skipped('the counters cannot be read') : known(counts, 'iptables-legacy-save -c');
  },
};

function decided(facts: Facts): ModelDecision[] {
  const firewall = fact(facts, 'device.firewall');
  return [...(firewall?.decisions ?? []), ...(firewall?.led ?? [])]
    .filter(({ verdict }) => verdict === 'drop' || verdict === 'reject' || verdict === 'redirect')
    .filter(({ protocol, direction, rule, policy }) => {
      const at = rule ?? policy;
      return protocol === 'tcp' && direction === 'out' && at?.backend === 'iptables-legacy' && tables.has(at.table);
    })
    .slice(0, mostRules);
}

type Place = Pick<RuleCount, 'family' | 'table' | 'chain' | 'number'>;

async function counted(decision: ModelDecision, context: Context): Promise<RuleCount | null> {
  const { address, port, direction, rule, policy } = decision;
  const at = rule ?? policy;
  if (at === null || (rule !== null && rule.number === undefined)) return null;
  const { family, table, chain } = at;
  const place: Place = { family, table, chain, number: rule?.number ?? null };
  let found: RuleCount | null = null;
  for (let i = 0; i < mostTimes && !context.signal.aborted && context.remaining() > 1_000; i++) {
    const round = await oneTime(place, decision, context);
    if (!round) return found;
    found = { address, port, direction, ...place, ...round };
    if (round.rounds.every((one) => one.tried === one.counted)) break;
  }
  return found;
}

async function oneTime(
  place: Place,
  decision: ModelDecision,
  context: Context,
): Promise<Pick<RuleCount, 'rounds' | 'ended'> | null> {
  const rounds: { tried: number; counted: number }[] = [];
  const ends = new Set<string>();
  let before = await readCounter(place, context);
  for (const tried of pattern) {
    if (tried === 0) await context.system.clock.sleep(between, context.signal);
    for (const end of await Promise.all(Array.from({ length: tried }, () => dial(decision, context)))) ends.add(end);
    const after = await readCounter(place, context);
    if (before === null || after === null) return null;
    rounds.push({ tried, counted: after - before });
    before = after;
  }
  const [only] = ends;
  return { rounds, ended: ends.size === 1 ? (only ?? null) : null };
}

async function dial({ address, port }: ModelDecision, context: Context): Promise<string> {
  const { system, options, signal } = context;
  const request = { address, port, timeoutMs: dialMs, discard: true, interface: options.interface };
  const { failure, stream } = await system.sockets.dial(request, signal).done;
  stream?.destroy();
  return failure?.code ?? 'connected';
}

/** Packets that the rule or policy has taken; null where it is no longer there. */
async function readCounter({ family, table, chain, number }: Place, context: Context): Promise<number | null> {
  const { system, signal } = context;
  const name = family === 'ip6' ? 'ip6tables-legacy-save' : 'iptables-legacy-save';
  const saved = await system.run(name, ['-c', '-t', table], { timeoutMs: listMs, maxBytes, signal });
  if (saved.exit !== 0 || saved.truncated) return null;
  const parsed = parseIptablesSave(saved.stdout, {
    family: family === 'ip6' ? 'ip6' : 'ip',
    backend: 'iptables-legacy',
  });
  const found = parsed.tables.find((one) => one.name === table)?.chains.get(chain);
  if (!found || (number !== null && number > found.rules.length)) return null;
  const counter = number === null ? found.counter : found.rules.at(number - 1).counter;
  return counter?.packets ?? null;
}
