import { asUsual, comparison, fromSaved, throughEach } from '../engine/compare/compare.js';
import { awaitSwitch } from '../engine/compare/await-switch.js';
import { waysOut } from '../engine/compare/ways-out.js';
import type { Comparison, Vantage } from '../model/comparison.js';
import { parseTarget } from '../model/parse-target.js';
import type { System } from '../model/system.js';
import { clean } from '../report/clean.js';
import { openSystem } from '../system/open-system.js';
import type { Call } from './arguments.js';
import { optionsOf, proxyOf, whoProbes } from './diagnose.js';
import { exitCodes } from './exit-codes.js';
import { print, warn } from './output.js';
import { savedReport } from './saved-report.js';
import { stopSignals } from './stop-signals.js';
import { WrongWords } from './wrong-words.js';

/** Nobody waits for a hotspot longer than that. */
const longestSwitchMs = 10 * 60_000;

type CompareCall = Extract<Call, { command: 'compare' }>;

/** `whoblocked compare TARGET`: from several places, and what differs between them. */
export async function compareCommand(call: CompareCall, _script: string): Promise<number> {
  const parsed = parseTarget(call.target);
  if (!parsed.ok) throw new WrongWords(parsed.why);
  const { input } = parsed.target;
  const saved = await Promise.all(
    call.saved.map(async (file) => fromSaved(clean(file, 60).replace(/^.*\//, ''), await savedReport(file))),
  );
  const other = saved.find(({ report }) => report.target.host !== parsed.target.host);
  if (other) throw new WrongWords(`${other.name} is about another target: compare the same one`);
  const system = await openSystem({ asUser: whoProbes(call.flags.as) });
  const stop = stopSignals();
  try {
    const options = {
      ...(await optionsOf(call.flags, system)),
      proxy: proxyOf(call.flags),
      system,
      signal: stop.signal,
    };
    const looks = call.guided
      ? await guided(input, call, system, options, stop.signal)
      : await throughWays(input, call, system, options);
    const stopped = stop.code();
    if (stopped !== null) return stopped;
    return await show(comparison(input, [...looks, ...saved]), call);
  } finally {
    stop.forget();
  }
}

type Options = Parameters<typeof throughEach>[2];

async function throughWays(input: string, call: CompareCall, system: System, options: Options): Promise<Vantage[]> {
  const all = await waysOut(system, call.flags.family);
  const chosen = call.interfaces.map(
    (name) => all.find((way) => way.interface === name) ?? { interface: name, gateway: null },
  );
  const ways = chosen.length > 0 ? chosen : all;
  if (ways.length < 2) {
    if (call.saved.length === 0)
      warn('this computer has one way out at most: --guided lets you switch networks, --with takes a saved report');
    return chosen.length > 0 ? throughEach(input, ways, options) : [await asUsual(input, 'here', ways[0], options)];
  }
  return throughEach(input, ways, options, (way) => tell(`looking through ${way.interface} …`));
}

async function guided(
  input: string,
  call: CompareCall,
  system: System,
  options: Options,
  signal: AbortSignal,
): Promise<Vantage[]> {
  const [before] = await waysOut(system, call.flags.family);
  tell('looking by the way that this computer takes now …');
  const first = await asUsual(input, 'here', before, options);
  if (signal.aborted) return [first];
  tell(`${first.report.verdict.outcome === 'failed' ? '✗' : '✓'} ${clean(first.report.verdict.summary, 300)}`);
  tell('Now switch this computer to another network, your telephone’s hotspot for example. Ctrl-C ends the waiting.');
  const way = await awaitSwitch(
    before,
    call.flags.family,
    system,
    AbortSignal.any([signal, AbortSignal.timeout(longestSwitchMs)]),
  );
  if (!way) {
    if (!signal.aborted) warn('the network has not changed within 10 minutes: this is what was seen before');
    return [first];
  }
  tell(`now by ${way.interface}: looking again …`);
  return [first, await asUsual(input, 'switched', way, options)];
}

async function show(found: Comparison, { flags }: CompareCall): Promise<number> {
  const shown = flags.redact ? await redacted(found) : found;
  if (flags.json) {
    const { printable } = await import('../report/json.js');
    await print(`${printable(JSON.stringify(shown))}\n`);
  } else {
    const { renderComparison } = await import('../report/comparison-text.js');
    await print(renderComparison(shown));
  }
  const { outcome, differs } = found.verdict;
  if (outcome === 'works') return exitCodes.works;
  return differs === 'unknown' ? exitCodes.untold : exitCodes.named;
}

/** Judged anew from reports without names and addresses, so that no sentence holds any. */
async function redacted({ vantages }: Comparison): Promise<Comparison> {
  const { redact } = await import('../report/redact.js');
  const known = new Map<string, string>();
  const standIn = (address: string | null, what: string): string | null => {
    if (address === null) return null;
    const given = known.get(address) ?? `${what} ${known.size + 1}`;
    known.set(address, given);
    return given;
  };
  const kept = vantages.map((one, i) => ({
    ...one,
    name: one.kind === 'saved' ? `report ${i + 1}` : one.name,
    network: {
      interface: one.network.interface,
      gateway: standIn(one.network.gateway, 'router'),
      source: standIn(one.network.source, 'address'),
    },
    report: redact(one.report),
  }));
  return comparison(kept[0]?.report.target.input ?? '', kept);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
