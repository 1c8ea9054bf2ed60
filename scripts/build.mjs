// Builds dist/: the command as CommonJS chunks (fastest start on Node 20), the library as ES modules, and its types.
// `--if-needed` returns at once when dist is newer than every source.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
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

/**
 * Modules that are loaded together are one chunk with all that they import, for each file costs a quarter of a
 * millisecond: what every command starts with; what sends the first packets; what prints; what goes on over a connection that
 * opened; what reads rules; where a connection was refused, what judges, and what is asked then; and what is looked for where
 * this very device refused it. A module
 * belongs to the first that has it; what other commands share with one of these stands in `start`.
 */
const loadedTogether = {
  start: ['cli/invocation', 'cli/main', 'report/json'],
  diagnosis: [
    'cli/diagnose',
    'engine/diagnose',
    'engine/early-gatherers',
    'system/linux/tables/kernel-tables',
    'system/linux/sockets',
    'system/open-system',
  ],
  shown: [
    'causes/evidence/interception-evidence',
    'cli/show',
    'data/block-pages',
    'model/pace',
    'report/json',
    'report/text',
  ],
  opened: ['probes/http/http', 'probes/tls/tls'],
  rules: [
    'firewall/folds-into',
    'firewall/owner',
    'firewall/parse/iptables-save',
    'firewall/parse/join',
    'firewall/parse/nft-json',
  ],
  causes: ['causes/all', 'causes/unbuilt', 'engine/confidence', 'engine/later-gatherers', 'engine/offered'],
  further: [
    'probes/names/direct-names',
    'probes/names/experiments/impostor',
    'probes/names/reference-names',
    'probes/names/references/references',
    'probes/status/status-page',
  ],
  here: [
    'inspectors/containers/containers',
    'inspectors/namespaces/namespaces',
    'inspectors/policies/policies',
    'inspectors/services/local-services',
    'system/linux/policies',
    'system/linux/trace/tracer',
  ],
};

const groups = Object.entries(loadedTogether).map(([name, modules], index, { length }) => ({
  name,
  test: (id) => modules.some((module) => id === at('src', `${module}.ts`)),
  priority: length - index,
}));

