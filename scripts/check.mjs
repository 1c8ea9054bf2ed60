// `npm run check`: types, lint, format, dead code, generated files. Prints what is wrong, and how many checks held.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const node = process.execPath;

const checks = [
  // Two compilers: the one that is fast, and the one whose types the package's users will most likely have.
  { name: 'types (TypeScript 7)', command: [node, 'node_modules/ts7/bin/tsc', '-p', '.'] },
  { name: 'types (TypeScript 6)', command: [node, 'node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'lint', command: [node, 'node_modules/oxlint/bin/oxlint', '--deny-warnings'] },
  { name: 'format', command: [node, 'node_modules/oxfmt/bin/oxfmt', '--check'] },
  { name: 'dead code', command: [node, 'node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'generated files', command: [node, 'scripts/generate.mjs', '--check'] },
];

function run([program, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Runs all checks, two at a time. */
export async function check() {
  const waiting = [...checks];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, command } = next;
      const { code, output } = await run(command);
      counts[code === 0 ? 'passed' : 'failed'] += 1;
      process.stdout.write(code === 0 ? `✓ ${name}\n` : `✗ ${name}\n${output.trimEnd()}\n`);
    }
  };
  await Promise.all([work(), work()]);
  return counts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { failed } = await check();
  if (failed > 0) process.exitCode = 1;
}
