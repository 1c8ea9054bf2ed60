import type { Ailment, Eyes, Plan, Remedy } from '../../model/remedy.js';
import { Cannot } from '../../model/cannot.js';
import { kindOf } from '../../operations/all.js';
import { loadCatalogue } from '../diagnose.js';
import { remediesNamed } from '../offered.js';
import { endingAt, endsLate } from './ending.js';
import { othersLines } from './take-back.js';
import { handsFor, type Tools } from './tools.js';

export interface Choice {
  readonly remedy: Remedy;
  readonly plan: Plan;
  /** As the files and rules would change. */
  readonly preview: readonly string[];
  readonly commands: readonly string[];
}

export interface Refusal {
  readonly remedy: string;
  readonly whyNot: string;
}

export interface Wish {
  /** This remedy and no other. */
  readonly only: string | null;
  /** When it ends by itself, ISO 8601. */
  readonly until: string | null;
}

/** The first remedy that has a plan which fits, and why those before it have none. Changes nothing. */
export async function choose(
  ailment: Ailment,
  { only, until }: Wish,
  id: string,
  eyes: Eyes,
  tools: Tools,
): Promise<{ readonly choice: Choice | null; readonly refusals: readonly Refusal[] }> {
  const refusals: Refusal[] = [];
  const { built } = await loadCatalogue();
  const ids = built.find((cause) => cause.id === ailment.verdict.cause)?.remedies ?? [];
  if (only !== null && !ids.includes(only)) {
    const others = ids.length === 0 ? 'nothing that whoblocked may change does' : `what may: ${ids.join(', ')}`;
    const whyNot = `it does not help with ${ailment.verdict.cause}; ${others}`;
    return { choice: null, refusals: [{ remedy: only, whyNot }] };
  }
  for await (const remedy of remediesNamed(only === null ? ids : [only])) {
    // What somebody asks for by its name is told why not.
    if (only === null && remedy.concerns?.(ailment) === false) continue;
    const refuse = (whyNot: string): void => void refusals.push({ remedy: remedy.id, whyNot });
    if (!remedy.platforms.includes(eyes.system.platform)) {
      refuse('it is not known how to do that on this system');
      continue;
    }
    if (remedy.needs === 'root' && !eyes.system.identity.root) {
      refuse('it needs root');
      continue;
    }
    const made = remedy.plan(ailment, await remedy.look(ailment, eyes));
    if ('whyNot' in made) {
      refuse(made.whyNot);
      continue;
    }
    const ending: Plan =
      until === null ? made : { ...made, operations: made.operations.map((operation) => endingAt(operation, until)) };
    const late = until === null ? null : endsLate(ending.operations);
    const since = await putBackSince(ailment, remedy, tools);
    const plan: Plan = { ...ending, notes: [...ending.notes, ...(late === null ? [] : [late]), ...since] };
    try {
      return { choice: { remedy, plan, ...(await tools.journal.locked(() => rehearse(plan, id, tools))) }, refusals };
    } catch (error) {
      if (!(error instanceof Cannot)) throw error;
      refuse(error.message);
    }
  }
  return { choice: null, refusals };
}

/** A change that is in force for the same target, and what somebody put beside it since. */
async function putBackSince({ target }: Ailment, { id: remedy }: Remedy, tools: Tools): Promise<string[]> {
  const entries = await tools.journal.entries();
  const inForce = entries.flatMap((entry) =>
    entry.is === 'change' && entry.change.state === 'confirmed' ? [entry.change] : [],
  );
  const last = inForce.findLast((change) => change.target === target.input && change.remedy === remedy);
  const line = last && (await othersLines(last, tools)).find((one) => one.startsWith('+ '));
  if (last === undefined || line === undefined) return [];
  return [
    `change ${last.id} let this through already, and since then somebody put there: ${line.slice(2)}. A program that did that once may do it again: it is the one to ask`,
  ];
}

/** With the journal locked: whether the plan fits the machine, and how it would look. Changes nothing. */
export async function rehearse(
  { operations }: Plan,
  id: string,
  tools: Tools,
): Promise<Pick<Choice, 'preview' | 'commands'>> {
  const preview: string[] = [];
  const commands: string[] = [];
  for (const operation of operations) {
    const before: unknown = await kindOf(operation).capture(operation, handsFor(id, tools));
    preview.push(...kindOf(operation).preview(operation, before, id));
    commands.push(...kindOf(operation).commands(operation, id, before));
  }
  return { preview, commands };
}
