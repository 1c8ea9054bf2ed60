import type { Change } from '../model/change.js';
import type { System } from '../model/system.js';
import { leftovers, type Leftovers } from '../engine/repair/leftovers.js';
import { openTools } from '../engine/repair/open-tools.js';
import type { Tools } from '../engine/repair/tools.js';
import { thisInvocation } from './invocation.js';
import { warn } from './output.js';

export interface Opened {
  readonly tools: Tools;
  readonly left: Leftovers;
}

/** The journal, with what earlier runs left behind looked through and told. */
export async function openRepair(system: System, script: string): Promise<Opened> {
  const tools = await openTools(system, script);
  const left = await leftovers(tools);
  for (const { id, note } of left.settled) warn(`change ${id}: ${note ?? 'taken back'}`);
  for (const { id, why } of left.unreadable)
    warn(
      `the record of change ${id} cannot be used, and is left as it is: ${why}. What it changed is marked "whoblocked ${id}"`,
    );
  for (const change of left.unfinished) warn(unfinished(change, script));
  return { tools, left };
}

function unfinished({ id, target }: Change, script: string): string {
  return `change ${id} for ${target} was never finished (its run was cut off): ${thisInvocation(script).plain} undo ${id} takes it back`;
}
