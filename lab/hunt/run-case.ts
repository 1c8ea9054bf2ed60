// One case: its world, the command's answer, and what was true.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadCatalogue } from '../../src/engine/diagnose.js';
import { assess } from '../../src/engine/judge.js';
import type { Report } from '../../src/model/report.js';
import { onDevice, type Command } from '../run/execute.js';
import { leftovers, tables } from '../run/leftovers.js';
import { parseReport } from '../run/report-form.js';
import type { Certificates } from '../services/certificates.js';
import { applySteps } from '../world/apply.js';
import { run } from '../world/process.js';
import { World } from '../world/world.js';
import type { Case } from './draw.js';
import type { Observation } from './observe/observation.js';
import { steadinessOf } from './observe/steadiness.js';
import { Wiretap } from './observe/wiretap.js';
import { moved } from './observe/counters.js';
import { countersOf, observe, type Program } from './observe/observe.js';
import { scoreOf, type Scored } from './score/score.js';
import { truthOf } from './truth/derive.js';
import type { Truth } from './truth/truth.js';
import { typed } from './world/draft.js';

export interface Bench {
  readonly certificates: Certificates;
  readonly server: readonly [string, ...string[]];
  readonly command: Command;
  readonly client: Program;
}

export interface Outcome {
  readonly drawn: Case;
  readonly truth: Truth;
  readonly seen: Observation;
  readonly report: Report | null;
  readonly scored: Scored;
  /** What the attempt that the verdict speaks of failed with. */
  readonly symptom: string;
  /** What breaks the report's form, or was left behind on the device. */
  readonly faults: readonly string[];
  readonly ms: number;
}

export async function worldOf({ draft }: Case, { certificates, server }: Bench): Promise<World> {
  const world = await World.build({
    topology: draft.network.topology,
    services: draft.services,
    files: draft.files,
    certificates,
    server,
  });
  try {
    const steps = draft.steps.toSorted((a, b) => Number(a.do === 'daemon') - Number(b.do === 'daemon'));
    // What holds connections must have them before anything is broken.
    await applySteps(world, [
      ...steps.filter(({ do: kind }) => kind === 'daemon'),
      ...steps.filter(({ do: kind }) => kind !== 'daemon'),
    ]);
    return world;
  } catch (error) {
    await world.remove();
    throw error;
  }
}

export function settingsOf({ draft: { network } }: Case): object {
  const [family = 4] = network.families;
  return {
    references: {
      resolvers: [network.referenceResolver[family]],
      portalChecks: [{ url: 'http://connectivity.example.net/success.txt', status: 200, body: 'success' }],
      hosts: ['www.example.net:443'],
    },
  };
}

export function environmentOf({ draft }: Case, { command }: Bench): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: draft.as === 'root' ? '/root' : '/nonexistent',
    LANG: 'C.UTF-8',
    SSL_CERT_FILE: command.trustedRoot,
    ...draft.environment,
  };
}

type Said = Pick<Outcome, 'report' | 'faults' | 'ms'> & Pick<Observation, 'steadiness'>;

async function diagnose(world: World, drawn: Case, bench: Bench): Promise<Said> {
  const settings = path.join(world.state, 'settings.json');
  writeFileSync(settings, JSON.stringify(settingsOf(drawn)), { mode: 0o644 });
  const tablesBefore = await tables(world);
  const line = [...bench.command.line, '--json', '--config', settings, '--', typed(drawn.draft.aim)];
  const wiretap = new Wiretap(world);
  const ran = await run(...onDevice(world, drawn.draft.as, line), {
    environment: environmentOf(drawn, bench),
    timeoutMs: 30_000,
    cwd: '/',
  });
  const { aim, network } = drawn.draft;
  const steadiness = steadinessOf(wiretap.read(), [network.server[4], network.server[6]], aim.port);
  wiretap.close();
  const { report, differences } = parseReport(ran);
  return { steadiness, report, faults: [...differences, ...(await leftovers(world, tablesBefore))], ms: ran.ms };
}

/**
 * A search for a neighbour that the command began says its end to the client too, which then asked for nobody itself. In any
 * machine's place that would be taken for a router without a way, or a device without one.
 */
async function forgetSearches(world: World, { draft }: Case): Promise<void> {
  for (const machine of draft.network.topology.machines)
    await run('ip', ['-n', world.namespace(machine), 'neigh', 'flush', 'all', 'nud', 'failed', 'nud', 'incomplete']);
}

/** The judgement is pure: judging the report's facts again tells which attempt it speaks of. */
async function symptomIn({ facts }: Report): Promise<string> {
  return assess(facts, await loadCatalogue()).symptom ?? 'none';
}

export async function runCase(drawn: Case, bench: Bench): Promise<Outcome> {
  const world = await worldOf(drawn, bench);
  try {
    const counters = countersOf(world, drawn.draft);
    const before = await counters.read();
    const early = drawn.commandFirst ? await diagnose(world, drawn, bench) : null;
    if (early) await forgetSearches(world, drawn);
    const observed = await observe(world, drawn.draft, bench.client);
    const said = early ?? (await diagnose(world, drawn, bench));
    const lossy = moved(before, await counters.read()).filter(({ text }) => text.includes('numgen'));
    const { steadiness, ...answer } = said;
    const seen = { ...observed, lossy, steadiness };
    const truth = truthOf(drawn.draft, seen);
    const symptom = said.report === null ? 'none' : await symptomIn(said.report);
    return { drawn, truth, seen, ...answer, symptom, scored: scoreOf(said.report, truth) };
  } finally {
    await world.remove();
  }
}
