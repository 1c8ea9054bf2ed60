import { parseIpsetSave } from '../../firewall/parse/ipset-save.js';
import { parseIptablesSave } from '../../firewall/parse/iptables-save.js';
import { join } from '../../firewall/parse/join.js';
import { parseNftJson } from '../../firewall/parse/nft-json.js';
import { tablesWithGarbledFlags, withFlags } from '../../firewall/parse/nft/table-flags.js';
import { devicesInText, tablesWithoutDevices, withDevices } from '../../firewall/parse/nft/chain-devices.js';
import type { Problem, Ruleset } from '../../firewall/ruleset.js';
import type { RunResult, System } from '../../model/system.js';

/** A hundred thousand rules are some 40 MB of JSON, which nft takes seconds to print. */
const maxBytes = 256 * 1024 * 1024;
const timeoutMs = 10_000;

/** Tables that iptables may have made: only then its own program knows what is in their rules. */
const iptablesTables: ReadonlySet<string> = new Set(['filter', 'nat', 'mangle', 'raw', 'security']);

/** Null where this device has no such table, so that nothing is missing. */
type Dump = Ruleset | null;

/**
 * All rules of this device, of every backend, as one. Needs root. What could not be read is among the problems, and is
 * fatal where a rule may hide there. Nothing is changed: the legacy program that would create tables is not asked unless
 * the kernel lists one.
 */
export async function readFirewall(system: System, signal: AbortSignal): Promise<Ruleset> {
  const first = await readOnce(system, signal);
  if (first.same) return first.ruleset;
  const second = await readOnce(system, signal);
  if (second.same) return second.ruleset;
  const problem = { where: 'nft', what: 'the rules change faster than they can be read', fatal: true };
  return { ...second.ruleset, problems: [...second.ruleset.problems, problem] };
}

interface ReadOnce {
  readonly ruleset: Ruleset;
  /** False: what two programs printed is not of one moment. */
  readonly same: boolean;
}

/** Beyond this, only the number of rules tells whether two listings belong together: listing takes long. */
const mostListedAgain = 4 * 1024 * 1024;

async function readOnce(system: System, signal: AbortSignal): Promise<ReadOnce> {
  const listed = await listNft(system, signal);
  const nft = await readNft(listed, system, signal);
  const mine = (family: 'ip' | 'ip6'): boolean =>
    nft === null || nft.tables.some((table) => table.family === family && iptablesTables.has(table.name));
  const [legacy4, legacy6, saved4, saved6] = await Promise.all([
    readLegacy('ip', system, signal),
    readLegacy('ip6', system, signal),
    nft !== null && mine('ip') ? readSaved('ip', system, signal) : null,
    nft !== null && mine('ip6') ? readSaved('ip6', system, signal) : null,
  ]);
  const dumps = [nft ?? nothing('nft'), legacy4, legacy6, saved4, saved6].filter((dump) => dump !== null);
  const sets = asksForSets(dumps) ? await readSets(system, signal) : null;
  const ruleset = join(sets === null ? dumps : [...dumps, sets]);
  const isAlone = saved4 === null && saved6 === null;
  if (isAlone || listed.exit !== 0 || listed.stdout.length > mostListedAgain) return { ruleset, same: true };
  const again = await listNft(system, signal);
  return { ruleset, same: again.exit !== 0 || handlesIn(again.stdout) === handlesIn(listed.stdout) };
}

/** The kernel never gives a handle twice: equal ones mean that nothing was put in or taken out meanwhile. */
function handlesIn(json: string): string {
  return (json.match(/"handle": ?\d+/g) ?? []).join();
}

function listNft(system: System, signal: AbortSignal): Promise<RunResult> {
  return system.run('nft', ['-j', 'list', 'ruleset'], { timeoutMs, maxBytes, signal });
}

async function readNft(listed: RunResult, system: System, signal: AbortSignal): Promise<Dump> {
  if (listed.exit === 0 && !listed.truncated) return knowingText(naming(parseNftJson(listed.stdout)), system, signal);
  if (listed.error === 'ENOENT') {
    // Without the program nobody knows whether there are rules, unless the kernel has no nf_tables loaded at all.
    const loaded = await system.files.exists('/sys/module/nf_tables');
    return loaded ? unread('nft', 'the program nft is not installed') : null;
  }
  return unread('nft', listed.truncated ? 'there are more rules than can be read' : why(listed));
}

