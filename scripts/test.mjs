// `npm test`: installs what it needs, runs every suite, ends with one line over all of them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDebianPackages, installNpmPackages } from './install.mjs';
import { unpackDebianPackages } from './unpack.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const node = process.execPath;
const total = { passed: 0, failed: 0, skipped: 0 };
/** Said once more at the very end: a run is long, and its log may be cut. */
const failures = [];

const say = (text) => process.stdout.write(`${text}\n`);

async function suite(name, run) {
  say(`\n── ${name}`);
  const began = Date.now();
  let counts;
  try {
    counts = await run();
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  const { passed, failed, skipped } = counts;
  say(
    `── ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${Math.round((Date.now() - began) / 1000)} s)`,
  );
}

/** Runs a program whose output is shown as it comes; lines are handed to `seen`, which may keep one from being shown. */
function run(args, { minutes, environment = {}, hide = () => false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    const timer = setTimeout(() => child.kill('SIGTERM'), minutes * 60_000);
    let rest = '';
    const lines = [];
    const line = (text) => {
      lines.push(text);
      if (!hide(text)) say(text);
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const parts = (rest + text).split('\n');
      rest = parts.pop() ?? '';
      parts.forEach(line);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (rest !== '') line(rest);
      resolve({ code, signal, lines });
    });
  });
}

/** By group, whose name says what it needs. */
function sayWhatIsSkipped(file, tests) {
  const groups = new Map();
  for (const { ancestorTitles, title } of tests) {
    const group = ancestorTitles.length > 0 ? ancestorTitles[0] : title;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  for (const [group, count] of groups) say(`skipped: ${file}: ${group}${count > 1 ? ` (${count} tests)` : ''}`);
}

/** Of these, mostly pure, and of all the others one half each: both at once take half the time on two cores. */
const half = ['test/fewer-facts.test.ts', 'test/replay.test.ts', 'src/probes/'];

async function unitTests() {
  mkdirSync(at('.build'), { recursive: true });
  const others = half.flatMap((one) => ['--exclude', one.endsWith('/') ? `${one}**` : one]);
  const [first, second] = await Promise.all([vitest('vitest-first', half), vitest('vitest-second', others)]);
  const sum = (key) => first[key] + second[key];
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

async function vitest(name, which) {
  const file = at(`.build/${name}.json`);
  rmSync(file, { force: true });
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run([at('node_modules/vitest/vitest.mjs'), 'run', ...which, ...reporters], { minutes: 15 });
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, status, message, assertionResults } of testResults) {
    const file = path.relative(root, name);
    const skipped = assertionResults.filter((one) => one.status !== 'passed' && one.status !== 'failed');
    const failed = assertionResults.filter((one) => one.status === 'failed');
    counts.passed += assertionResults.length - skipped.length - failed.length;
    counts.failed += failed.length;
    counts.skipped += skipped.length;
    failures.push(...failed.map(({ fullName }) => `${file}: ${fullName}`));
    sayWhatIsSkipped(file, skipped);
    if (status === 'failed' && failed.length === 0) {
      counts.failed += 1;
      say(`${file}: ${message}`);
      failures.push(file);
    }
  }
  // Errors outside any test, and a run that was cut off, fail as well.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

const countLine = /^(\d+) passed, (\d+) failed, (\d+) skipped$/;

/** A program of ours whose last line holds its counts. */
async function counted(args, minutes) {
  const { code, signal, lines } = await run([at('scripts/run.mjs'), ...args], {
    minutes,
    hide: (text) => countLine.test(text),
  });
  const [, passed, failed, skipped] = (countLine.exec(lines.at(-1) ?? '') ?? []).map(Number);
  if (passed === undefined) {
    say(`it ended without its counts (${signal ?? `exit ${code}`})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  // What failed and held when it was run once more is followed by the word of that.
  const marked = lines.filter((text, i) => text.startsWith('✗') && !/once more/.test(lines[i + 1] ?? ''));
  if (failed > 0) failures.push(...marked);
  return { passed, failed: code === 0 ? failed : Math.max(1, failed), skipped };
}

/** Random rulesets and packets, decided by the model and by the kernel: each packet on which they agree counts. */
async function firewallFuzz() {
  const can = spawnSync('unshare', ['-Urnm', 'nft', 'list', 'ruleset'], { stdio: 'ignore' });
  if (can.status !== 0) {
    say('skipped: needs Linux with user namespaces and nft');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const args = [at('scripts/run.mjs'), 'lab/firewall/fuzz.ts', '--cases', '400', '--seed', seed];
  const { code, lines } = await run(args, { minutes: 4 });
  const found = lines.map((text) => /^same (\d+), unknown (\d+).*?different (\d+)/.exec(text)).find(Boolean) ?? [];
  const [passed = 0, skipped = 0, different = 0] = found.slice(1).map(Number);
  return { passed, failed: code === 0 && passed > 0 ? different : Math.max(1, different), skipped };
}

installNpmPackages();
const { missing, why } = installDebianPackages();
if (missing.length > 0) say(`not installed (${why}), what needs them is skipped: ${missing.join(' ')}`);
const beside = unpackDebianPackages();
if (beside.missing.length > 0)
  say(`not fetched (${beside.why}), what needs them is skipped: ${beside.missing.join(' ')}`);
const { build } = await import('./build.mjs');
const { check } = await import('./check.mjs');

/** Each day another part of the lab; the seed makes a run repeatable. */
const seed = process.env.WHOBLOCKED_SEED ?? String(Math.floor(Date.now() / 1000) % 1_000_000);
say(`seed ${seed} (WHOBLOCKED_SEED=${seed} npm test repeats this run)`);

await suite('build', async () => {
  await build({ ifNeeded: true });
  return { passed: 1, failed: 0, skipped: 0 };
});
await suite('check', check);
await suite('tests', unitTests);
await suite('firewall against the kernel', firewallFuzz);
// The same worlds each time: a new one may show an old fault, which is what `npm run hunt` with fresh seeds is for.
const worlds = process.env.WHOBLOCKED_SEED ?? '35';
await suite('hunt', () => counted(['lab/hunt/main.ts', '--cases', '12', '--jobs', '2', '--seed', worlds], 5));
await suite('cycles of fix and undo', () =>
  counted(['lab/cycles/main.ts', '--slice', '1/8', '--runs', '2', '--seed', seed], 12),
);
await suite('lab', () => counted(['lab/main.ts', '--slice', '1/12', '--seed', seed, '--again'], 10));

if (failures.length > 0) say(`\nWhat failed:\n${failures.map((one) => `  ${one.slice(0, 300)}`).join('\n')}`);
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
