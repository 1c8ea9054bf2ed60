import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { causes } from '../src/causes/all.js';
import { unbuilt } from '../src/causes/unbuilt.js';
import { operations } from '../src/model/failure.js';
import { scenarioFiles } from '../lab/run/load.js';
import type { Scenario } from '../lab/scenario.js';
import { root } from './built.js';

const scenarios = await Promise.all(
  scenarioFiles(root).map(async (file) => {
    const module = (await import(/* @vite-ignore */ path.join(root, 'lab/scenarios', `${file}.ts`))) as {
      default: Scenario;
    };
    return module.default;
  }),
);

const ids = [...causes, ...unbuilt].map(({ id }) => id);
const known = new Set(ids);
const possible = new Set(
  Object.entries(operations).flatMap(([operation, codes]) => codes.map((code) => `${operation}/${code}`)),
);
const folders = readdirSync(path.join(root, 'src/causes'), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const files = new Set(
  folders.flatMap(({ name }) =>
    readdirSync(path.join(root, 'src/causes', name)).map((file) => file.replace(/\.ts$/, '')),
  ),
);
const notShown = causes.filter((cause) => cause.notShownHere !== undefined);

describe('the catalogue', () => {
  it('has each cause once', () => {
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(causes.length).toBeGreaterThan(20);
  });

  it.each([...causes, ...unbuilt])('$id has symptoms that can occur, and yields to causes that exist', (entry) => {
    expect(entry.symptoms.filter((symptom) => !possible.has(symptom))).toEqual([]);
    expect((entry.yieldsTo ?? []).filter((id) => !known.has(id) || id === entry.id)).toEqual([]);
  });

  it.each([...causes, ...unbuilt])('$id is titled in words for everybody', ({ title }) => {
    expect(title).toMatch(/^(?:[A-Z]|localhost)[^.]+$/);
    expect(title).not.toMatch(/\b(?:TCP|UDP|ICMP|RST|SYN|TTL|NXDOMAIN|SERVFAIL|errno|MTU|ENOENT|ECONN\w+)\b/);
  });
});

describe('what is built', () => {
  it.each(causes)('$id is in a file of that name', ({ id }) => {
    expect(files.has(id)).toBe(true);
  });

  it.each(causes)(
    '$id has a scenario that shows it and one that nearly does, or says why not',
    ({ id, notShownHere }) => {
      if (notShownHere !== undefined) return expect(notShownHere.length).toBeGreaterThan(10);
      expect(scenarios.filter(({ shows }) => shows === id).length, 'scenarios that show it').toBeGreaterThan(0);
      expect(scenarios.filter(({ nearly }) => nearly?.includes(id)).length, 'near misses').toBeGreaterThan(0);
      return undefined;
    },
  );

  it('counts what cannot be shown here', () => {
    for (const { id, notShownHere } of notShown) process.stdout.write(`not shown here: ${id}: ${notShownHere ?? ''}\n`);
    expect(notShown.length).toBeLessThan(causes.length / 4);
  });

  it('advises only commands that exist', () => {
    const commands = new Set(['replay', 'explain', 'rules', 'compare']);
    const texts = readdirSync(path.join(root, 'src/causes'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(path.join(root, 'src/causes', file), 'utf8'));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/\bwhoblocked ([a-z]+)(?= |`|')/g)].map(([, word = '']) => word),
    );
    expect(named.filter((word) => !commands.has(word))).toEqual([]);
  });
});
