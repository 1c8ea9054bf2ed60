// The words of `npm run hunt`.
import { parseArgs } from 'node:util';
import type { Identity } from '../run/options.js';

export interface HuntOptions {
  seed: number;
  cases: number;
  jobs: number;
  as: Identity | null;
  cli: string | null;
  json: boolean;
  /** Runs, shows or opens this case alone. */
  only: number | null;
  shell: boolean;
  /** docs/accuracy.md is written from these cases. */
  writeAccuracy: boolean;
  /** src/data/confidence.ts is. */
  writeConfidence: boolean;
  /** Each case is added to this file, a line of JSON each; what is written then counts all that it holds. */
  log: string | null;
}

export const USAGE = `npm run hunt -- --seed S --cases N [options]
  --seed S            of the worlds (default: the time)
  --cases N           how many (default 20)
  --jobs N            worlds at once (default 1)
  --as root|user      every case under that identity (default: drawn)
  --cli FILE          the command to run instead of dist/cli.cjs
  --case K            the K-th case alone, with what was seen and the whole report
  --case K --shell    a shell on the device of its world
  --json              figures and every case as JSON
  --log FILE          adds each case to FILE, a line of JSON each: several runs together
  --write-confidence  writes src/data/confidence.ts from these cases (with --log, from all in FILE)
  --write-accuracy    writes docs/accuracy.md likewise; wants other seeds than the confidence was measured on
  --cases 0           runs none: for writing what a FILE holds
`;

function whole(value: string | undefined, otherwise: number, name: string, least: number): number {
  if (value === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    throw new Error(`--${name} wants a whole number, at least ${least}`);
  return Number(value);
}

export function readOptions(args: readonly string[]): HuntOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      cases: { type: 'string' },
      jobs: { type: 'string' },
      as: { type: 'string' },
      cli: { type: 'string' },
      case: { type: 'string' },
      shell: { type: 'boolean' },
      json: { type: 'boolean' },
      log: { type: 'string' },
      'write-accuracy': { type: 'boolean' },
      'write-confidence': { type: 'boolean' },
    },
  });
  const { as } = values;
  if (as !== undefined && as !== 'root' && as !== 'user') throw new Error('--as wants root or user');
  const only = values.case === undefined ? null : whole(values.case, 0, 'case', 0);
  if (values.shell && only === null) throw new Error('--shell wants --case K');
  return {
    seed: whole(values.seed, Math.floor(Date.now() / 1000) % 1_000_000, 'seed', 0),
    cases: whole(values.cases, 20, 'cases', 0),
    jobs: whole(values.jobs, 1, 'jobs', 1),
    as: as ?? null,
    cli: values.cli ?? null,
    json: values.json ?? false,
    only,
    shell: values.shell ?? false,
    writeAccuracy: values['write-accuracy'] ?? false,
    writeConfidence: values['write-confidence'] ?? false,
    log: values.log ?? null,
  };
}
