import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { prepare } from '../../src/firewall/decide.js';
import { parseIptablesSave } from '../../src/firewall/parse/iptables-save.js';
import { join } from '../../src/firewall/parse/join.js';
import { parseNftJson } from '../../src/firewall/parse/nft-json.js';
import { readRuleset } from '../../src/firewall/parse/read.js';
import type { Ruleset } from '../../src/firewall/ruleset.js';
import { compare, comparePartly, described, lessKnown } from './compare.js';
import { generateIpsets, generateIptables } from './generate-iptables.js';
import { generateNft } from './generate-nft.js';
import { buildWorld } from './kernel.js';
import { devices, randomPacket, type Sent } from './pools.js';
import { Random } from './random.js';
import { Bench, type Truth, withoutTracer } from './truth.js';
import { outDevice } from './routes.js';

/**
 * Random rulesets, loaded for real in a namespace of their own; random packets, sent for real; what the kernel's trace
 * says against what the model says. `npm run fuzz:firewall -- --cases 20000 --seed 1`.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    packets: { type: 'string', default: '20' },
    inside: { type: 'boolean', default: false },
    keep: { type: 'string', default: '10' },
    verbose: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
if (values.inside) process.exitCode = inside(Number(values.cases), seed, Number(values.packets), Number(values.keep));
else {
  const program = process.argv[1] ?? '';
  const args = [
    '-Urnm',
    '--kill-child',
    process.execPath,
    program,
    ...process.argv.slice(2),
    '--inside',
    '--seed',
    `${seed}`,
  ];
  const { status, error } = spawnSync('unshare', args, { stdio: 'inherit' });
  if (error) process.stderr.write(`unshare: ${error.message}\n`);
  process.exitCode = status ?? 1;
}

function inside(cases: number, firstSeed: number, packets: number, keep: number): number {
  const world = buildWorld();
  const bench = new Bench(world);
  const unknowns = new Map<string, number>();
  let [done, same, unknown, notSeen, refused, different, rulesets, partlyUnknown] = [0, 0, 0, 0, 0, 0, 0, 0];
  const started = performance.now();
  for (let i = 0; done < cases && i < cases; i++) {
    const random = new Random(firstSeed + i);
    const { load, open, read } = random.chance(0.5) ? nftRuleset(bench, random) : iptablesRuleset(bench, random);
    if ('complaint' in load) {
      refused++;
      if (values.verbose) process.stdout.write(`refused: ${load.complaint.split('\n').slice(0, 5).join('\n')}\n`);
      continue;
    }
    rulesets++;
    const firewall = prepare(read());
    for (let p = 0; p < packets && done < cases; p++) {
      const sent = randomPacket(random);
      const truth = bench.send(sent);
      if (truth === null) {
        notSeen++;
        continue;
      }
      done++;
      const packet = described(sent, truth, outOf(sent, truth));
      const result = compare(firewall, packet, truth, open.length > 0);
      const less = lessKnown(packet, random);
      const partly = comparePartly(firewall, less, truth);
      if (partly.kind === 'unknown') partlyUnknown++;
      else if (partly.kind === 'different') {
        different++;
        if (different <= keep) report('DIFFERENT', partly.how, firstSeed + i, load.loaded, less, truth);
      }
      if (result.kind === 'same') same++;
      else if (result.kind === 'unknown') {
        unknown++;
        const reason =
          open.length > 0
            ? `(${open.join(', ')} in the ruleset)`
            : result.why.replaceAll(/rule \d+ of chain \S+, table \S+ \S+|policy of chain \S+, table \S+ \S+/g, '…');
        unknowns.set(reason, (unknowns.get(reason) ?? 0) + 1);
        if (open.length === 0 && values.verbose)
          report('unknown', result.why, firstSeed + i, load.loaded, packet, truth);
      } else {
        different++;
        if (different <= keep) report('DIFFERENT', result.how, firstSeed + i, load.loaded, packet, truth);
      }
    }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `seed ${firstSeed}: ${done} packets, ${rulesets} rulesets (${refused} refused by nft), ${seconds} s\n`,
  );
  process.stdout.write(
    `same ${same}, unknown ${unknown}, different ${different}, not seen ${notSeen}; partly known packets: ${partlyUnknown} unknown\n`,
  );
  for (const [why, count] of [...unknowns].toSorted((a, b) => b[1] - a[1]).slice(0, 40))
    process.stdout.write(`  ${count} ${why}\n`);
  return different === 0 ? 0 : 1;
}

interface Loaded {
  readonly load: { readonly loaded: string } | { readonly complaint: string };
  readonly open: readonly string[];
  readonly read: () => Ruleset;
}

function nftRuleset(bench: Bench, random: Random): Loaded {
  const { text, open } = generateNft(random, random.chance(0.2));
  return { load: bench.load(text), open, read: () => parseNftJson(withoutTracer(bench.list())) };
}

function iptablesRuleset(bench: Bench, random: Random): Loaded {
  const mayBeOpen = random.chance(0.2);
  const [v4, v6] = [generateIptables(random, 4, mayBeOpen), generateIptables(random, 6, mayBeOpen)];
  const read = (): Ruleset =>
    join([
      parseNftJson(withoutTracer(bench.list())),
      parseIptablesSave(bench.save('iptables-nft-save')),
      parseIptablesSave(bench.save('ip6tables-nft-save')),
      readRuleset(bench.save('ipset', ['save'])),
    ]);
  return {
    load: bench.loadIptables({ 4: v4.text, 6: v6.text }, generateIpsets(random)),
    open: [...v4.open, ...v6.open],
    read,
  };
}

function outOf(sent: Sent, truth: Truth): string | undefined {
  return outDevice(sent, truth, devices);
}

function report(what: string, how: string, atSeed: number, text: string, packet: unknown, truth: Truth): void {
  const show = JSON.stringify(packet, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  process.stdout.write(`\n${what} seed ${atSeed}: ${how}\n${show}\n`);
  if (what !== 'unknown')
    process.stdout.write(
      `${truth.steps.map((step) => `   ${step.table} ${step.chain} ${step.kind} ${step.handle ?? ''} ${step.verdict}`).join('\n')}\n${text}\n`,
    );
}
