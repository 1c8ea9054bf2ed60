// Writes a run's facts with what the verdict must be, so that `npm test` judges them again anywhere, without root.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Expectations } from '../scenario.js';
import type { RulePlace } from '../world/handles.js';
import type { Outcome } from './execute.js';

/** Facts larger than this are not worth keeping: a scenario that needs them wants a smaller world. */
const BOUND = 200_000;

/** What a file in scenarios/ holds. */
export interface Recording {
  schema: 'whoblocked/scenario/1';
  id: string;
  side: string;
  as: 'root' | 'user';
  title: string;
  expect: Expectations;
  /** Where labelled rules stood in that world. */
  rules: Record<string, RulePlace>;
  report: unknown;
}

/** Times to a tenth of a millisecond: more says nothing, and makes recordings differ needlessly. */
function rounded(key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) && /ms$/i.test(key)
    ? Math.round(value * 10) / 10
    : value;
}

/** Regular expressions have no JSON form; the replay reads { "pattern": … } back. */
function writable(key: string, value: unknown): unknown {
  return value instanceof RegExp ? { pattern: value.source } : rounded(key, value);
}

/** Writes one recording; gives the reason when it is not worth keeping. */
export function record(root: string, outcome: Outcome, rules: ReadonlyMap<string, RulePlace>): string | null {
  const { scenario, report, as } = outcome;
  if (report?.facts === undefined) return 'there is no report';
  const recording: Recording = {
    schema: 'whoblocked/scenario/1',
    id: scenario.id,
    side: scenario.side,
    as,
    title: scenario.title,
    expect: scenario.expect[as],
    rules: Object.fromEntries(rules),
    report,
  };
  const text = `${JSON.stringify(recording, writable, 1)}\n`;
  if (text.length > BOUND) return `it has ${text.length} bytes, more than ${BOUND}`;
  const directory = path.join(root, 'scenarios', scenario.side);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, `${scenario.id}.${as}.json`), text);
  return null;
}
