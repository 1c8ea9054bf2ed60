// Finds the scenarios by their files. They are bundled at run time, so a new file needs no list to be kept.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario } from '../scenario.js';

/** Files below lab/scenarios, as "side/id". */
export function scenarioFiles(root: string): string[] {
  const directory = path.join(root, 'lab', 'scenarios');
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((side) =>
      readdirSync(path.join(directory, side.name))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `${side.name}/${file.slice(0, -3)}`),
    )
    .toSorted();
}

const ENTRY = '\0lab-scenarios';

export async function loadScenarios(root: string): Promise<Scenario[]> {
  const { rolldown } = await import('rolldown');
  const files = scenarioFiles(root);
  const lines = files.map(
    (file, index) => `import s${index} from ${JSON.stringify(path.join(root, 'lab', 'scenarios', `${file}.ts`))};`,
  );
  const code = `${lines.join('\n')}\nexport default [${files.map((_, index) => `s${index}`).join(', ')}];\n`;
  const bundle = await rolldown({
    cwd: root,
    input: { scenarios: ENTRY },
    platform: 'node',
    external: [/^node:/],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    logLevel: 'warn',
    plugins: [
      { name: 'scenarios', resolveId: (id) => (id === ENTRY ? id : null), load: (id) => (id === ENTRY ? code : null) },
    ],
  });
  // One file for each process: two runs of the lab at once must not write the same one.
  const out = path.join(root, '.build', `scenarios-${process.pid}`);
  await bundle.write({ dir: out, format: 'esm', entryFileNames: '[name].mjs' });
  await bundle.close();
  const module = (await import(pathToFileURL(path.join(out, 'scenarios.mjs')).href)) as { default: Scenario[] };
  const { rmSync } = await import('node:fs');
  rmSync(out, { recursive: true, force: true });
  return module.default;
}