/** What nft printed as a whole, and not one of its rules, is called after the command. */
function naming(ruleset: Ruleset): Ruleset {
  const named = (problem: Problem): Problem =>
    problem.where === 'ruleset' ? { ...problem, where: 'what nft -j list ruleset prints' } : problem;
  return { ...ruleset, problems: ruleset.problems.map(named) };
}

const mostTables = 16;

/** What nft 1.0 says rightly in its text only: flags of a table, and the interface of rules on ingress and egress. */
async function knowingText(ruleset: Ruleset, system: System, signal: AbortSignal): Promise<Ruleset> {
  const asked = new Set([...tablesWithoutDevices(ruleset), ...tablesWithGarbledFlags(ruleset)]);
  const tables = [...asked].slice(0, mostTables);
  if (tables.length === 0) return ruleset;
  const texts = await Promise.all(
    tables.map(({ family, name }) =>
      system.run('nft', ['list', 'table', family, name], { timeoutMs, maxBytes, signal }),
    ),
  );
  const text = texts.map(({ stdout }) => stdout).join('\n');
  return withFlags(withDevices(ruleset, devicesInText(text)), text);
}

async function readSaved(family: 'ip' | 'ip6', system: System, signal: AbortSignal): Promise<Dump> {
  const name = family === 'ip' ? 'iptables' : 'ip6tables';
  const options = { timeoutMs, maxBytes, signal };
  const own = await system.run(`${name}-nft-save`, [], options);
  const saved = own.error === 'ENOENT' ? await system.run(`${name}-save`, [], options) : own;
  // Without the program nobody can have made rules with it: nft shows the whole then.
  if (saved.error === 'ENOENT') return null;
  if (saved.exit !== 0 || saved.truncated) return unread(`${name}-save`, why(saved));
  if (!/^[*:]/m.test(saved.stdout)) return null;
  const parsed = parseIptablesSave(saved.stdout, { family });
  return parsed.tables.some((table) => table.backend === 'iptables-nft') ? parsed : null;
}

async function readLegacy(family: 'ip' | 'ip6', system: System, signal: AbortSignal): Promise<Dump> {
  const names = await system.files.read(`/proc/net/${family}_tables_names`, 4096);
  if (!names.ok || Buffer.from(names.bytes).toString('utf8').trim() === '') return null;
  const name = `${family === 'ip' ? 'iptables' : 'ip6tables'}-legacy-save`;
  const saved = await system.run(name, [], { timeoutMs, maxBytes, signal });
  if (saved.exit !== 0 || saved.truncated) return unread(name, why(saved));
  return parseIptablesSave(saved.stdout, { family, backend: 'iptables-legacy' });
}

async function readSets(system: System, signal: AbortSignal): Promise<Ruleset> {
  const saved = await system.run('ipset', ['save'], { timeoutMs, maxBytes, signal });
  if (saved.exit !== 0 || saved.truncated)
    return { ...nothing('ipset'), problems: [{ where: 'ipset save', what: why(saved), fatal: false }] };
  const { sets, problems } = parseIpsetSave(saved.stdout);
  return { ...nothing('ipset'), ipsets: sets, ipsetsRead: true, problems };
}

function asksForSets(dumps: readonly Ruleset[]): boolean {
  return dumps.some((dump) =>
    dump.tables.some((table) =>
      [...table.chains.values()].some((chain) => {
        for (const { source } of chain.rules)
          if (source.syntax === 'iptables' && /--match-set|-set |-j SET /.test(source.line)) return true;
        return false;
      }),
    ),
  );
}

function nothing(source: Ruleset['source']): Ruleset {
  return { source, tables: [], ipsets: new Map(), ipsetsRead: false, covers: { ip: true, ip6: true }, problems: [] };
}

function unread(where: string, what: string): Ruleset {
  const problem: Problem = { where, what, fatal: true };
  return { ...nothing('none'), problems: [problem] };
}

function why(result: { readonly stderr: string; readonly error?: string; readonly truncated: boolean }): string {
  if (result.truncated) return 'it prints more than can be read';
  return result.error ?? (result.stderr.trim().split('\n')[0] ?? 'it failed').slice(0, 200);
}
