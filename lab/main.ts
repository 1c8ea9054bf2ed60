// `npm run lab`, and the serving process that the lab starts inside its namespaces.
import { fileURLToPath } from 'node:url';
import type { Pace } from './world/line/due.js';
import { HOLD } from './world/line/slow-line.js';

async function main(): Promise<number | null> {
  const args = process.argv.slice(2);
  if (args[0] === '--serve') {
    const { serve } = await import('./services/serve.js');
    serve();
    return null; // it ends with its standard input
  }
  if (args[0] === HOLD) {
    const { hold } = await import('./world/line/hold.js');
    hold(Number(args[1]), JSON.parse(args[2] ?? '') as Pace);
    return null; // it ends with its standard input
  }
  const { readOptions, USAGE } = await import('./run/options.js');
  const { lab } = await import('./run/lab.js');
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  return lab(options, process.env['WHOBLOCKED_ROOT'] ?? process.cwd(), fileURLToPath(import.meta.url));
}

const code = await main();
if (code !== null) process.exitCode = code;
