import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare } from '../lab/run/compare.js';
import type { Recording } from '../lab/run/record.js';
import { rejudge } from '../src/engine/replay.js';
import type { Facts } from '../src/model/facts.js';
import type { Report } from '../src/model/report.js';
import { columns } from '../src/report/clean.js';
import { redact } from '../src/report/redact.js';
import { renderText } from '../src/report/text.js';
import { root } from './built.js';

/** Expectations hold regular expressions, which JSON has as `{ "pattern": "…" }`. */
function revived(_: string, value: unknown): unknown {
  const pattern = typeof value === 'object' && value !== null && 'pattern' in value ? value.pattern : undefined;
  return typeof pattern === 'string' ? new RegExp(pattern) : value;
}

type Saved = Omit<Recording, 'report'> & { readonly report: Report };

const folder = path.join(root, 'scenarios');
const recordings = (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [])
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    file,
    saved: JSON.parse(readFileSync(path.join(root, 'scenarios', file), 'utf8'), revived) as Saved,
  }));

async function judged(report: Report): Promise<Report> {
  return { ...report, ...(await rejudge(report.facts)) };
}

/** The same facts as if they had arrived the other way round, each at another time. */
function reordered(facts: Facts): Facts {
  const { target, ...rest } = facts;
  const entries = Object.entries(rest).toReversed();
  const moved = entries.map(
    ([key, fact], i) => [key, fact.state === 'skipped' ? fact : { ...fact, at: 1000 - i }] as const,
  );
  return { ...Object.fromEntries(moved), target };
}

describe.skipIf(recordings.length === 0)('what the lab recorded, judged again', () => {
  it.each(recordings)('$file: the verdict that the scenario asks for', async ({ saved }) => {
    const report = await judged(saved.report);
    expect(compare(report, saved.expect, new Map(Object.entries(saved.rules))).differences).toEqual([]);
  });

  it.each(recordings)('$file: the same whatever the order and the times', async ({ saved }) => {
    const { verdict, candidates } = await rejudge(saved.report.facts);
    const again = await rejudge(reordered(saved.report.facts));
    expect({ verdict: again.verdict, candidates: again.candidates }).toEqual({ verdict, candidates });
  });

  it.each(recordings)('$file: the same without names and addresses', async ({ saved }) => {
    const { verdict } = await rejudge(saved.report.facts);
    const hidden = await rejudge(redact(saved.report).facts);
    const { cause, certainty, side, stage, outcome } = verdict;
    expect(hidden.verdict).toMatchObject({ cause, certainty, side, stage, outcome });
  });

  it.each(recordings)('$file: told on 80 columns, with nothing raw', async ({ saved }) => {
    const invocation = { plain: 'whoblocked', asRoot: 'sudo whoblocked' };
    const text = renderText(await judged(saved.report), { invocation, verbose: false, color: false, width: 80 });
    expect(text).toMatch(/^[✓✗?] [^\n]/);
    // A file's path is never broken: it must be there to copy, if need be on a line of its own.
    const long = text.split('\n').filter((line) => columns(line) > 80 && !/^ {4,}/.test(line) && / /.test(line.trim()));
    expect(long).toEqual([]);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
