// Holds every scenario file against its place and against itself; runs none.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { causes } from '../src/causes/all.js';
import { unbuilt } from '../src/causes/unbuilt.js';
import { scenarioFiles } from './run/load.js';
import type { Expectation, Expectations, Scenario } from './scenario.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const files = scenarioFiles(root);
const all = await Promise.all(
  files.map(async (file) => {
    const module = (await import(/* @vite-ignore */ path.join(root, 'lab', 'scenarios', `${file}.ts`))) as {
      default: Scenario;
    };
    return { file, scenario: module.default };
  }),
);

const catalogue = new Set([...causes, ...unbuilt].map((entry) => entry.id).concat('reachable', 'undetermined'));

const options = (expectations: Expectations): readonly Expectation[] =>
  'anyOf' in expectations ? expectations.anyOf : [expectations];

describe('scenarios', () => {
  it('are many, and many of them have nothing wrong', () => {
    expect(files.length).toBeGreaterThanOrEqual(110);
    expect(files.filter((file) => file.startsWith('fine/')).length).toBeGreaterThanOrEqual(14);
  });

  it.each(all)('$file says where it stands', ({ file, scenario }) => {
    expect(`${scenario.side}/${scenario.id}`).toBe(file);
    expect(scenario.title).not.toBe('');
    for (const as of ['root', 'user'] as const) {
      const allowed = options(scenario.expect[as]);
      expect(allowed.length).toBeGreaterThan(0);
      for (const one of allowed) {
        const causes = typeof one.cause === 'string' ? [one.cause] : one.cause;
        // What must not be blamed cannot be what is asked for.
        expect(causes.filter((cause) => one.innocent?.includes(cause))).toEqual([]);
        if (one.cause === 'undetermined') expect(one.candidates).toBeDefined();
      }
    }
  });

  it.each(all)('$file names only causes of the catalogue', ({ scenario }) => {
    const named = [scenario.shows, ...(scenario.nearly ?? [])];
    for (const as of ['root', 'user'] as const) {
      for (const one of options(scenario.expect[as])) {
        named.push(...(typeof one.cause === 'string' ? [one.cause] : one.cause));
        named.push(...(one.candidates ?? []), ...(one.innocent ?? []));
      }
    }
    expect(named.filter((cause) => !catalogue.has(cause))).toEqual([]);
  });

  it.each(all)('$file asks only for labels that its steps give', ({ scenario }) => {
    const steps = [...scenario.break, ...(scenario.distractors ?? [])];
    const labels = steps.flatMap((step) => (step.do === 'nft' ? Object.keys(step.labels) : []));
    for (const as of ['root', 'user'] as const) {
      for (const one of options(scenario.expect[as])) {
        const wanted = one.culprit?.rule?.handleOf;
        if (wanted !== undefined) expect(labels).toContain(wanted);
      }
    }
  });
});
