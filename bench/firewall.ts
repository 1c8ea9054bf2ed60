// The firewall's part of `npm run bench`: reading and indexing rulesets, and deciding on them, beside the programs that
// read the same files for the kernel. Nothing is loaded into any kernel: both peers only check, in a namespace of their own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../lab/world/process.js';
import { median } from './figures.js';
import type { Reading } from './firewall-reader.js';
import { benchPackets, type BenchRuleset, iptablesRuleset, nftRuleset } from './rulesets.js';

const sizes = [5000, 100_000];
const packets = 20_000;
const boundMs = 30_000;
/** What takes longer is run once. */
const slowMs = 5000;

const aimMicroseconds = 50;
const aimMemory = 400 * 1024 * 1024;
/** "Far below linear": twenty times the rules, at most so many times the time of one decision. */
const aimGrowth = 4;

export interface Run {
  readonly name: string;
  readonly medianMs: number;
  readonly cpuMs: number;
  readonly runs: number;
  readonly cut: boolean;
  readonly failed: boolean;
}

export interface RulesetFigures {
  readonly format: BenchRuleset['format'];
  readonly rules: number;
  readonly bytes: number;
  readonly runs: readonly Run[];
  readonly microsecondsEach: number;
  readonly memoryBytes: number;
  readonly readFaster: boolean;
  readonly verdicts: Readonly<Record<string, number>>;
}

export interface FirewallFigures {
  readonly rulesets: readonly RulesetFigures[];
  readonly missed: readonly string[];
}

interface Setting {
  readonly runs: number;
  readonly cli: string;
  readonly program: string;
  readonly alone: boolean;
  readonly onFigures: (figures: RulesetFigures) => void;
}

export async function benchFirewall(setting: Setting): Promise<FirewallFigures> {
  const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-bench-'));
  try {
    const rulesets: RulesetFigures[] = [];
    for (const make of [iptablesRuleset, nftRuleset])
      for (const size of sizes) {
        const figures = await figuresOf(make(size), directory, setting);
        setting.onFigures(figures);
        rulesets.push(figures);
      }
    return { rulesets, missed: missedAims(rulesets) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function figuresOf(ruleset: BenchRuleset, directory: string, setting: Setting): Promise<RulesetFigures> {
  const file = path.join(directory, 'ruleset');
  const [one, many] = [path.join(directory, 'packet'), path.join(directory, 'packets')];
  const lines = benchPackets(packets, ruleset.rules);
  writeFileSync(file, ruleset.text);
  writeFileSync(one, `${lines[0] ?? ''}\n`);
  writeFileSync(many, `${lines.join('\n')}\n`);
  const { cli, program } = setting;
  const peer = ruleset.format === 'nft-json' ? ['nft', '-c', '-j', '-f', file] : ['iptables-restore', '--test', file];
  const node = process.execPath;
  const readings: Reading[] = [];
  const contestants: { readonly name: string; readonly line: readonly string[]; readonly times: Timed[] }[] = [
    { name: 'reading and indexing alone', line: [node, program, '--firewall-reader', file, many], times: [] },
    {
      name: 'whoblocked rules, one packet',
      line: [node, cli, 'rules', '--ruleset', file, '--packets', one],
      times: [],
    },
    ...(setting.alone ? [] : [{ name: peer.slice(0, -1).join(' '), line: ['unshare', '-n', ...peer], times: [] }]),
  ];
  // Interleaved, so that what else goes on here touches all of them alike.
  for (let i = 0; i < setting.runs; i++)
    for (const { line, times } of contestants) {
      if (times.some(({ ms }) => ms > slowMs)) continue;
      const timed = await time(line);
      if (line[2] === '--firewall-reader' && !timed.failed) {
        const reading = JSON.parse(timed.stdout) as Reading;
        readings.push(reading);
        times.push({ ...timed, ms: reading.ms, cpuMs: reading.cpuMs });
      } else times.push(timed);
    }
  const runs = contestants.map(({ name, times }) => ({
    name,
    medianMs: median(times.map(({ ms }) => ms)),
    cpuMs: median(times.map(({ cpuMs }) => cpuMs)),
    runs: times.length,
    cut: times.some(({ cut }) => cut),
    failed: times.some(({ failed, cut }) => failed && !cut),
  }));
  const [own, , other] = runs;
  return {
    format: ruleset.format,
    rules: ruleset.rules,
    bytes: ruleset.text.length,
    runs,
    microsecondsEach: median(readings.map((reading) => reading.microsecondsEach)),
    memoryBytes: Math.max(...readings.map((reading) => reading.memoryBytes)),
    readFaster: own !== undefined && other !== undefined && own.medianMs < other.medianMs,
    verdicts: readings[0]?.verdicts ?? {},
  };
}

interface Timed {
  readonly ms: number;
  readonly cpuMs: number;
  readonly cut: boolean;
  readonly failed: boolean;
  readonly stdout: string;
}

/** bash tells what its children used of the processor, in milliseconds. */
async function time(line: readonly string[]): Promise<Timed> {
  const ran = await run('bash', ['-c', '"$@"; code=$?; times >&2; exit $code', 'bash', ...line], {
    timeoutMs: boundMs,
  });
  const [, minutes = '0', seconds = 'NaN', more = '0', rest = 'NaN'] =
    /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/.exec(ran.stderr) ?? [];
  const cpuMs = (60 * (Number(minutes) + Number(more)) + Number(seconds) + Number(rest)) * 1000;
  return {
    ms: ran.ms,
    cpuMs: ran.timedOut ? ran.ms : cpuMs,
    cut: ran.timedOut,
    failed: ran.code !== 0,
    stdout: ran.stdout,
  };
}

function missedAims(all: readonly RulesetFigures[]): string[] {
  const missed: string[] = [];
  for (const { format, rules, runs, readFaster, microsecondsEach, memoryBytes, verdicts } of all) {
    const where = `${format}, ${rules} rules`;
    if (runs.some(({ failed }) => failed))
      missed.push(`${where}: ${runs.find(({ failed }) => failed)?.name ?? ''} failed`);
    if (runs.length > 2 && !readFaster) missed.push(`${where}: read faster than ${runs[2]?.name ?? ''}`);
    if (rules === sizes[0] && microsecondsEach > aimMicroseconds)
      missed.push(`${where}: ${aimMicroseconds} µs a decision`);
    if (memoryBytes > aimMemory) missed.push(`${where}: memory`);
    if ((verdicts['unknown'] ?? 0) > 0) missed.push(`${where}: decisions that are unknown`);
    const small = all.find((one) => one.format === format && one.rules === sizes[0]);
    if (small && microsecondsEach > aimGrowth * small.microsecondsEach) missed.push(`${where}: growth of a decision`);
  }
  return missed;
}
