// Finds the cycles: one file each.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cycle } from './cycle.js';

const ENTRY = 'virtual:cycles';

export async function loadCycles(root: string): Promise<Cycle[]> {
  const folder = path.join(root, 'lab/cycles/cycles');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts')).sort(); // prettier-ignore
  const code = [
    ...files.map((file, i) => `import c${i} from ${JSON.stringify(path.join(folder, file))};`),
    `export default [${files.map((_, i) => `c${i}`).join(', ')}];`,
  ].join('\n');
  const { default: cycles } = (await bundle(root, 'cycles', { [ENTRY]: code }, ENTRY)) as { default: Cycle[] };
  return cycles;
}

/** Bundles one of the lab's own programs, for whoever runs it as a process. */
export async function bundledProgram(root: string, file: string): Promise<string> {
  const name = path.basename(file, '.ts');
  await build(root, name, path.join(root, file), {}, outOf(root, name));
  return path.join(outOf(root, name), `${name}.mjs`);
}

function outOf(root: string, name: string): string {
  // One directory for each process: two runs of the lab at once must not write the same file.
  return path.join(root, '.build', `${name}-${process.pid}`);
}

async function bundle(
  root: string,
  name: string,
  virtual: Readonly<Record<string, string>>,
  entry: string,
): Promise<unknown> {
  const out = outOf(root, name);
  await build(root, name, entry, virtual, out);
  return import(pathToFileURL(path.join(out, `${name}.mjs`)).href);
}

async function build(
  root: string,
  name: string,
  entry: string,
  virtual: Readonly<Record<string, string>>,
  out: string,
): Promise<void> {
  const { rolldown } = await import('rolldown');
  const made = await rolldown({
    cwd: root,
    input: { [name]: entry },
    platform: 'node',
    external: [/^node:/, /^koffi/, /^@koromix\//],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
    plugins: [{ name: 'virtual', resolveId: (id) => (id in virtual ? id : null), load: (id) => virtual[id] ?? null }],
  });
  await made.write({ dir: out, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await made.close();
}
