// Runs one of the project's own TypeScript programs: `node scripts/run.mjs lab/main.ts ARGUMENTS`.
// It is bundled into .build/ first, so no loader is needed on any Node that the project supports.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [program, ...rest] = process.argv.slice(2);
const { rolldown } = await import('rolldown');
const name = program.replace(/\.ts$/, '').replaceAll('/', '-');
const out = path.join(root, '.build', name);
mkdirSync(out, { recursive: true });
const bundle = await rolldown({
  cwd: root,
  input: { [name]: program },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  logLevel: 'warn',
  checks: { ineffectiveDynamicImport: false }, // the command loads lazily what these programs load at once
});
await bundle.write({ dir: out, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
await bundle.close();
process.argv = [process.argv[0], path.join(out, `${name}.mjs`), ...rest];
process.env.WHOBLOCKED_ROOT = root;
await import(pathToFileURL(path.join(out, `${name}.mjs`)).href);
