import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { builtCommand, closedPort, root, run } from './built.js';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

// Built when the sources are newer: that is not what is timed.
beforeAll(async () => void (await builtCommand()), 120_000);

it('the example of the README runs as it stands, but for its target', async () => {
  const [, example = ''] = /```ts\n([^`]+)```/.exec(readme) ?? [];
  expect(example).toContain("diagnose('https://shop.example/'");
  const port = await closedPort();
  const directory = mkdtempSync(path.join(tmpdir(), 'whoblocked-readme-'));
  try {
    mkdirSync(path.join(directory, 'node_modules'));
    symlinkSync(root, path.join(directory, 'node_modules/whoblocked'));
    writeFileSync(
      path.join(directory, 'example.mjs'),
      example.replace('https://shop.example/', `https://127.0.0.1:${port}/`),
    );
    const { code, stdout, stderr } = await run(process.execPath, ['example.mjs'], { directory });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^failed [a-z-]+ (?:proven|confirmed|likely)\n[A-Z].+\.\n$/);
    expect(stderr).toMatch(/^started connect$/m);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

it('fits on about one screen, and its links lead somewhere', () => {
  expect(readme.split('\n').length).toBeLessThan(100);
  for (const [, target = ''] of readme.matchAll(/\]\(([^)#]+)\)/g))
    expect(readFileSync(path.join(root, target), 'utf8')).not.toBe('');
});
