// Builds dist/: the command as CommonJS chunks (fastest start on Node 20), the library as ES modules, and its types.
// `--if-needed` returns at once when dist is newer than every source.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installNpmPackages } from './install.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

function newest(directory) {
  let latest = 0;
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}

function upToDate() {
  if (!existsSync(at('dist/cli.cjs')) || !existsSync(at('dist/types/index.d.ts'))) return false;
  const built = statSync(at('dist/types/index.d.ts')).mtimeMs;
  if (!existsSync(at('src'))) return true;
  return (
    Math.max(
      newest(at('src')),
      statSync(at('package.json')).mtimeMs,
      statSync(fileURLToPath(import.meta.url)).mtimeMs,
    ) < built
  );
}

export async function build({ ifNeeded = false } = {}) {
  if (ifNeeded && upToDate()) return false;
  if (!existsSync(at('src'))) return false; // installed from the registry: dist came with the package
  const { rolldown } = await import('rolldown');
  rmSync(at('dist'), { recursive: true, force: true });
  const shared = {
    cwd: root,
    platform: 'node',
    external: [/^node:/, /^koffi/, /^@koromix\//],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
  };
  const command = await rolldown({ ...shared, input: { cli: 'src/cli/main.ts' } });
  await command.write({
    dir: at('dist'),
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    minify: false,
  });
  await command.close();
  const library = await rolldown({ ...shared, input: { index: 'src/index.ts' } });
  await library.write({
    dir: at('dist'),
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  });
  await library.close();
  chmodSync(at('dist/cli.cjs'), 0o755);
  execFileSync(
    process.execPath,
    [
      at('node_modules/typescript/bin/tsc'),
      '--noEmit',
      'false',
      '--emitDeclarationOnly',
      '--declaration',
      '--rootDir',
      at('src'),
      '--outDir',
      at('dist/types'),
      '--module',
      'NodeNext',
      '--moduleResolution',
      'NodeNext',
      '--target',
      'ES2023',
      '--lib',
      'ES2023',
      '--types',
      'node',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
      at('src/index.ts'),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installNpmPackages();
  await build({ ifNeeded: process.argv.includes('--if-needed') });
}
