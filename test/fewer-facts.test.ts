import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rejudge } from '../src/engine/replay.js';
import type { Facts } from '../src/model/facts.js';
import type { Report, Verdict } from '../src/model/report.js';
import { certainties } from '../src/model/words.js';
import { root } from './built.js';

// Taking facts away may weaken a verdict. It never makes another one sure, nor the same one surer.
// Each fact alone, and of the pairs every third one: all of them take longer than the other suites together (WHOBLOCKED_ALL_PAIRS=1).

const folder = process.env['WHOBLOCKED_REPORTS'] ?? path.join(root, 'scenarios');
const allPairs = process.env['WHOBLOCKED_ALL_PAIRS'] !== undefined;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort();

function reportIn(file: string): Report {
  const saved = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Report | { readonly report: Report };
  return 'report' in saved ? saved.report : saved;
}

function isSure(verdict: Verdict): boolean {
  return verdict.certainty === 'confirmed' || verdict.certainty === 'proven';
}

function without(facts: Facts, keys: readonly string[], how: 'absent' | 'skipped'): Facts {
  const rest = Object.entries(facts).flatMap(([key, value]) => {
    if (!keys.includes(key)) return [[key, value] as const];
    return how === 'absent' ? [] : [[key, { state: 'skipped', why: 'taken away' }] as const];
  });
  return Object.fromEntries(rest) as unknown as Facts;
}

describe.skipIf(files.length === 0)('with facts taken away', () => {
  // A report with many facts is judged some hundreds of times.
  it.each(files)('%s is never surer', { timeout: 60_000 }, async (file) => {
    const { facts } = reportIn(file);
    const { verdict: full, also } = await rejudge(facts);
    // What is told beside the root is as sure there: it may become the root when that one's facts are gone.
    const told = [full, ...also];
    const keys = Object.keys(facts).filter((key) => key !== 'target' && facts[key as keyof Facts] !== undefined);
    const gone = new Set(
      Object.entries(facts).flatMap(([key, one]) => ('state' in one && one.state === 'skipped' ? [key] : [])),
    );
    const pairs = keys.flatMap((a, i) => keys.slice(i + 1).map((b) => [a, b]));
    const all = [...keys.map((key) => [key]), ...pairs.filter((_, i) => allPairs || i % 3 === files.indexOf(file) % 3)];
    // That a browser was asked for stands in this one alone: without it it is another question.
    const sets = all.filter((set) => !set.includes('device.browsers'));
    const wrong: string[] = [];
    for (const how of ['absent', 'skipped'] as const) {
      for (const set of sets) {
        // Taken away already: what is left of the set is tried without it.
        if (how === 'skipped' && set.some((key) => gone.has(key))) continue;
        const { verdict } = await rejudge(without(facts, set, how));
        if (!isSure(verdict)) continue;
        // It works in both: what was found beside it is gone.
        if (verdict.cause === 'reachable' && full.outcome !== 'failed') continue;
        const same = told.find(({ cause }) => cause === verdict.cause);
        if (!same || certainties.indexOf(verdict.certainty) > certainties.indexOf(same.certainty)) {
          wrong.push(
            `without ${set.join(' and ')} (${how}): ${verdict.cause} ${verdict.certainty} instead of ${full.cause} ${full.certainty}`,
          );
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
