// `npm run hunt`, the serving process of its worlds, and the hunt's own client.
import { fileURLToPath } from 'node:url';
import type { Pace } from '../world/line/due.js';
import { HOLD } from '../world/line/slow-line.js';

async function main(): Promise<number | null> {
  const args = process.argv.slice(2);
  if (args[0] === '--serve') {
    const { serve } = await import('../services/serve.js');
    serve();
    return null; // it ends with its standard input
  }
  if (args[0] === '--client') {
    const { client } = await import('./client/client.js');
    await client(args[1] ?? '');
    return null; // it ends when its answer is written
  }
  if (args[0] === HOLD) {
    const { hold } = await import('../world/line/hold.js');
    hold(Number(args[1]), JSON.parse(args[2] ?? '') as Pace);
    return null; // it ends with its standard input
  }
  const { readOptions, USAGE } = await import('./options.js');
  const { hunt } = await import('./hunt.js');
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  return hunt(options, process.env['WHOBLOCKED_ROOT'] ?? process.cwd(), fileURLToPath(import.meta.url));
}

const code = await main();
if (code !== null) process.exitCode = code;
