import { fact } from '../model/facts.js';
import { deviceProgram } from '../inspectors/program/program.js';
import { deviceSelf } from '../inspectors/self/self.js';
import type { ProgramAsked } from '../model/program.js';
import type { Report } from '../model/report.js';
import { defaultOptions, type Options } from '../model/settings.js';
import type { System } from '../model/system.js';
import type { Target } from '../model/target.js';
import { moreGatherers } from './base-gatherers.js';
import { loadCatalogue } from './diagnose.js';
import { gather } from './gather.js';
import { assess } from './judge.js';
import { programAttempts } from './program-attempts.js';
import { version } from './version.js';

/** Why a program cannot be started at all: a report as of any diagnosis. It sends nothing. */
export async function diagnoseStart(
  program: ProgramAsked,
  options: Partial<Options>,
  system: System,
  signal: AbortSignal,
): Promise<Report> {
  const startedAt = system.clock.wall().toISOString();
  const began = system.clock.now();
  const target = targetOf(program);
  const { facts, assessment } = await gather({
    target,
    system,
    options: { ...defaultOptions, ...options, program, references: false },
    base: [deviceSelf, deviceProgram],
    more: moreGatherers,
    catalogue: loadCatalogue,
    signal,
  });
  const { judgement } = assessment ?? assess(facts, { built: [], unbuilt: [] });
  return {
    schema: 'whoblocked/report/1',
    version,
    startedAt,
    elapsedMs: Math.round(system.clock.now() - began),
    packets: 0,
    as: { uid: system.identity.uid, user: system.identity.user, privileges: system.identity.privileges },
    target: { input: target.input, scheme: target.scheme, host: target.host, port: 0, addresses: [] },
    ...judgement,
    remedies: [],
    facts,
  };
}

/** Whether the program of such a report cannot be started. */
export function cannotStart({ facts }: Report): boolean {
  return programAttempts(facts).some(({ stage, outcome }) => stage === 'target' && outcome !== 'ok');
}

/** The process was there when it was asked for, and not any more when it was read. */
export function hasEnded({ facts }: Pick<Report, 'facts'>): boolean {
  const program = fact(facts, 'device.program');
  return program !== undefined && program.pid !== null && !program.running;
}

/** `run /usr/bin/curl`: no place in any network. */
function targetOf({ path, named }: ProgramAsked): Target {
  return {
    input: `run ${path ?? named}`,
    scheme: 'program',
    host: '',
    port: 0,
    portGiven: false,
    path: path ?? named,
    transport: 'plain',
    protocol: 'service',
    literal: 0,
  };
}
