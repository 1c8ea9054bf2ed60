// Runs one cycle on a device, with or without a fault, and says what was wrong with it.
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ran } from '../world/process.js';
import { until } from '../world/process.js';
import { TARGET, type Cycle } from './cycle.js';
import { differing, type Device } from './device.js';
import type { Fault, FaultKind } from './fault.js';

export interface Bench {
  device: Device;
  node: string;
  /** The command with faults. */
  worker: string;
}

export interface Finding {
  /** Empty when all was as it must be. */
  wrong: string[];
  steps: string[];
  /** How a run with a fault ended. */
  ended: 'whole' | 'before';
  /** Milliseconds from the start of `fix` to its end, and of the change from planned to confirmed. */
  ms: number;
  changeMs: number | null;
}

interface ChangesJson {
  changes: { id: string; state: string; commands: string[]; createdAt: string; updatedAt: string; remedy: string }[];
  why?: string;
  before?: { cause: string; certainty: string };
}

/** What the fault comes into: the change, or taking it back. */
export type During = 'fix' | 'undo';

export async function runCycle(
  bench: Bench,
  cycle: Cycle,
  kind: FaultKind,
  at: number,
  during: During = 'fix',
): Promise<Finding> {
  try {
    return await runOnce(bench, cycle, kind, at, during);
  } finally {
    await cycle.mends?.(bench.device);
  }
}

async function runOnce(bench: Bench, cycle: Cycle, kind: FaultKind, at: number, during: During): Promise<Finding> {
  const { device } = bench;
  await device.clean();
  await cycle.breaks(device);
  // What the manager's own loading changes is no left-over of ours.
  if (kind === 'reload' && cycle.reload) await device.words(...cycle.reload);
  const before = await stateOf(cycle, device);
  const wrong: string[] = [];
  const log = path.join(device.directory, 'steps');
  rmSync(log, { force: true });
  if (cycle.byUser) writeFileSync(log, '', { mode: 0o666 });
  if (cycle.byUser) chmodSync(log, 0o666);
  const { environment, byUser, group } = cycle;
  const made = async (words: readonly string[], fault?: Fault): Promise<Ran> =>
    command(bench, words, fault, environment, byUser, group);
  const words = during === 'fix' ? wordsOf(cycle) : undoing;
  if (during === 'undo') await made(wordsOf(cycle));
  const fixed = await made(words, faultOf(bench, words, cycle, kind, at, log));
  await noWatchdog(device, wrong);
  const steps = linesOf(log);
  if (kind === 'power') await cycle.boots?.(device);
  const json = parsed(fixed);
  if (during === 'undo') {
    if (kind === 'none' && fixed.code !== 0)
      wrong.push(`undo ended with ${fixed.code}: ${fixed.stdout}${fixed.stderr}`);
  } else if (kind === 'none' && cycle.instead) {
    const { code, says, isDone } = cycle.instead;
    if (fixed.code !== code) wrong.push(`it ended with ${fixed.code}: ${fixed.stdout}${fixed.stderr}`);
    if (says?.test(json?.why ?? '') === false) wrong.push(`it says: ${json?.why ?? 'nothing'}`);
    if (!isDone(device)) wrong.push(`it did not do what it does instead: ${fixed.stdout}`);
    if (json?.changes.length !== 0) wrong.push(`changes: ${fixed.stdout}`);
    wrong.push(...unlikeProof(cycle, json));
  } else if (kind === 'none') {
    if (fixed.code !== (cycle.takenBack === undefined ? 0 : 1))
      wrong.push(`fix ended with ${fixed.code}: ${fixed.stdout}${fixed.stderr}`);
    const change = json?.changes[0];
    if (cycle.takenBack?.test(json?.why ?? '') === false)
      wrong.push(`why it was taken back: ${json?.why ?? 'nothing'}`);
    const isKept = cycle.proves === undefined && cycle.isKept !== false && cycle.takenBack === undefined;
    if (change?.state !== (isKept ? 'confirmed' : 'reverted')) wrong.push(`the change is ${change?.state ?? 'none'}`);
    wrong.push(...unlikeProof(cycle, json));
    if (change !== undefined && change.remedy !== cycle.remedy) wrong.push(`the remedy was ${change.remedy}`);
    if (cycle.commands && !change?.commands.some((line) => cycle.commands?.test(line)))
      wrong.push(`the commands are ${JSON.stringify(change?.commands)}`);
    if (change?.commands.some((line) => cycle.notCommands?.test(line)))
      wrong.push(`the commands hold what is not needed: ${JSON.stringify(change.commands)}`);
  }
  const ended = await settled(bench, cycle, before, kind === 'second-run' ? 2 : 1, wrong);
  if (wrong.length > 0 && kind !== 'none') {
    const how = fixed.timedOut ? 'was ended after 90 s' : `ended with ${fixed.code ?? fixed.signal}`;
    wrong.push(`${during} ${how} after ${Math.round(fixed.ms)} ms: ${fixed.stdout}${fixed.stderr}`, ...steps.slice(-8));
  }
  const change = json?.changes[0];
  const took = change?.state === 'confirmed' ? Date.parse(change.updatedAt) - Date.parse(change.createdAt) : null;
  // Where the clock itself was set in between, nothing is known of it.
  const changeMs = took !== null && took >= 0 ? took : null;
  return { wrong, steps, ended, ms: fixed.ms, changeMs };
}

