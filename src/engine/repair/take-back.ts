import { Cannot } from '../../model/cannot.js';
import type { Change, Step } from '../../model/change.js';
import { kindOf } from '../../operations/all.js';
import type { Look } from '../../operations/operation-kind.js';
import { tagOf } from '../../operations/tag.js';
import { handsFor, type Tools } from './tools.js';

/**
 * - `exactly`: only when everything is as the change left it; else nothing is touched and the difference is told.
 * - `ours`: what the change did is taken out, and what others changed meanwhile stays.
 */
export type Manner = 'exactly' | 'ours';

export type TakenBack =
  | { readonly ok: true; readonly change: Change; readonly note?: string }
  | { readonly ok: false; readonly change: Change; readonly why: string; readonly difference: readonly string[] };

export async function lookAt({ operation, before, after }: Step, id: string, tools: Tools): Promise<Look> {
  return kindOf(operation).look(operation, before, handsFor(id, tools), after);
}

/** What others changed where the change was made, since then: lines of a difference, `+ tcp dport 80 drop`. */
export async function othersLines(change: Change, tools: Tools): Promise<string[]> {
  return linesOfOthers(await Promise.all(change.steps.map((step) => lookAt(step, change.id, tools))), change.id);
}

export function linesOfOthers(looks: readonly Look[], id: string): string[] {
  const lines = looks.flatMap((look) => (look.is === 'other' ? look.difference : []));
  return lines.filter((line) => /^[+-] /.test(line) && !line.includes(tagOf(id)));
}

/** Only with the journal locked, and with the change as it stands there. */
export async function takeBack(change: Change, manner: Manner, tools: Tools, note?: string): Promise<TakenBack> {
  if (change.state === 'applying') await rest(change, tools);
  const looks = await Promise.all(change.steps.map((step) => lookAt(step, change.id, tools)));
  const isUnderWay = change.state === 'applying' || change.state === 'reverting';
  const foreign = looks.filter((look) => look.is === 'other' || (look.is === 'torn' && !isUnderWay));
  if (manner === 'exactly' && foreign.length > 0) {
    const lines = foreign.flatMap((look) => ('difference' in look ? look.difference : []));
    const later = await laterAmong(lines, change, tools);
    const why =
      later === null
        ? 'somebody changed it meanwhile'
        : `change ${later} was made in the same place since, and has to be taken back first: whoblocked undo ${later}`;
    return { ok: false, change, why, difference: lines };
  }
  await sweep(change, tools);
  if (looks.every((look) => look.is === 'before')) return finished(change, tools, note);
  const begun = await recorded(change, manner, tools);
  const problems = await revertAll(begun, looks, tools);
  const after = await Promise.all(change.steps.map((step) => lookAt(step, change.id, tools)));
  const isLeft = after.some((look) => look.is === 'after' || look.is === 'torn' || (look.is === 'other' && look.ours));
  if (isLeft || (manner === 'exactly' && after.some((look) => look.is !== 'before'))) {
    const lines = after.flatMap((look) => ('difference' in look ? look.difference : []));
    return { ok: false, change: begun, why: problems[0] ?? 'it is not as it was before', difference: lines };
  }
  const others = after.some((look) => look.is === 'other') ? 'what others changed meanwhile was left as it is' : null;
  return finished(
    begun,
    tools,
    [note, others].filter((one) => one !== undefined && one !== null).join('; ') || undefined,
  );
}

/** Another change of whoblocked's that is in force, of which these lines bear the mark. */
async function laterAmong(lines: readonly string[], { id }: Change, { journal }: Tools): Promise<string | null> {
  const marked = lines.flatMap((line) => /whoblocked ([a-z2-7]{8})\b/.exec(line)?.[1] ?? []);
  for (const other of new Set(marked.filter((one) => one !== id))) {
    const entry = await journal.entry(other);
    if (entry?.is === 'change' && entry.change.state === 'confirmed') return other;
  }
  return null;
}

/** The last step first. One that fails does not keep the others from being taken back. */
async function revertAll({ id, steps }: Change, looks: readonly Look[], tools: Tools): Promise<string[]> {
  const problems: string[] = [];
  for (const [i, { operation, before }] of [...steps.entries()].toReversed()) {
    if (looks[i]?.is === 'before') continue;
    try {
      await kindOf(operation).revert(operation, before, handsFor(id, tools));
    } catch (error) {
      if (!(error instanceof Cannot)) throw error;
      problems.push(error.message);
    }
  }
  return problems;
}

async function rest({ id, steps }: Change, tools: Tools): Promise<void> {
  await Promise.all(
    steps.map(async ({ operation, before }) => kindOf(operation).rest?.(operation, before, handsFor(id, tools))),
  );
}

async function sweep({ id, steps }: Change, tools: Tools): Promise<void> {
  try {
    for (const { operation } of steps) await kindOf(operation).sweep?.(operation, handsFor(id, tools));
  } catch (error) {
    // What lies about harms nobody; the next undo sweeps again.
    if (!(error instanceof Cannot)) throw error;
  }
}

/** A journal that cannot be written keeps nobody from getting their network back; what is there is looked at next time. */
async function recorded(change: Change, manner: Manner, { journal }: Tools): Promise<Change> {
  if (change.state === 'reverting') return change;
  try {
    return await journal.advance(change, 'reverting');
  } catch (error) {
    if (manner === 'exactly' || !(error instanceof Cannot)) throw error;
    return change;
  }
}

async function finished(change: Change, { journal }: Tools, note?: string): Promise<TakenBack> {
  const more = note === undefined ? {} : { note };
  try {
    const settled = change.state === 'planned' ? 'failed' : 'reverted';
    return { ok: true, change: await journal.advance(change, settled, more), ...more };
  } catch (error) {
    if (!(error instanceof Cannot)) throw error;
    // It is as before: the next start sees that for itself.
    return {
      ok: true,
      change: { ...change, state: 'reverted', ...more },
      note: `it could not be written down: ${error.message}`,
    };
  }
}
