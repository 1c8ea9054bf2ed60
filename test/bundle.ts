import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll } from 'vitest';
import { rolldown } from 'rolldown';

const root = path.dirname(import.meta.dirname);
const made: string[] = [];

afterAll(() => Promise.all(made.splice(0).map((directory) => rm(directory, { recursive: true, force: true }))));

/** Bundles one of the project's programs as the build does, so that a test can run it as a process of its own. */
export async function bundle(program: string): Promise<string> {
  // Inside the project, so that packages are found.
  const directory = await mkdtemp(path.join(root, 'node_modules', '.whoblocked-test-'));
  made.push(directory);
  const built = await rolldown({
    cwd: root,
    input: { main: program },
    platform: 'node',
    external: [/^node:/, /^koffi/, /^@koromix\//],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'silent',
  });
  await built.write({
    dir: directory,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name]-[hash].cjs',
  });
  await built.close();
  return path.join(directory, 'main.cjs');
}
