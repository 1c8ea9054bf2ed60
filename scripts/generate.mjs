// Writes what follows from other files: src/causes/all.ts from the causes that are there, docs/causes.md from the
// catalogue. `--check` writes nothing and fails when one of them is not current.
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

/** The catalogue as the program has it: bundled first, since Node 20 reads no TypeScript. */
async function catalogue() {
  const { rolldown } = await import('rolldown');
  const out = at('.build/catalogue');
  mkdirSync(out, { recursive: true });
  const entry = path.join(out, 'entry.ts');
  writeFileSync(
    entry,
    `export { causes } from '../../src/causes/all.js';\nexport { unbuilt } from '../../src/causes/unbuilt.js';\n`,
  );
  const bundle = await rolldown({
    cwd: root,
    input: { catalogue: entry },
    platform: 'node',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
  });
  await bundle.write({ dir: out, format: 'esm', entryFileNames: '[name].mjs' });
  await bundle.close();
  return import(`${pathToFileURL(path.join(out, 'catalogue.mjs')).href}?${Date.now()}`);
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
  if (write || stale.length === 0) keep('docs/causes.md', causesPage(await catalogue()));
  return stale;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const stale = await generate({ write: !check });
  for (const file of stale)
    process.stdout.write(`${file} ${check ? 'is not current: run npm run generate' : 'written'}\n`);
  if (check && stale.length > 0) process.exitCode = 1;
}
