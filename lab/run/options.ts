// The words of `npm run lab`.
import { type Slice, sliceOf } from './choose.js';
import { parseArgs } from 'node:util';

export interface LabOptions {
  pattern: string;
  jobs: number;
  seed: number;
  slice: Slice | null;
  record: boolean;
  as: readonly Identity[];
  list: boolean;
  shell: boolean;
  verbose: boolean;
  check: boolean;
  /** Another build of the command than dist/. */
  cli: string | null;
  /** A run that differs is made once more; one that was wrong and sure never is. */
  again: boolean;
}

export type Identity = 'root' | 'user';

export const USAGE = `npm run lab [pattern] -- [options]
  pattern         runs the scenarios whose side/id holds it
  --jobs N        worlds at once (default 2)
  --seed S        order, and the part that --slice takes (default: today's date)
  --slice K/N     the K-th of N parts
  --as WHO        root, user or both (default both)
  --record        writes each run's facts into scenarios/
  --list          prints the scenarios and runs nothing
  --verbose       prints each report that differs, whole
  --check         asks curl instead of the command whether each world is broken as the scenario says
  --again         makes a run that differs once more, in a new world (a busy machine delays packets); never one that
                  was wrong and sure
  --cli FILE      the command to run instead of dist/cli.cjs
  --shell         builds the one matching scenario's world and opens a shell on its device
`;

function whole(value: string | undefined, otherwise: number, name: string, least = 0): number {
  if (value === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    throw new Error(`--${name} wants a whole number, at least ${least}`);
  return Number(value);
}

export function readOptions(args: readonly string[]): LabOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      jobs: { type: 'string' },
      seed: { type: 'string' },
      slice: { type: 'string' },
      as: { type: 'string' },
      record: { type: 'boolean' },
      list: { type: 'boolean' },
      shell: { type: 'boolean' },
      verbose: { type: 'boolean' },
      check: { type: 'boolean' },
      cli: { type: 'string' },
      again: { type: 'boolean' },
    },
  });
  const who = values.as ?? 'both';
  if (who !== 'root' && who !== 'user' && who !== 'both') throw new Error('--as wants root, user or both');
  const today = Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
  return {
    pattern: positionals[0] ?? '',
    jobs: whole(values.jobs, 2, 'jobs', 1),
    seed: whole(values.seed, today, 'seed'),
    slice: sliceOf(values.slice),
    record: values.record ?? false,
    as: who === 'both' ? ['root', 'user'] : [who],
    list: values.list ?? false,
    shell: values.shell ?? false,
    verbose: values.verbose ?? false,
    check: values.check ?? false,
    cli: values.cli ?? null,
    again: values.again ?? false,
  };
}
