import type { Change, ChangeState } from '../model/change.js';
import type { Verdict } from '../model/report.js';
import { printable } from './json.js';

/** The states of the contract: what is being done counts as what it would be when it is cut off now. */
const told: Readonly<Record<ChangeState, 'planned' | 'applied' | 'confirmed' | 'reverted' | 'failed'>> = {
  planned: 'planned',
  applying: 'applied',
  applied: 'applied',
  confirmed: 'confirmed',
  reverting: 'applied',
  reverted: 'reverted',
  failed: 'failed',
};

export interface ChangesReport {
  readonly changes: readonly Change[];
  readonly before?: Verdict | undefined;
  readonly after?: Verdict | undefined;
  /** Why nothing was done, or what is left: one clause. */
  readonly why?: string | undefined;
  readonly difference?: readonly string[] | undefined;
  readonly refusals?: readonly { readonly remedy: string; readonly whyNot: string }[] | undefined;
  readonly unreadable?: readonly { readonly id: string; readonly why: string }[] | undefined;
  /** Commands to paste where nothing is changed by this program. */
  readonly byHand?: { readonly commands: readonly string[]; readonly undo: readonly string[] } | undefined;
}

/** `whoblocked/changes/1` of the contract, one line break at the end. */
export function renderChangesJson(report: ChangesReport): string {
  const { changes, before, after, why, difference, refusals, unreadable, byHand } = report;
  const json = {
    schema: 'whoblocked/changes/1',
    changes: changes.map(forReading),
    before,
    after,
    why,
    difference,
    refusals,
    unreadable,
    byHand,
  };
  return `${printable(JSON.stringify(json, null, 2))}\n`;
}

/** Without the state before: whole files may be in it. */
function forReading({ steps: _steps, by: _by, keepForMs: _keep, state, ...rest }: Change): object {
  return { ...rest, state: told[state] };
}