/** Built beside, then put in place at once: somebody else may be running the old one. */
export async function build({ ifNeeded = false } = {}) {
  if (ifNeeded && upToDate()) return false;
  if (!existsSync(at('src'))) return false; // installed from the registry: dist came with the package
  const out = at('.build', `dist-${process.pid}`);
  try {
    await buildInto(out);
    rmSync(at('dist'), { recursive: true, force: true });
    renameSync(out, at('dist'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  return true;
}

export async function buildInto(out) {
  const { rolldown } = await import('rolldown');
  const shared = {
    cwd: root,
    platform: 'node',
    external: [/^node:/, /^koffi/, /^@koromix\//],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
    checks: { ineffectiveDynamicImport: false }, // on purpose: loadedTogether
  };
  const chunkFileNames = 'chunks/[name]-[hash].[ext]';
  for (const { input, format, entryFileNames, extension, codeSplitting = true } of [
    { input: { cli: 'src/cli/launch.ts' }, format: 'cjs', entryFileNames: '[name].cjs', extension: 'cjs' },
    {
      input: { main: 'src/cli/main.ts' },
      format: 'cjs',
      entryFileNames: 'chunks/[name].cjs',
      extension: 'cjs',
      codeSplitting: { groups },
    },
    { input: { index: 'src/index.ts' }, format: 'esm', entryFileNames: '[name].mjs', extension: 'mjs' },
  ]) {
    const bundle = await rolldown({ ...shared, input });
    const names = { entryFileNames, chunkFileNames: chunkFileNames.replace('[ext]', extension) };
    await bundle.write({ dir: out, format, ...names, comments: false, codeSplitting });
    await bundle.close();
  }
  compileChunks(path.join(out, 'chunks'));
  keepWhatRuns(out);
  chmodSync(path.join(out, 'cli.cjs'), 0o755);
  const types = ['-p', at('tsconfig.types.json'), '--outDir', path.join(out, 'types')];
  execFileSync(process.execPath, [at('node_modules/ts7/bin/tsc'), ...types], { cwd: root, stdio: ['ignore', 2, 2] });
  keepReached(path.join(out, 'types'), 'index.d.ts');
}

/** Of the types of the whole program those alone that the library's own lead to. */
function keepReached(directory, entry) {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g))
      visit(path.resolve(path.dirname(file), `${target}.d.ts`));
  };
  visit(path.join(directory, entry));
  for (const one of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(one.parentPath, one.name);
    if (one.isFile() && !reached.has(file)) rmSync(file);
  }
}

/**
 * Makes the command's chunks into what src/cli/launch.ts loads: each a function, spelled in ASCII, and beside it the code
 * that V8 compiles from it, whole and not function by function as they are called.
 */
function compileChunks(directory) {
  for (const name of readdirSync(directory).filter((file) => file.endsWith('.cjs'))) {
    const file = path.join(directory, name);
    const body = plainExports(readFileSync(file, 'utf8')).replace(
      /[^\0-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const source = `(function (exports, require, module, __filename, __dirname) {${body}\n})`;
    setFlagsFromString('--no-lazy');
    const compiled = new Script(source, { filename: file });
    setFlagsFromString('--lazy'); // V8 compares the flags: as they are when it runs
    writeFileSync(file, source);
    writeFileSync(codeOf(file), compiled.createCachedData());
  }
}

const codeOf = (file) => `${file}.${process.arch}-${process.versions.v8}.code`;

/** A chunk's exports stand at its end: what is never given another value need be no getter, a function for each. */
function plainExports(body) {
  return body.replace(
    /^Object\.defineProperty\(exports, "([\w$]+)", \{\s+enumerable: true,\s+get: function\(\) \{\s+return ([\w$]+);\s+\}\s+\}\);$/gm,
    (whole, exported, local) =>
      new RegExp(
        String.raw`^(?:const|function|async function|class) ${local.replaceAll('$', String.raw`\$`)}\b`,
        'm',
      ).test(body)
        ? `exports.${exported} = ${local};`
        : whole,
  );
}

/** Chunks of which each diagnosis uses a small part, and V8 would take in the code of all. */
const usedInPart = /^(?:causes|rules|shown)-[\w-]{8}\.cjs$/;
/** Of the saved diagnoses these are the ones where reading code takes long beside all else: what fails at once. */
const ofQuickOnes = [
  'device/local-service-refused.root',
  'device/nothing-listens-here.user',
  'names/does-not-exist.user',
  'network/neighbour-port-closed.root',
  'path/reject-admin.user',
  'server/closed-port.root',
  'server/closed-port-ipv6.user',
];

/**
 * In place of the whole code of those chunks: that of the functions which these diagnoses run when they are judged and shown
 * again. What others need beyond it is compiled as it is called. Nothing is measured, and no packet sent.
 */
function keepWhatRuns(out) {
  const saved = ofQuickOnes.map((name) => at('scenarios', `${name}.json`)).filter((file) => existsSync(file));
  if (saved.length === 0) return;
  const chunks = readdirSync(path.join(out, 'chunks')).filter((name) => usedInPart.test(name));
  const whole = chunks.map((name) => codeOf(path.join(out, 'chunks', name))).map((file) => [file, readFileSync(file)]);
  for (const [file] of whole) rmSync(file);
  const report = path.join(out, 'report.json');
  for (const [index, file] of saved.entries()) {
    writeFileSync(report, JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).report));
    const words = ['-r', at('scripts/keep-code.cjs'), path.join(out, 'cli.cjs'), 'replay', report];
    const env = { PATH: process.env.PATH, KEEP_CODE_OF: chunks.join(' ') };
    const { status } = spawnSync(process.execPath, [...words, ...(index % 2 ? ['--json'] : [])], {
      env,
      stdio: 'ignore',
    });
    if (![0, 1, 3].includes(status)) process.stderr.write(`${file} cannot be judged again (${status}): see npm test\n`);
  }
  rmSync(report);
  for (const [file, code] of whole) if (!existsSync(file)) writeFileSync(file, code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installNpmPackages();
  await build({ ifNeeded: process.argv.includes('--if-needed') });
}
