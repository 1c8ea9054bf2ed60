import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { prepare } from '../../src/firewall/decide.js';
import { parseIptablesSave } from '../../src/firewall/parse/iptables-save.js';
import { join } from '../../src/firewall/parse/join.js';
import { parseNftJson } from '../../src/firewall/parse/nft-json.js';
import { devicesInText, withDevices } from '../../src/firewall/parse/nft/chain-devices.js';
import { readRuleset } from '../../src/firewall/parse/read.js';
import type { Ruleset } from '../../src/firewall/ruleset.js';
import { compare, comparePartly, described, lessKnown } from './compare.js';
import { generateIpsets, generateIptables } from './generate-iptables.js';
import { generateNft } from './generate-nft.js';
import { buildWorld } from './kernel.js';
import { devices, randomPacket } from './pools.js';
import { Random } from './random.js';
import { Bench, type Truth, withoutTracer } from './truth.js';
import { outDevice } from './routes.js';
import { Tally } from './tally.js';

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
  const bench = new Bench(buildWorld());
  const tally = new Tally();
  const started = performance.now();
  let shown = 0;
  for (let i = 0; tally.packets < cases && i < cases; i++) {
    const random = new Random(firstSeed + i);
    const { load, open, read } = random.chance(0.5) ? nftRuleset(bench, random) : iptablesRuleset(bench, random);
    if ('complaint' in load) {
      tally.refused++;
      if (values.verbose) process.stdout.write(`refused: ${load.complaint.split('\n').slice(0, 5).join('\n')}\n`);
      continue;
    }
    tally.rulesets++;
    const firewall = prepare(read());
    for (let p = 0; p < packets && tally.packets < cases; p++) {
      const sent = randomPacket(random);
      const truth = bench.send(sent);
      if (truth === null) {
        tally.notSeen++;
        continue;
      }
      tally.packets++;
      const packet = described(sent, truth, outDevice(sent, truth, devices));
      const less = lessKnown(packet, random);
      const partly = comparePartly(firewall, less, truth);
      if (partly.kind === 'unknown') tally.partlyUnknown++;
      for (const [result, shape] of [
        [compare(firewall, packet, truth, open.length > 0), packet],
        ...(partly.kind === 'different' ? [[partly, less] as const] : []),
      ] as const) {
        const what = tally.add(result, truth.state === undefined);
        const how = result.kind === 'different' ? result.how : result.kind === 'unknown' ? result.why : '';
        if (what !== undefined && shown++ < keep) report(what, how, firstSeed + i, load.loaded, shape, truth);
      }
    }
  }
  process.stdout.write(tally.summary(firstSeed, (performance.now() - started) / 1000));
  return tally.different === 0 && tally.undue === 0 ? 0 : 1;
}

interface Loaded {
  readonly load: { readonly loaded: string } | { readonly complaint: string };
  readonly open: readonly string[];
  readonly read: () => Ruleset;
}

function nftRuleset(bench: Bench, random: Random): Loaded {
  const { text, open } = generateNft(random, random.chance(0.2));
  const read = (): Ruleset => withDevices(parseNftJson(withoutTracer(bench.list())), devicesInText(bench.listText()));
  return { load: bench.load(text), open, read };
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

function report(what: string, how: string, atSeed: number, text: string, packet: unknown, truth: Truth): void {
  const show = JSON.stringify(packet, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  process.stdout.write(`\n${what} seed ${atSeed}: ${how}\n${show}\n`);
  const steps = truth.steps.map(
    (step) => `   ${step.table} ${step.chain} ${step.kind} ${step.handle ?? ''} ${step.verdict}`,
  );
  process.stdout.write(`${steps.join('\n')}\n${text}\n`);
}
