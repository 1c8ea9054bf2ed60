import { isDeepStrictEqual } from 'node:util';
import { Cannot } from '../../model/cannot.js';
import type { Change, Step } from '../../model/change.js';
import type { Operation } from '../../model/operation.js';
import type { Plan, Remedy } from '../../model/remedy.js';
import { checkOperation, kindOf } from '../../operations/all.js';
import { version } from '../version.js';
import { linesOfOthers, lookAt, takeBack, type TakenBack } from './take-back.js';
import { handsFor, type Tools, type WatchdogProcess } from './tools.js';

export interface Order {
  /** Of the change that it becomes: newId(). */
  readonly id: string;
  readonly remedy: Pick<Remedy, 'id' | 'risk'>;
  readonly plan: Plan;
  /** When its making began: whoever has repaired the same target since then may have made it needless. */
  readonly plannedAt?: Date;
  /** What is written down of the reason. */
  readonly ailment: {
    readonly target: { readonly input: string };
    readonly verdict: { readonly cause: string; readonly summary: string };
    readonly facts?: unknown;
  };
  readonly keepForMs: number;
  readonly until: string | null;
  /** Measures the target again; says why the change is no good, or null when it is kept. */
  judge(signal: AbortSignal): Promise<string | null>;
  readonly signal: AbortSignal;
}

export type Outcome =
  | { readonly done: true; readonly change: Change }
  /** Everything is as before, unless `left` says what is not. */
  | { readonly done: false; readonly change: Change | null; readonly why: string; readonly left: readonly string[] };

const longestWords = 2_000;
const proofMs = 10_000;
export const watchdogGone = 'the watchdog was ended from outside';

/**
 * A change from plan to confirmed: written down, a watchdog armed and proven, applied, measured, kept or taken back.
 * Whatever goes wrong on the way, and wherever it is cut off, the machine is as before or the change is whole and recorded.
 */
export async function carryOut(order: Order, tools: Tools): Promise<Outcome> {
  let change: Change | null = null;
  let guard: WatchdogProcess | null = null;
  try {
    change = await tools.journal.locked(() => plan(order, tools));
    guard = await arm(change, tools);
    change = await apply(change, guard, tools);
    const why = await judgeWhileGuarded(order, guard);
    if (why !== null) throw new Cannot(why);
    let confirmed = await confirm(change, guard, tools, 'alone');
    if ('others' in confirmed) {
      // What was measured before somebody changed the same place says nothing of it any more.
      const whyNow = await judgeWhileGuarded(order, guard);
      if (whyNow !== null) throw new Cannot(`somebody changed it again at once (${confirmed.others}): ${whyNow}`);
      confirmed = await confirm(change, guard, tools, 'beside others');
    }
    if ('others' in confirmed) throw new Error('others were no reason any more');
    guard.tell('done');
    return { done: true, change: confirmed };
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    if (change === null) return { done: false, change, why: error.message, left: [] };
    const taken = await takeBackNow(change, error.message, tools);
    // Where that failed the watchdog is not let go: it tries once more when this process ends.
    if (taken.ok) guard?.tell('done');
    // One that ends because it took the change back has written down why.
    const why = (error.message === watchdogGone && taken.ok && taken.change.note) || error.message;
    return failed(change, why, taken);
  }
}

/** Everything is looked at and written down; nothing but the probe is made. */
async function plan(order: Order, tools: Tools): Promise<Change> {
  const { id, ailment, remedy, keepForMs, until } = order;
  await mustBeAlone(order, tools);
  const operations = [probeFor(order.plan.operations), ...order.plan.operations.map(checkOperation)];
  const hands = handsFor(id, tools);
  const steps: Step[] = [];
  for (const operation of operations) {
    const before: unknown = await kindOf(operation).capture(operation, hands);
    steps.push({ operation, before });
  }
  const now = tools.clock.wall().toISOString();
  const change: Change = {
    id,
    state: 'planned',
    createdAt: now,
    updatedAt: now,
    version,
    remedy: remedy.id,
    title: order.plan.title,
    risk: remedy.risk,
    // As a user's own process said them.
    target: ailment.target.input.slice(0, longestWords),
    cause: ailment.verdict.cause,
    why: ailment.verdict.summary.slice(0, longestWords),
    opens: order.plan.opens,
    commands: steps.flatMap(({ operation, before }) => kindOf(operation).commands(operation, id, before)),
    undo: steps.flatMap(({ operation, before }) => kindOf(operation).undo(operation, id, before)),
    steps,
    keepForMs,
    until,
    by: tools.self,
  };
  await tools.journal.write(change);
  return change;
}

async function mustBeAlone({ plannedAt, ailment }: Order, tools: Tools): Promise<void> {
  for (const entry of await tools.journal.entries()) {
    if (entry.is === 'unreadable') continue;
    const { id, state, by, target, updatedAt } = entry.change;
    const isSame = target === ailment.target.input.slice(0, longestWords);
    if (plannedAt && isSame && state === 'confirmed' && new Date(updatedAt) >= plannedAt)
      throw new Cannot(`another run has repaired ${target} meanwhile (change ${id})`);
    const isUnderWay = state === 'planned' || state === 'applying' || state === 'applied' || state === 'reverting';
    if (!isUnderWay) continue;
    if (tools.isAlive(by)) throw new Cannot(`another run of whoblocked is making change ${id} right now`);
    throw new Cannot(`change ${id} of an earlier run was never finished: whoblocked undo ${id} takes it back`);
  }
}

