// Writes what follows from other files: src/causes/all.ts from the causes that are there, and the lists of remedies and
// operations likewise; docs/causes.md from the catalogue, src/engine/later-gatherers.ts from the gatherers that are pulled.
// `--check` writes nothing and fails when one of them is not current.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);

/** One cause, one file, in the folder of its side: whatever exports `cause`. */
function causeFiles() {
  const folders = readdirSync(at('src/causes'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .flatMap(({ name: side }) => readdirSync(at('src/causes', side)).map((file) => `${side}/${file}`))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => /^export const cause\b/m.test(readFileSync(at('src/causes', file), 'utf8')))
    .sort();
}

const camel = (id) => id.replaceAll(/[^a-z0-9]+(\w)/g, (_, letter) => letter.toUpperCase());

function allCauses(files) {
  const names = files.map((file) => camel(path.basename(file, '.ts')));
  const imports = files.map((file, i) => `import { cause as ${names[i]} } from './${file.replace(/\.ts$/, '.js')}';`);
  return [
    '// Written by scripts/generate.mjs from the files beside it: do not edit.',
    "import type { Cause } from '../model/cause.js';",
    ...imports,
    '',
    '/** Every cause that can be judged. */',
    ...(names.length === 0
      ? ['export const causes: readonly Cause[] = [];']
      : ['export const causes: readonly Cause[] = [', ...names.map((name) => `  ${name},`), '];']),
    '',
  ].join('\n');
}

/** Files anywhere below a folder that export something of that name. */
function filesExporting(folder, name) {
  return readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => new RegExp(`^export const ${name}\\b`, 'm').test(readFileSync(at(folder, file), 'utf8')))
    .sort();
}

/** One remedy, one file of its name; loaded when a cause names it. */
function allRemedies() {
  const files = filesExporting('src/remedies', 'remedy').map((file) => file.replace(/\.ts$/, ''));
  const line = (file) => {
    const id = path.basename(file);
    const load = `async () => (await import('./${file}.js')).remedy`;
    return `  ${id === camel(id) ? id : `'${id}'`}: ${load},`;
  };
  return [
    '// Written by scripts/generate.mjs from the files beside it: do not edit.',
    "import type { Remedy } from '../model/remedy.js';",
    '',
    '/** Every remedy that can be planned, by its id. */',
    'export const remedies: Readonly<Record<string, () => Promise<Remedy>>> = {',
    ...files.map(line),
    '};',
    '',
  ].join('\n');
}

/** One kind of operation, one file of its name. */
function allOperations() {
  const files = filesExporting('src/operations', 'operation');
  const kinds = files.map((file) => path.basename(file, '.ts'));
  return [
    '// Written by scripts/generate.mjs from the files beside it: do not edit.',
    "import type { OperationKind } from '../model/operation.js';",
    ...files.map((file, i) => `import { operation as ${camel(kinds[i])} } from './${file.replace(/\.ts$/, '.js')}';`),
    '',
    '/** The closed list, by name. */',
    'export const operationKinds: Readonly<Record<OperationKind, { readonly kind: OperationKind }>> = {',
    ...kinds.map((kind) => (kind === camel(kind) ? `  ${kind},` : `  '${kind}': ${camel(kind)},`)),
    '};',
    '',
  ].join('\n');
}

/** The catalogue and the gatherers as the program has them: bundled first, since Node 20 reads no TypeScript. */
async function program() {
  const { rolldown } = await import('rolldown');
  const out = at('.build/catalogue');
  mkdirSync(out, { recursive: true });
  const entry = path.join(out, 'entry.ts');
  writeFileSync(
    entry,
    `export { causes } from '../../src/causes/all.js';\nexport { unbuilt } from '../../src/causes/unbuilt.js';\nexport { pulledGatherers } from '../../src/engine/pulled-gatherers.js';\n`,
  );
  const bundle = await rolldown({
    cwd: root,
    input: { catalogue: entry },
    platform: 'node',
    external: [/^koffi/, /^@koromix\//],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
  });
  await bundle.write({ dir: out, format: 'esm', entryFileNames: '[name].mjs' });
  await bundle.close();
  return import(`${pathToFileURL(path.join(out, 'catalogue.mjs')).href}?${Date.now()}`);
}

/** What the engine must know of a gatherer before it is loaded. */
const headKeys = [
  'fact',
  'needs',
  'base',
  'cost',
  'platforms',
  'privilege',
  'reference',
  'hedge',
  'whenLate',
  'whenNameless',
  'apart',
];

/** The list of src/engine/pulled-gatherers.ts, by name and file, in its order: that of `gatherers`. */
function laterGatherers(gatherers) {
  const text = readFileSync(at('src/engine/pulled-gatherers.ts'), 'utf8');
  const files = new Map(
    [...text.matchAll(/^import \{ (\w+) \} from '(.+)';$/gm)].map(([, name, file]) => [name, file]),
  );
  const names = [...(/= \[\n([^\]]*)\];/.exec(text)?.[1] ?? '').matchAll(/^ {2}(\w+),$/gm)].map(([, name]) => name);
  if (names.length === 0 || names.length !== gatherers.length || names.some((name) => !files.has(name)))
    throw new Error('src/engine/pulled-gatherers.ts: one import a line, one gatherer a line');
  const rows = gatherers.map((gatherer, i) => {
    const head = headKeys
      .filter((key) => gatherer[key] !== undefined)
      .map((key) => `    ${key}: ${literal(gatherer[key])},\n`);
    return `  {\n${head.join('')}    load: async () => (await import('${files.get(names[i])}')).${names[i]},\n  },\n`;
  });
  return [
    '// Written by scripts/generate.mjs from pulled-gatherers.ts: do not edit.',
    "import type { LaterGatherer } from '../model/gatherer.js';",
    '',
    'export const laterGatherers: readonly LaterGatherer[] = [',
    `${rows.join('')}];`,
    '',
  ].join('\n');
}

