// `npm run bench`, and the two processes that it starts inside its namespaces: what serves, and what runs and times.
import { fileURLToPath } from 'node:url';
import type { Pace } from '../lab/world/line/due.js';
import { HOLD } from '../lab/world/line/slow-line.js';

async function main(): Promise<number | null> {
  const args = process.argv.slice(2);
  if (args[0] === '--serve') {
    const { serve } = await import('../lab/services/serve.js');
    serve();
    return null; // it ends with its standard input
  }
  if (args[0] === '--runner') {
    const { runPlan } = await import('./runner.js');
    await runPlan();
    return 0;
  }
  if (args[0] === '--firewall-reader') {
    const { readAndDecide } = await import('./firewall-reader.js');
    process.stdout.write(JSON.stringify(readAndDecide(args[1] ?? '', args[2] ?? '')));
    return 0;
  }
  if (args[0] === '--state-reader') {
    const { readDeviceState } = await import('./device-state.js');
    process.stdout.write(JSON.stringify(await readDeviceState()));
    process.exit(0);
  }
  if (args[0] === '--trace-runner') {
    const { traceRunner } = await import('./trace.js');
    process.stdout.write(JSON.stringify(await traceRunner(Number(args[1]))));
    process.exit(0);
  }
  if (args[0] === HOLD) {
    const { hold } = await import('../lab/world/line/hold.js');
    hold(Number(args[1]), JSON.parse(args[2] ?? '') as Pace);
    return null; // it ends with its standard input
  }
  const { readOptions, USAGE } = await import('./options.js');
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  const { bench } = await import('./bench.js');
  return bench(options, process.env['WHOBLOCKED_ROOT'] ?? process.cwd(), fileURLToPath(import.meta.url));
}

const code = await main();
if (code !== null) process.exitCode = code;
