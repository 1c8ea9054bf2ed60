import type { Change } from '../model/change.js';
import type { Plan } from '../model/remedy.js';
import type { Verdict } from '../model/report.js';
import { clean, inert, wrap } from './clean.js';
import { isNamed } from './named.js';
import { labelled } from './text.js';

export interface ShownPlan {
  /** What is wrong; null where somebody just asked for it. */
  readonly verdict: Pick<Verdict, 'summary'> | null;
  readonly plan: Plan;
  readonly risk: 'none' | 'low' | 'high';
  readonly commands: readonly string[];
  readonly preview: readonly string[];
  readonly undo: string;
  readonly until: string | null;
}

const width = 80;

/** What would be done, as exact commands and as a difference, with its risk and its way back. */
export function planText(shown: ShownPlan): string {
  const { verdict, plan, risk, commands, preview, undo, until } = shown;
  const lowers = risk === 'high' ? 'lowers safety: ' : '';
  const lines = [
    ...(verdict === null
      ? []
      : [...wrap(clean(verdict.summary, 300), width - 2).map((line, i) => `${i === 0 ? '✗' : ' '} ${line}`), '']),
    ...texts(verdict === null ? 'plan' : 'fix', `${lowers}${clean(plan.title, 300)}`),
    ...commands.map((command) => `             ${clean(command, 400)}`),
    ...preview.map((line, i) => `  ${i === 0 ? 'changes    ' : '           '}${kept(line)}`),
    ...texts('risk', risks[risk]),
    ...texts('opens', plan.opens.length === 0 ? 'nothing else' : plan.opens.map((one) => clean(one)).join('; ')),
    ...plan.notes.flatMap((note) => texts('note', clean(note, 300))),
    ...(until === null ? [] : texts('ends', `by itself, ${clean(until)}`)),
    ...texts('undo', clean(undo)),
  ];
  return `${lines.map(inert).join('\n')}\n`;
}

/** Why nothing is changed: what is wrong, each reason once or the one sentence, and what to do by hand. */
export function refusedText(
  verdict: Verdict,
  why: string | readonly { readonly remedy: string; readonly whyNot: string }[],
): string {
  const named = isNamed({ verdict });
  const none = named
    ? 'There is nothing that whoblocked may change about that.'
    : 'What stops it is not known: there is nothing to change.';
  const refusals = typeof why === 'string' ? [] : why;
  const sentence = typeof why === 'string' ? why : none;
  const lines = [
    ...wrap(clean(verdict.summary, 300), width - 2).map((line, i) => `${i > 0 ? ' ' : named ? '✗' : '?'} ${line}`),
    ...(refusals.length === 0 ? [`  ${sentence}`] : []),
    ...[...new Set(refusals.map(({ whyNot }) => whyNot))].flatMap((whyNot) => {
      const those = refusals.filter((one) => one.whyNot === whyNot).map(({ remedy }) => remedy);
      return texts('no fix', `${those.includes('any') ? '' : `${those.join(', ')}: `}${clean(whyNot, 300)}`);
    }),
    ...(verdict.advice === undefined ? [] : texts(named ? 'what to do' : 'unknown', clean(verdict.advice, 400))),
  ];
  return `${lines.map(inert).join('\n')}\n`;
}

const risks: Readonly<Record<ShownPlan['risk'], string>> = {
  none: 'none',
  low: 'low: nothing but what is shown changes, and it can be taken back',
  high: 'high: this computer is less protected then; it can be taken back',
};

/** What was changed, when, why and for which target, the newest last; of what is in force, how it comes back. */
export function changesText(changes: readonly Change[], undo: string): string {
  if (changes.length === 0) return 'whoblocked has changed nothing on this computer.\n';
  const lines = changes.flatMap((change) => {
    const { id, state, createdAt, target, title, until, note } = change;
    const isOpen = state === 'confirmed' || state === 'applied' || state === 'applying' || state === 'reverting';
    return [
      `${isOpen ? '●' : '○'} ${id}  ${stateWords(change)}, ${clean(createdAt)}, for ${clean(target, 80)}`,
      ...texts('', clean(title, 300)),
      ...change.commands.map((command) => `             ${clean(command, 400)}`),
      ...(change.why === '' ? [] : texts('why', clean(change.why, 300))),
      ...(until === null ? [] : texts('ends', clean(until))),
      ...(note === undefined ? [] : texts('note', clean(note, 300))),
      ...(isOpen
        ? [...texts('undo', `${undo} ${id}`), ...change.undo.map((line) => `             ${clean(line, 400)}`)]
        : []),
    ];
  });
  return `${lines.map(inert).join('\n')}\n`;
}

export function stateWords({ state }: Pick<Change, 'state'>): string {
  const words: Readonly<Record<Change['state'], string>> = {
    planned: 'planned, nothing changed yet',
    applying: 'not finished',
    applied: 'in force, not confirmed yet',
    confirmed: 'in force',
    reverting: 'being taken back',
    reverted: 'taken back',
    failed: 'not made',
  };
  return words[state];
}

function texts(label: string, text: string): string[] {
  return labelled(label, text, width).map((line) => line.text);
}

/** A line of a difference keeps its spaces. */
function kept(line: string): string {
  const [, start = '', rest = ''] = /^([+ -] *)?(.*)$/s.exec(line) ?? [];
  return `${start}${clean(rest, 300)}`;
}
