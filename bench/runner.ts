// The process that starts and times the contestants. It runs on the world's device under the identity that is asked
// for, so that neither `ip netns exec` nor setpriv counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Contestant } from './contestants.js';

export interface Plan {
  readonly contestants: readonly Contestant[];
  readonly runs: number;
  /** Whose output is kept and whose memory is measured: names. */
  readonly watched: readonly string[];
  /** A file that is loaded into node to say how much memory it held. */
  readonly memoryHook: string;
}

export interface Timing {
  readonly name: string;
  readonly ms: readonly number[];
  /** Programs that are not there. */
  readonly missing: readonly string[];
  /** Exit code of each line the last time; null when it was ended by a signal. */
  readonly exits: readonly (number | null)[];
  /** Ended by the bound. */
  readonly cut: boolean;
  /** What it printed the last time; of the watched ones. */
  readonly stdout: string;
  /** Peak resident bytes of the watched ones, the highest of a few runs. */
  readonly memory: number | null;
}

const boundMs = 30_000;
const slowMs = 2_000;
const mostSlowRuns = 2;
const memoryRuns = 3;

/** Interleaved (A B C A B C …), so that what else goes on here touches all of them alike. */
export function measure(plan: Plan): Timing[] {
  const entries = plan.contestants.map((contestant) => ({
    contestant,
    ms: [] as number[],
    missing: new Set<string>(),
    exits: [] as (number | null)[],
    cut: false,
    stdout: '',
  }));
  for (const { contestant } of entries)
    for (const [program, ...args] of contestant.lines.slice(0, 1)) warm(program, args, plan, contestant);
  for (let run = 0; run < plan.runs; run++) {
    for (const entry of entries) {
      const slow = entry.ms.some((ms) => ms > slowMs) && !plan.watched.includes(entry.contestant.name);
      if (slow && entry.ms.length >= mostSlowRuns) continue;
      entry.exits.length = 0;
      const began = performance.now();
      for (const [program, ...args] of entry.contestant.lines) {
        const { error, stdout, status } = spawnSync(program, args, {
          encoding: 'utf8',
          timeout: boundMs,
          killSignal: 'SIGKILL',
          stdio: ['ignore', 'pipe', 'ignore'],
        });
        const code = error && 'code' in error ? error.code : undefined;
        if (code === 'ENOENT') entry.missing.add(program);
        if (code === 'ETIMEDOUT') entry.cut = true;
        entry.exits.push(status);
        entry.stdout = stdout ?? '';
      }
      entry.ms.push(Math.round((performance.now() - began) * 10) / 10);
    }
  }
  return entries.map(({ contestant, ms, missing, exits, cut, stdout }) => {
    const watched = plan.watched.includes(contestant.name);
    return {
      name: contestant.name,
      ms,
      missing: [...missing],
      exits,
      cut,
      stdout: watched ? stdout : '',
      memory: watched ? peakMemory(contestant, plan) : null,
    };
  });
}

/** Once before: files into the page cache. Peers that wait for seconds are not worth it. */
function warm(program: string, args: readonly string[], plan: Plan, contestant: Contestant): void {
  if (plan.watched.includes(contestant.name))
    spawnSync(program, args, { timeout: boundMs, killSignal: 'SIGKILL', stdio: 'ignore' });
}

/**
 * In runs of their own: loading the hook takes time. A shell stands between, for Linux counts what a process held before
 * exec too (setmax_mm_hiwater_rss in fs/exec.c), which right after fork is this very process.
 */
function peakMemory({ lines }: Contestant, { memoryHook }: Plan): number | null {
  const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-bench-'));
  const file = path.join(directory, 'peak');
  try {
    let peak = 0;
    for (let run = 0; run < memoryRuns; run++) {
      const [program, ...args] = lines[0] ?? [''];
      spawnSync('sh', ['-c', '"$@"; exit $?', 'sh', program, '--require', memoryHook, ...args], {
        timeout: boundMs,
        killSignal: 'SIGKILL',
        stdio: 'ignore',
        env: { ...process.env, BENCH_PEAK: file },
      });
      peak = Math.max(peak, Number(readFileSync(file, 'utf8')));
    }
    return peak * 1024;
  } catch {
    return null; // it ended without a word, by _exit say
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export async function runPlan(): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  process.stdout.write(JSON.stringify(measure(JSON.parse(Buffer.concat(pieces).toString('utf8')) as Plan)));
}
