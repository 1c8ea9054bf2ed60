// The part of `npm run bench` about what whole diagnoses wait for: scenarios of the lab behind a line that is slowed, told in
// round trips of that line, the least of several runs. A machine that is busy makes them longer, a wait for nothing does so
// on every machine.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scenario } from '../lab/scenario.js';
import { Certificates } from '../lab/services/certificates.js';
import { execute } from '../lab/run/execute.js';
import { loadScenarios } from '../lab/run/load.js';
import { worldOf } from '../lab/run/world-of.js';
import { slowLine } from '../lab/world/line/slow-line.js';
import { newWorldName } from '../lab/world/names.js';
import { sweep } from '../lab/world/sweep.js';
import { removeWorldsAtExit } from '../lab/world/world.js';
import type { Report } from '../src/model/report.js';
import type { BenchOptions } from './options.js';
import { milliseconds } from './table.js';

interface Wait {
  readonly scenario: string;
  readonly roundTripMs: number;
  /** Of the scenario's own distractors. */
  readonly isSlowAlready?: true;
  readonly aimMs: number;
}

const shortMs = 60;
const waits: readonly Wait[] = [
  { scenario: 'path/sni-reset', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'path/provider-resets', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'server/closed-port', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'path/reject-admin', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'path/http-block-page', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'names/block-page-stated', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'names/filtered-zero', roundTripMs: shortMs, aimMs: 1000 },
  { scenario: 'server/silent-after-accept', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'server/ssh-says-nothing', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'names/port-53-swallowed', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'names/udp-53-swallowed', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'names/resolver-silent', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'path/mtu-silent', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'path/mtu-below-1280', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'network/proxy-says-nothing', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'network/portal-drops-tls', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'network/portal-announced-silent', roundTripMs: shortMs, aimMs: 4000 },
  { scenario: 'path/sni-swallowed-far-away', roundTripMs: 300, isSlowAlready: true, aimMs: 6000 },
  { scenario: 'path/sni-reset-by-satellite', roundTripMs: 600, isSlowAlready: true, aimMs: 5000 },
];

export async function benchWaits(
  options: BenchOptions,
  root: string,
  cli: string,
  program: string,
): Promise<{ text: string; right: boolean }> {
  await sweep();
  const state = path.join(tmpdir(), newWorldName());
  removeWorldsAtExit(() => rmSync(state, { recursive: true, force: true }));
  const certificates = new Certificates(path.join(state, 'certificates'));
  const command = { line: [process.execPath, cli], trustedRoot: await certificates.trustedRoot() } as const;
  const scenarios = await loadScenarios(root);
  const maker = { certificates, server: [process.execPath, program, '--serve'] } as const;
  const lines: string[] = [];
  let right = true;
  for (const wait of waits.filter(({ scenario }) => `waits ${scenario}`.includes(options.pattern))) {
    const scenario = scenarios.find(({ side, id }) => `${side}/${id}` === wait.scenario);
    if (!scenario) throw new Error(`no scenario is called ${wait.scenario}`);
    const line = wait.isSlowAlready ? [] : slowLine('edge', { delayMs: wait.roundTripMs / 2 });
    const world = await worldOf(scenario, maker, line);
    try {
      for (const as of options.as) {
        const runs: { report: Report; differences: string[] }[] = [];
        for (let run = 0; run < options.runs; run++) {
          const { report, differences } = await execute(world, scenario, command, as);
          if (report) runs.push({ report, differences });
        }
        const told = lineOf(wait, scenario, as, runs, options.steps);
        lines.push(told.text);
        right &&= told.right;
      }
    } finally {
      await world.remove();
    }
  }
  rmSync(state, { recursive: true, force: true });
  return { text: [...lines, ''].join('\n'), right };
}

function lineOf(
  { roundTripMs, aimMs }: Wait,
  { side, id }: Scenario,
  as: string,
  runs: readonly { report: Report; differences: string[] }[],
  withSteps: boolean,
): { text: string; right: boolean } {
  const best = runs.toSorted((a, b) => a.report.elapsedMs - b.report.elapsedMs)[0];
  if (!best) return { text: `${side}/${id} as ${as}: no report`, right: false };
  const { elapsedMs, verdict } = best.report;
  const wrong = runs.flatMap(({ differences }) => differences.slice(0, 1));
  const met = elapsedMs <= aimMs ? 'met' : 'MISSED';
  const times = (elapsedMs / roundTripMs).toFixed(1);
  const text = [
    `${side}/${id} as ${as}: ${verdict.cause}, ${verdict.certainty}`,
    `  ${milliseconds(elapsedMs)}, ${times} round trips of ${roundTripMs} ms; aim ${milliseconds(aimMs)}: ${met}`,
    ...(wrong.length > 0 ? [`  ${wrong.length} of ${runs.length} OTHERWISE THAN EXPECTED: ${wrong[0] ?? ''}`] : []),
    ...(withSteps ? stepsOf(best.report) : []),
  ].join('\n');
  return { text, right: wrong.length === 0 };
}

/** What was measured when. */
function stepsOf({ facts }: Report): string[] {
  return Object.entries(facts)
    .flatMap(([key, one]) => ('at' in one && 'ms' in one ? [{ key, at: one.at, ms: one.ms }] : []))
    .toSorted((a, b) => a.at - b.at)
    .map(({ key, at, ms }) => `    ${at.toFixed(0).padStart(6)} – ${(at + ms).toFixed(0).padStart(6)}  ${key}`);
}
