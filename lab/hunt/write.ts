// Keeps what a hunt found: a log of cases, the page, the table of confidence.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { measured } from '../../src/data/confidence.js';
import { run } from '../world/process.js';
import type { HuntOptions } from './options.js';
import { accuracyPage } from './score/accuracy.js';
import { confidenceFile } from './score/confidence-table.js';
import { figuresOf, type CaseRecord } from './score/figures.js';

export function logCase(file: string | null, record: CaseRecord): void {
  if (file !== null) appendFileSync(file, `${JSON.stringify(record)}\n`);
}

/** All cases of the log, or of this run alone. */
function recordsIn(file: string | null, own: readonly CaseRecord[]): readonly CaseRecord[] {
  if (file === null || !existsSync(file)) return own;
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CaseRecord);
}

async function codeOf(root: string): Promise<string> {
  const head = await run('git', ['-C', root, 'rev-parse', '--short', 'HEAD']);
  return head.code === 0 ? `commit ${head.stdout.trim()}` : 'sources without a history';
}

export async function writeFound(options: HuntOptions, root: string, own: readonly CaseRecord[]): Promise<void> {
  if (!options.writeAccuracy && !options.writeConfidence) return;
  const records = recordsIn(options.log, own);
  const seeds = [...new Set(records.map(({ seed }) => seed))].toSorted((a, b) => a - b);
  if (options.writeConfidence)
    writeFileSync(path.join(root, 'src', 'data', 'confidence.ts'), confidenceFile(records, seeds));
  if (!options.writeAccuracy) return;
  const known = seeds.filter((seed) => measured.seeds.includes(seed));
  if (known.length > 0)
    throw new Error(`the confidence was measured on seed ${known.join(', ')}: take others to test it`);
  const page = accuracyPage({ records, figures: figuresOf(records), seeds, code: await codeOf(root) });
  writeFileSync(path.join(root, 'docs', 'accuracy.md'), page);
}