function unlikeProof({ proves }: Cycle, json: ChangesJson | null): string[] {
  const isProven = json?.before?.certainty === 'proven';
  const isAsMeant = proves === undefined || (proves === null ? !isProven : isProven && json.before?.cause === proves);
  return isAsMeant ? [] : [`what is proven: ${JSON.stringify(json?.before)}, ${json?.why ?? ''}`];
}

const undoing = ['undo', '--all', '--json'] as const;

export function wordsOf(cycle: Cycle): string[] {
  const usual = ['fix', target(cycle), '--yes', '--json', ...(cycle.references ? [] : ['--no-references'])];
  return [...(cycle.words ?? usual), ...(cycle.arguments ?? [])];
}

async function curlReaches(device: Device, url: string): Promise<boolean> {
  const ran = await device.run(['curl', '-s', '-o', '/dev/null', '--noproxy', '*', '-m', '5', '-g', url]);
  return ran.code === 0;
}

export function stateOf(cycle: Cycle, device: Device): Promise<string> {
  return cycle.state?.(device) ?? device.state();
}

function target(cycle: Cycle): string {
  return cycle.target ?? TARGET;
}

/** Whatever happened: the next commands find either a change that is whole and recorded, or the state before. */
export async function settled(
  bench: Bench,
  cycle: Cycle,
  before: string,
  most: number,
  wrong: string[],
): Promise<'whole' | 'before'> {
  const { device } = bench;
  const list = await command(bench, ['changes', '--json'], undefined, {}, cycle.ownJournal);
  const changes = parsed(list)?.changes ?? [];
  const open = changes.filter(({ state }) => state !== 'reverted' && state !== 'failed');
  const isWhole = open.some(({ state }) => state === 'confirmed');
  if (open.length > most) wrong.push(`${open.length} changes are open`);
  if (isWhole) {
    const works = cycle.works ?? ((one: Device) => curlReaches(one, target(cycle)));
    if (!(await works(device))) wrong.push('the target does not work');
  }
  if (open.length > 0) {
    const undone = await command(
      bench,
      ['undo', '--all', '--json'],
      undefined,
      cycle.environment,
      cycle.byUser,
      cycle.group,
    );
    if (undone.code !== 0) wrong.push(`undo ended with ${undone.code}: ${undone.stdout}${undone.stderr}`);
  } else if (list.code !== 0) wrong.push(`changes ended with ${list.code}: ${list.stdout}${list.stderr}`);
  const after = await stateOf(cycle, device);
  if (after !== before) wrong.push(`the state is not as before:\n${differing(before, after)}`);
  const strays = device.journal().filter((file) => !/^(?:changes|lock|changes\/[a-z2-7]{8}\.change)$/.test(file));
  if (strays.length > 0) wrong.push(`left in the journal's directory: ${strays.join(', ')}`);
  return isWhole ? 'whole' : 'before';
}

function faultOf(
  bench: Bench,
  words: readonly string[],
  cycle: Cycle,
  kind: FaultKind,
  at: number,
  log: string,
): Fault {
  if (kind === 'second-run') {
    const again = [bench.node, bench.worker, ...words];
    return { at, log, kind, command: again };
  }
  if (kind === 'reload') return { at, log, kind: 'meanwhile', command: cycle.reload ?? [] };
  return { at, log, kind };
}

export function command(
  bench: Bench,
  words: readonly string[],
  fault?: Fault,
  variables: Readonly<Record<string, string>> = {},
  byUser = false,
  group?: string,
): Promise<Ran> {
  const environment = {
    ...variables,
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/root',
    SSL_CERT_FILE: bench.device.trustedRoot,
    ...(fault && { LAB_FAULT: JSON.stringify(fault) }),
  };
  // Nobody's own journal would lie there; the changes of this device are root's.
  const as = byUser ? (['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const) : (['env'] as const);
  const inside = group === undefined ? [] : bench.device.world.inGroup(group);
  return bench.device.run([...as, ...inside, bench.node, bench.worker, ...words], {
    environment: { ...environment, ...(byUser && { HOME: '/run/nobody' }) },
    timeoutMs: 90_000,
  });
}

function parsed(ran: Ran): ChangesJson | null {
  try {
    return JSON.parse(ran.stdout) as ChangesJson;
  } catch {
    return null;
  }
}

/** A watchdog that has nothing more to watch ends. */
export async function noWatchdog(device: Device, wrong: string[]): Promise<void> {
  const isGone = await until(
    async () =>
      (await device.run(['pgrep', '-f', 'watchdog [a-z2-7]{8}$', '--ns', String(device.pid), '--nslist', 'mnt']))
        .code !== 0,
    20_000,
    50,
  );
  if (!isGone) wrong.push('a watchdog is left');
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  } catch {
    return [];
  }
}
