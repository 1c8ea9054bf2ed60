import { changeStates, type Change, type ProcessMark, type Step } from '../../model/change.js';
import { Cannot } from '../../model/cannot.js';
import { checkOperation } from '../../operations/all.js';
import { Arguments } from '../../operations/validate.js';

/** What one file of the journal holds. */
export type Entry =
  | { readonly is: 'change'; readonly change: Change }
  | { readonly is: 'unreadable'; readonly id: string; readonly why: string };

const journalVersion = 1;
const magic = 'whoblocked change';

export const changeId = /^[a-z2-7]{8}$/;

/** A line with version and checksum, then the change as JSON. */
export function encode(change: Change): string {
  const body = JSON.stringify(change);
  return `${magic} ${journalVersion} ${checksum(body)}\n${body}\n`;
}

/** Nothing is guessed: what is not whole, or of a version that is not known, stays as it is and is told. */
export function decode(id: string, text: string): Entry {
  const unreadable = (why: string): Entry => ({ is: 'unreadable', id, why });
  const [head = '', body = '', ...rest] = text.split('\n');
  const found = /^whoblocked change (\d{1,9}) ([0-9a-f]{64})$/.exec(head);
  if (!found) return unreadable('it is damaged: its first line is not one of whoblocked');
  if (Number(found[1]) > journalVersion)
    return unreadable('it was written by a newer version of whoblocked: take it back with that one');
  if (rest.join('') !== '' || !text.endsWith('\n') || checksum(body) !== found[2])
    return unreadable('it is damaged: it was cut off or changed');
  try {
    const change = checkChange(JSON.parse(body));
    return change.id === id ? { is: 'change', change } : unreadable('it is not what its name says');
  } catch (error) {
    if (error instanceof Cannot || error instanceof SyntaxError) return unreadable(error.message);
    throw error;
  }
}

function checksum(body: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

function checkChange(json: unknown): Change {
  const args = new Arguments('a change', json);
  const texts = (name: string): string[] => {
    const value = args.take(name);
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw args.wrong(`${name} is no list`);
    return value;
  };
  const text = (name: string): string => {
    const value = args.take(name);
    if (typeof value !== 'string') throw args.wrong(`${name} is no text`);
    return value;
  };
  const change: Change = {
    id: args.matching('id', changeId),
    state: args.oneOf('state', changeStates),
    createdAt: text('createdAt'),
    updatedAt: text('updatedAt'),
    version: text('version'),
    remedy: text('remedy'),
    title: text('title'),
    risk: args.oneOf('risk', ['none', 'low', 'high']),
    target: text('target'),
    cause: text('cause'),
    why: text('why'),
    opens: texts('opens'),
    commands: texts('commands'),
    undo: texts('undo'),
    steps: args.list('steps', 64, checkStep),
    keepForMs: args.whole('keepForMs', 0, 3_600_000),
    until: args.take('until') as string | null,
    by: checkMark(args.take('by')),
  };
  const note = args.optional('note', text);
  args.end();
  return note === undefined ? change : { ...change, note };
}

function checkStep(json: unknown): Step {
  const args = new Arguments('a step', json);
  const step = { operation: checkOperation(args.take('operation')), before: args.take('before') };
  const after = args.take('after');
  args.end();
  return after === undefined ? step : { ...step, after };
}

function checkMark(json: unknown): ProcessMark {
  const args = new Arguments('a process', json);
  const { pid, started, boot } = {
    pid: args.whole('pid', 1, 2 ** 31),
    started: args.take('started'),
    boot: args.take('boot'),
  };
  args.end();
  return {
    pid,
    started: typeof started === 'number' ? started : null,
    boot: typeof boot === 'string' ? boot : null,
  };
}