/** The watchdog shows on this that it can undo: with the same program that the change needs. */
function probeFor(operations: readonly Operation[]): Operation {
  return {
    kind: 'probe',
    with: operations.some(({ kind }) => kind.startsWith('nft') || kind === 'firewall-reset') ? 'nft' : 'disk',
  };
}

/** Started, and seen to take back the probe. */
export async function arm(change: Change, tools: Tools, wouldDo = 'take the change back'): Promise<WatchdogProcess> {
  for (const start of tools.watchdogs) {
    const guard = await proven(change, start, tools);
    if (guard !== null) return guard;
  }
  throw new Cannot(`the watchdog that would ${wouldDo} does not work here, so nothing was changed`);
}

async function proven(
  change: Change,
  start: (change: Change) => WatchdogProcess,
  tools: Tools,
): Promise<WatchdogProcess | null> {
  const probes = change.steps.filter(({ operation }) => operation.kind === 'probe');
  for (const step of probes) {
    const { operation, before } = step;
    const look = await lookAt(step, change.id, tools);
    if (look.is === 'before') await kindOf(operation).apply(operation, before, handsFor(change.id, tools));
  }
  const guard = start(change);
  const word = await guard.hear(proofMs);
  const looks = await Promise.all(probes.map((step) => lookAt(step, change.id, tools)));
  if (word === 'proven' && !guard.hasEnded && looks.every((look) => look.is === 'before')) return guard;
  guard.tell('done');
  return null;
}

function apply(planned: Change, guard: WatchdogProcess, tools: Tools): Promise<Change> {
  return tools.journal.locked(async () => {
    const now = await tools.journal.change(planned.id);
    if (now.state !== 'planned') throw new Cannot(`change ${now.id} is ${now.state} already`);
    const change = await tools.journal.advance(now, 'applying');
    guard.tell('applying');
    const steps: Step[] = [];
    for (const step of change.steps) {
      steps.push(step);
      if (step.operation.kind === 'probe') continue;
      const { operation, before } = step;
      // What was written down must still be what is there: a manager may have loaded its rules again meanwhile.
      const look = await lookAt(step, change.id, tools);
      if (look.is !== 'before') throw new Cannot('somebody changed it since the plan was made');
      await kindOf(operation).apply(operation, before, handsFor(change.id, tools));
      const after = await kindOf(operation).settled?.(operation, handsFor(change.id, tools));
      if (after !== undefined) steps[steps.length - 1] = { ...step, after };
      // What was just noted of the machine need not be read from it once more.
      const then =
        after === undefined
          ? await lookAt(step, change.id, tools)
          : ({ is: isDeepStrictEqual(after, before) ? 'before' : 'after' } as const);
      if (then.is === 'before')
        throw new Cannot(
          after === undefined
            ? 'what was to do it said that it is done, and nothing changed'
            : 'it changes nothing here: all is like that already',
        );
      if (then.is !== 'after') throw new Cannot('the change did not come out as planned');
    }
    return tools.journal.advance(change, 'applied', { steps });
  });
}

async function judgeWhileGuarded(order: Order, guard: WatchdogProcess): Promise<string | null> {
  const stop = new AbortController();
  const lost = guard.ended.then(() => watchdogGone);
  const aborted = new Promise<string>((resolve) => {
    if (order.signal.aborted) resolve('it was interrupted');
    order.signal.addEventListener('abort', () => resolve('it was interrupted'), { once: true });
  });
  try {
    return await Promise.race([lost, aborted, order.judge(stop.signal)]);
  } finally {
    stop.abort();
  }
}

/** `alone`: only where nobody else changed the same place since; else the first line of what others did is handed back. */
function confirm(
  change: Change,
  guard: WatchdogProcess,
  tools: Tools,
  how: 'alone' | 'beside others',
): Promise<Change | { readonly others: string }> {
  return tools.journal.locked(async () => {
    const now = await tools.journal.change(change.id);
    if (now.state !== 'applied') throw new Cannot(now.note ?? `it was ${now.state} meanwhile`);
    if (guard.hasEnded) throw new Cannot(watchdogGone);
    const steps = now.steps.filter(({ operation }) => operation.kind !== 'probe');
    const looks = await Promise.all(steps.map((step) => lookAt(step, now.id, tools)));
    const [others] = how === 'alone' ? linesOfOthers(looks, now.id) : [];
    if (others !== undefined) return { others };
    // Others may have changed something beside it; ours must be there.
    if (!looks.every((look) => look.is === 'after' || (look.is === 'other' && look.ours)))
      throw new Cannot('somebody took the change out again meanwhile');
    return tools.journal.advance(now, 'confirmed');
  });
}

async function takeBackNow(change: Change, why: string, tools: Tools): Promise<TakenBack> {
  try {
    return await tools.journal.locked(async () => {
      const now = await tools.journal.change(change.id);
      return now.state === 'reverted' || now.state === 'failed'
        ? { ok: true, change: now }
        : takeBack(now, 'ours', tools, why);
    });
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    return { ok: false, change, why: error.message, difference: [] };
  }
}

function failed(change: Change, why: string, taken: TakenBack): Outcome {
  if (taken.ok) return { done: false, change: taken.change, why, left: [] };
  return { done: false, change: { ...change, ...taken.change }, why, left: [taken.why, ...taken.difference] };
}

/** Eight letters that cannot be taken for each other (RFC 4648, base32). */
export function newId(tools: Pick<Tools, 'random'>): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567';
  return Array.from(tools.random(8), (byte) => letters[byte & 31] ?? 'a').join('');
}
