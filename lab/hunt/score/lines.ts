// Cases and figures as text and as records.
import type { Case } from '../draw.js';
import type { Outcome } from '../run-case.js';
import { typed } from '../world/draft.js';
import type { CaseRecord, Figures } from './figures.js';

export function recordOf({ drawn, truth, report, scored, faults, ms, symptom }: Outcome): CaseRecord {
  const failed = report?.verdict;
  return {
    seed: drawn.seed,
    number: drawn.number,
    as: drawn.draft.as,
    truth: truth.primary,
    alike: truth.alike.length > 0,
    cause: failed?.cause ?? '-',
    certainty: failed?.certainty ?? 'possible',
    symptom,
    first: scored.first,
    score: scored.score,
    sure: scored.sure,
    why: scored.why,
    faults: [...faults],
    ms: Math.round(ms),
  };
}

export function describe({ seed, number, draft, commandFirst }: Case): string {
  const { network } = draft;
  const way = `${network.routers.join(' → ')}${network.detour ? ' (beside it: detour)' : ''}${network.translates ? ', translated' : ''}`;
  return [
    `seed ${seed} case ${number} as ${draft.as}: ${typed(draft.aim)}, IPv${network.families.join(' and IPv')}`,
    `  way: ${way}; names by ${network.resolverOn}; the command runs ${commandFirst ? 'first' : 'after the client'}`,
    `  meant: ${draft.fault}`,
    ...draft.distractors.map((one) => `  beside: ${one}`),
    '',
  ].join('\n');
}

const MARKS: Readonly<Record<string, string>> = { right: '✓', open: '✓', alike: '✓' };

export function lineOf(outcome: Outcome): string {
  const { drawn, truth, report, scored, faults, ms } = outcome;
  const verdict = report === null ? '-' : `${report.verdict.cause} ${report.verdict.certainty}`;
  const mark = faults.length > 0 ? '✗' : (MARKS[scored.score] ?? '✗');
  const loud = scored.score === 'wrong' && scored.sure ? ' WRONG AND SURE' : '';
  const lines = [
    `${mark} ${String(drawn.number).padStart(4)} ${drawn.draft.as.padEnd(4)} ${String(Math.round(ms)).padStart(5)} ms  ${verdict.padEnd(36)} ${scored.score.padEnd(9)}${loud} ${truth.primary}: ${drawn.draft.fault}`,
  ];
  if (mark === '✗')
    lines.push(
      `       ${[scored.why, ...faults].filter((text) => text !== '').join('; ')}`,
      `       ${truth.happened.join('; ')}`,
    );
  return lines.join('\n');
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

export function tableOf(figures: Figures): string {
  const { cases, top1, right, open, alike, undecided, wrong, wrongAndSure, times } = figures;
  const lines = [
    `Cases ${cases}: right ${right}, cannot be told and said so ${open}, likely and indistinguishable ${alike}, undecided ${undecided}, wrong ${wrong}`,
    `Top 1: ${percent(top1, cases)}; undetermined ${percent(open + undecided, cases)}`,
    `Wrong and sure: ${wrongAndSure.length}${wrongAndSure.length > 0 ? ` (cases ${wrongAndSure.join(', ')})` : ''}`,
    `Time to the verdict: median ${times.median} ms, 95th ${times.ninetyFifth} ms`,
    '',
    'How often each certainty was right:',
    ...figures.certainties.map(
      ({ certainty, cases: all, right: good }) => `  ${certainty.padEnd(10)} ${good} of ${all}`,
    ),
  ];
  if (figures.confusion.length > 0) {
    lines.push('', 'True → said:');
    for (const { truth, said, count } of figures.confusion)
      lines.push(`  ${String(count).padStart(3)}  ${truth} → ${said}`);
  }
  return `${lines.join('\n')}\n`;
}
