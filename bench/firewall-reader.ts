// One reading of a saved ruleset in a process that has just started, then decisions on it: the time and the memory that
// are the reader's own, without Node's start.
import { readFileSync } from 'node:fs';
import { decide, prepare } from '../src/firewall/decide.js';
import { parsePacket } from '../src/firewall/packet.js';
import { readRuleset } from '../src/firewall/parse/read.js';
import { withPatientCompiler } from '../src/system/patient-compiler.js';

export interface Reading {
  /** Reading, indexing and the first decision, in milliseconds. */
  readonly ms: number;
  /** The same in processor time, what Node's own threads do beside it included. */
  readonly cpuMs: number;
  /** Of the other packets, their lines read and their answers written. */
  readonly microsecondsEach: number;
  readonly memoryBytes: number;
  /** Answers by verdict: held against those of the other runs. */
  readonly verdicts: Readonly<Record<string, number>>;
}

export function readAndDecide(ruleset: string, packets: string): Reading {
  const lines = readFileSync(packets, 'utf8').trimEnd().split('\n');
  const [first = '', ...others] = lines;
  const verdicts: Record<string, number> = {};
  const answer = (line: string): string => {
    const parsed = parsePacket(JSON.parse(line));
    if (!('packet' in parsed)) throw new Error(parsed.error);
    const { verdict, rule, policy, why } = decide(firewall, parsed.packet);
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    return JSON.stringify({ verdict, rule, policy, why });
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  const firewall = withPatientCompiler(() => prepare(readRuleset(readFileSync(ruleset, 'utf8'))));
  withPatientCompiler(() => answer(first));
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  const next = performance.now();
  for (const line of others) answer(line);
  const microsecondsEach = ((performance.now() - next) * 1000) / others.length;
  const memoryBytes = process.resourceUsage().maxRSS * 1024;
  return { ms, cpuMs: (user + system) / 1000, microsecondsEach, memoryBytes, verdicts };
}
