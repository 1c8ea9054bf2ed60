import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { causes } from '../src/causes/all.js';
import { operationKinds } from '../src/operations/kinds.js';
import { remedies as loaders } from '../src/remedies/all.js';
import { macos } from '../src/remedies/by-hand/macos.js';
import { withoutTemplate } from '../src/remedies/by-hand/templates.js';
import { windows } from '../src/remedies/by-hand/windows.js';
import { root } from './built.js';

const below = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.basename(file, '.ts'));

const remedies = await Promise.all(Object.values(loaders).map((load) => load()));

describe('remedies', () => {
  it.each(remedies)('$id is in a file of that name, and a cause names it', ({ id }) => {
    expect(below('src/remedies')).toContain(id);
    expect(causes.some((cause) => cause.remedies?.includes(id))).toBe(true);
  });

  it('are listed by their ids', () => {
    expect(Object.keys(loaders)).toEqual(remedies.map(({ id }) => id));
  });

  it('are there where a cause names one', () => {
    const known = new Set(remedies.map(({ id }) => id));
    expect(causes.flatMap((cause) => (cause.remedies ?? []).filter((id) => !known.has(id)))).toEqual([]);
  });

  it.each(remedies)('$id is titled in words for everybody', ({ title }) => {
    expect(title).toMatch(/^[a-z][^.]+$/);
  });
});

describe('elsewhere than on Linux', () => {
  const known = new Set(['ipv6-broken', ...causes.filter(({ remedies: ids }) => (ids ?? []).length > 0).map(({ id }) => id)]); // prettier-ignore

  it('each such cause has its commands on both systems, or a reason why not', () => {
    const bare = [...known].filter((id) => !(id in withoutTemplate) && !(id in macos && id in windows));
    expect(bare).toEqual([]);
    expect(Object.keys(withoutTemplate).filter((id) => id in macos || id in windows)).toEqual([]);
  });
});

describe('operations', () => {
  it.each(Object.entries(operationKinds))('%s is in a file of that name', (name, { kind }) => {
    expect(kind).toBe(name);
    expect(below('src/operations')).toContain(name);
  });

  it('start programs by a fixed name, and no shell', () => {
    const files = readdirSync(path.join(root, 'src/operations'), { recursive: true, encoding: 'utf8' });
    const texts = files
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .map((file) => readFileSync(path.join(root, 'src/operations', file), 'utf8'));
    const text = texts.join('\n');
    // Out of a table of words whose first one is of a closed type: the compiler holds the rest.
    const closed =
      /type Program = (?:'[a-z][a-z0-9-]*'(?: \| )?)+;\ntype Words = readonly \[Program, \.\.\.string\[\]\];/;
    for (const one of texts.filter((each) => /\brun\(program,/.test(each))) expect(one).toMatch(closed);
    const started = [...text.matchAll(/\brun\((.+?),/g)].map(([, program = '']) => program);
    expect(started.length).toBeGreaterThan(2);
    expect(
      started.filter(
        (program) =>
          !/^program$|^(?:\w+ === 4 \? '[a-z][a-z0-9-]*' : )?'[a-z][a-z0-9-]*'$|^`\$\{(?:first|second)\}\$\{ending\}`$/.test(
            program,
          ),
      ),
    ).toEqual([]);
    expect(text).not.toMatch(/child_process|'(?:ba|da)?sh'|shell: true/);
  });
});
