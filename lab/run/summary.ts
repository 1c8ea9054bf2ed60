// Lines for people: one for each run, then what went wrong where, and how long it took.
import type { Outcome } from './execute.js';

export interface Skipped {
  name: string;
  why: string;
}

export function lineOf(outcome: Outcome): string {
  const { scenario, as, ms, report, differences } = outcome;
  const verdict = report === null ? '-' : `${report.verdict.cause} ${report.verdict.certainty}`;
  const name = `${scenario.side}/${scenario.id}`;
  const result = differences.length === 0 ? 'ok' : differences.join('; ');
  return `${differences.length === 0 ? '✓' : '✗'} ${name.padEnd(46)} ${as.padEnd(4)} ${String(Math.round(ms)).padStart(6)} ms  ${verdict.padEnd(38)} ${result}`;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function confusion(outcomes: readonly Outcome[]): string[] {
  const counts = new Map<string, number>();
  for (const { scenario, report, differences } of outcomes) {
    if (differences.length === 0) continue;
    const key = `${scenario.shows} → ${report === null ? 'no report' : report.verdict.cause}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([key, count]) => `  ${String(count).padStart(3)}  ${key}`);
}

export function summary(
  outcomes: readonly Outcome[],
  skipped: readonly Skipped[],
  left: readonly string[],
  faults: number,
): { text: string; failed: number } {
  const failedRuns = outcomes.filter((outcome) => outcome.differences.length > 0);
  const lines: string[] = [''];
  const confused = confusion(outcomes);
  if (confused.length > 0) lines.push('What was broken → what was said:', ...confused, '');
  for (const { name, why } of skipped) lines.push(`skipped ${name}: ${why}`);
  const wrong = outcomes.filter((outcome) => outcome.wrongAndSure);
  lines.push(
    `Wrong and sure: ${wrong.length}${wrong.length === 0 ? '' : ` (${wrong.map((outcome) => `${outcome.scenario.id} as ${outcome.as}`).join(', ')})`}`,
  );
  const times = outcomes.map((outcome) => outcome.ms).toSorted((a, b) => a - b);
  lines.push(`Time: median ${Math.round(percentile(times, 0.5))} ms, 95th ${Math.round(percentile(times, 0.95))} ms`);
  lines.push(...left);
  const failed = failedRuns.length + faults + (left.length > 0 ? 1 : 0);
  lines.push(`${outcomes.length - failedRuns.length} passed, ${failed} failed, ${skipped.length} skipped`);
  return { text: `${lines.join('\n')}\n`, failed };
}
