import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

interface Room {
  readonly name: string;
  readonly may: readonly string[];
}

/** The table of docs/architecture.md: a room per row, what it may import in the last column. */
function rooms(): Room[] {
  const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
  const rows = page.matchAll(/^\| `src\/([\w.-]+?)\/?` \|[^|]*\|([^|]*)\|$/gm);
  return [...rows].map(([, name = '', may = '']) => ({
    name,
    may: [...may.matchAll(/`([\w-]+)`/g)].map(([, one = '']) => one),
  }));
}

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Tests and what they alone use may import anything. */
function isProduct(file: string): boolean {
  return file.endsWith('.ts') && !file.endsWith('.test.ts') && !/\/(?:fixtures|examples)\//.test(file);
}

const modules = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter(isProduct);

/** Static, dynamic and type imports of files of ours, as paths from the root. */
function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport\s*\(?)\s*'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, to = '']) => ({ from: file, to: path.posix.join(path.posix.dirname(file), to) }));
}

const roomOf = (file: string): string => file.split('/')[1] ?? '';
const table = rooms();
const imports = modules.flatMap(importsOf);

describe('the import table of docs/architecture.md', () => {
  it('is read, and the code too: a check of nothing would always hold', () => {
    expect(table.length).toBe(15);
    expect(modules.length).toBeGreaterThan(60);
    expect(imports.length).toBeGreaterThan(modules.length);
    expect(imports).toContainEqual({ from: 'src/cli/main.ts', to: 'src/cli/diagnose.js' });
    expect(imports).toContainEqual({ from: 'src/report/text.ts', to: 'src/model/facts.js' });
  });

  it('has a row for every room', () => {
    expect([...new Set(modules.map(roomOf))].filter((room) => !table.some(({ name }) => name === room))).toEqual([]);
  });

  it('is kept by every import', () => {
    const broken = imports.filter(({ from, to }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      return to.startsWith('src/') && own !== other && !table.find(({ name }) => name === own)?.may.includes(other);
    });
    expect(broken.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('lets nothing but src/system reach the operating system', () => {
    const doors =
      /^import (?!type).*from '(?:node:)?(?:child_process|fs|fs\/promises|dgram|dns|dns\/promises|http|https|http2|worker_threads|koffi)'/m;
    // The command may load itself, see how it was started, and read the files that it was told to read.
    // HTTP/2 is spoken on a connection that System opened, as TLS is: node:http2 is handed the stream and opens none.
    const onStreams = 'src/probes/names/experiments/http2-get.ts';
    const known = new Set(['src/cli/launch.ts', 'src/cli/invocation.ts', 'src/cli/input.ts', onStreams]);
    const through = modules.filter(
      (file) =>
        roomOf(file) !== 'system' && !known.has(file) && doors.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(through).toEqual([]);
  });

  it('keeps files short enough to be read at once', () => {
    // A list is as long as what it lists.
    const lists = (file: string): boolean =>
      file.startsWith('src/data/') || ['src/model/facts.ts', 'src/engine/later-gatherers.ts'].includes(file);
    const long = modules.filter(
      (file) => !lists(file) && readFileSync(path.join(root, file), 'utf8').split('\n').length > 400,
    );
    expect(long).toEqual([]);
  });
});