/** As oxfmt writes it. */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([key, one]) => `${key}: ${literal(one)}`)
      .join(', ')} }`;
  if (typeof value === 'number') return String(value).replace(/\B(?=(\d{3})+$)/g, '_');
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** `explain` names causes and judges none: it need not load them all. */
function causeTitles({ causes, unbuilt }) {
  const all = [...causes, ...unbuilt].sort((a, b) => (a.id < b.id ? -1 : 1));
  const row = ({ id, title }) => {
    const line = `  ${id === camel(id) ? id : quoted(id)}: ${quoted(title)},`;
    return line.length <= 120 ? line : line.replace(': ', ':\n    ');
  };
  return [
    '// Written by scripts/generate.mjs from the catalogue: do not edit.',
    '',
    '/** Every cause in words, by its id. */',
    'export const causeTitles: Readonly<Record<string, string>> = {',
    ...all.map(row),
    '};',
    '',
  ].join('\n');
}

/** As oxfmt writes it. */
function quoted(text) {
  return text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', '\\\\')}'`;
}

const sides = [
  ['none', 'Nothing is blocked'],
  ['unknown', 'It cannot be told'],
  ['target', 'What was typed'],
  ['this-device', 'This device'],
  ['local-network', 'The local network'],
  ['path', 'The way there'],
  ['server', 'The server'],
];

function causesPage({ causes, unbuilt }) {
  const built = new Set(causes.map((cause) => cause.id));
  const all = [...causes, ...unbuilt];
  const cell = (text) => text.replaceAll('|', '\\|');
  const row = (cause) =>
    `| \`${cause.id}\` | ${cell(cause.title)} | ${built.has(cause.id) ? 'yes' : 'not yet'} | ${cause.symptoms.map((symptom) => `\`${symptom}\``).join(', ') || '–'} |`;
  const sections = sides.flatMap(([side, title]) => {
    const here = all.filter((cause) => cause.side === side).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (here.length === 0) return [];
    return [
      `## ${title}`,
      '',
      '| cause | in words | judged | symptoms |',
      '| --- | --- | --- | --- |',
      ...here.map(row),
      '',
    ];
  });
  return [
    '<!-- Written by scripts/generate.mjs from src/causes: do not edit. -->',
    '# Causes',
    '',
    `Every cause that a report can name, by the side where it usually lies: ${all.length} in all, ${built.size} of them judged.`,
    'One that is not judged yet still counts: it shares its symptoms with others, so that none of those is called',
    'confirmed while it is not ruled out. A symptom is an operation and how it failed (`src/model/failure.ts`).',
    '',
    ...sections,
  ].join('\n');
}

/** Names of the files that are not current. With `write`, they are made so. */
export async function generate({ write }) {
  const stale = [];
  const keep = (file, text) => {
    let before = null;
    try {
      before = readFileSync(at(file), 'utf8');
    } catch {
      // missing: stale
    }
    if (before === text) return;
    stale.push(file);
    if (write) writeFileSync(at(file), text);
  };
  keep('src/causes/all.ts', allCauses(causeFiles()));
  keep('src/remedies/all.ts', allRemedies());
  keep('src/operations/kinds.ts', allOperations());
  if (write || stale.length === 0) {
    const whole = await program();
    keep('docs/causes.md', causesPage(whole));
    keep('src/data/cause-titles.ts', causeTitles(whole));
    keep('src/engine/later-gatherers.ts', laterGatherers(whole.pulledGatherers));
  }
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const stale = await generate({ write: !check });
  for (const file of stale)
    process.stdout.write(`${file} ${check ? 'is not current: run npm run generate' : 'written'}\n`);
  if (check && stale.length > 0) process.exitCode = 1;
}
