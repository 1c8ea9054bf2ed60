// docs/accuracy.md: what the hunts found, as a page.
import { measured } from '../../../src/data/confidence.js';
import { confidenceOf } from '../../../src/engine/confidence.js';
import { rowsOf } from './confidence-table.js';
import { good, type CaseRecord, type Figures } from './figures.js';

export interface Run {
  readonly records: readonly CaseRecord[];
  readonly figures: Figures;
  readonly seeds: readonly number[];
  /** The commit. */
  readonly code: string;
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''];
}

function perTruth(records: readonly CaseRecord[]): string[] {
  const causes = [...new Set(records.map(({ truth }) => truth))].toSorted();
  return table(
    ['what really stopped it', 'cases', 'named', 'cannot be told, and said so', 'undecided', 'wrong'],
    causes.map((cause) => {
      const own = records.filter(({ truth }) => truth === cause);
      const count = (...scores: string[]): number => own.filter(({ score }) => scores.includes(score)).length;
      return [
        `\`${cause}\``,
        own.length,
        count('right', 'alike'),
        count('open'),
        count('undecided'),
        count('wrong', 'no report'),
      ];
    }),
  );
}

/** The numbers that reports give, against what happened on seeds that they were not measured on. */
function calibration(records: readonly CaseRecord[]): string[] {
  const rows = rowsOf(records).flatMap(({ certainty, symptom, cases, right }) => {
    const given = confidenceOf({ outcome: 'failed', cause: '', certainty }, symptom, measured.rows);
    return given
      ? [[certainty, `\`${symptom}\``, given.confidence ?? '', `${right} of ${cases}`, percent(right, cases)]]
      : [];
  });
  if (rows.length === 0) return ['No row of the table has enough cases yet: reports give no number.', ''];
  return [
    `Measured on ${measured.cases} cases of seeds ${measured.seeds.join(', ')}; held here against other seeds.`,
    '',
    ...table(['certainty', 'what failed', 'confidence given', 'right here', ''], rows),
  ];
}

export function accuracyPage({ records, figures, seeds, code }: Run): string {
  const { cases, top1, right, open, alike, undecided, wrong, wrongAndSure, times } = figures;
  const alone = records.filter((record) => !record.alike);
  return [
    '<!-- Written by `npm run hunt -- --write-accuracy`: do not edit. -->',
    '# Accuracy',
    '',
    'Random worlds out of network namespaces: one to four routers, one or both families, a fault somewhere, one to three',
    'harmless things that look guilty, as root or as a user. What was really true is read off the wire and off the',
    "kernel's counters (`lab/hunt/README.md`), never taken from what was meant.",
    '',
    'Another program (the client) tells what is true. Where routers have two equal ways and one of them is shut, or where a',
    'router says only so many errors a second, the command may meet what the client did not. A verdict is about the',
    'connections that were made: "reachable" says that ours were answered, and is right where they were, though another',
    'program is turned away on the other way. What the client alone met, the command may name and does not have to; what its',
    'own packets could not show may be called likely at most.',
    '',
    `${cases} cases of seed${seeds.length > 1 ? 's' : ''} ${seeds.join(', ')}; the page was written at ${code}.`,
    '',
    ...table(
      ['', ''],
      [
        ['first answer right', `${top1} of ${cases} (${percent(top1, cases)})`],
        ['wrong, and called confirmed or proven', wrongAndSure.length],
        ['named, and true', right],
        ['undetermined where nobody at that position can tell, the true cause among those offered', open],
        ['called likely, and from that position indistinguishable from the true one', alike],
        ['undetermined, though it could be told', undecided],
        ['wrong', wrong],
        ['undetermined in all', percent(open + undecided, cases)],
        ['where it can be told: first answer right', percent(alone.filter(good).length, alone.length)],
        ['time to the verdict, median and 95th of 100', `${times.median} ms, ${times.ninetyFifth} ms`],
      ],
    ),
    'Times depend on the machine and on what else it does.',
    '',
    '## How often each certainty was right',
    '',
    ...table(
      ['certainty', 'cases', 'right', ''],
      figures.certainties.map((one) => [one.certainty, one.cases, one.right, percent(one.right, one.cases)]),
    ),
    '## Confidence',
    '',
    'The lower end of the 95 % interval (Wilson) of how often such verdicts were right: in these worlds, not in yours.',
    '',
    ...calibration(records),
    '## By cause',
    '',
    ...perTruth(records),
    '## What was taken for what',
    '',
    ...(figures.confusion.length === 0
      ? ['Nothing.', '']
      : table(
          ['true', 'said', 'cases'],
          figures.confusion.map(({ truth, said, count }) => [`\`${truth}\``, said, count]),
        )),
  ].join('\n');
}
