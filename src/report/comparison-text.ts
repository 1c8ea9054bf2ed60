import type { Comparison, Vantage } from '../model/comparison.js';
import { clean, wrap } from './clean.js';

const widest = 80;
const label = 'proven     '.length;

/** The joint verdict, each look in a line, and why. */
export function renderComparison({ verdict, vantages }: Comparison): string {
  const mark = verdict.outcome === 'works' ? '✓' : verdict.differs === 'unknown' ? '?' : '✗';
  const width = Math.max(...vantages.map(({ name }) => clean(name, 40).length));
  const lines = vantages.map((one) => `  ${clean(one.name, 40).padEnd(width)}  ${lookOf(one)}`);
  const parts = [
    ...hanging(`${mark} `, verdict.summary),
    '',
    ...lines,
    '',
    ...(verdict.outcome === 'works' ? [] : hanging(`  ${verdict.certainty.padEnd(label)}`, whyOf(verdict.evidence))),
    ...(verdict.advice === undefined ? [] : hanging(`  ${'what to do'.padEnd(label)}`, verdict.advice)),
  ];
  return `${parts.join('\n').trimEnd()}\n`;
}

function lookOf({ network, report, kind }: Vantage): string {
  const { outcome, cause, certainty } = report.verdict;
  const said = outcome === 'failed' ? `✗ ${cause}${cause === 'undetermined' ? '' : `, ${certainty}`}` : `✓ ${outcome}`;
  const from = [network.source, network.gateway === null ? null : `router ${network.gateway}`].filter(
    (part) => part !== null,
  );
  const when = kind === 'saved' ? [report.startedAt.slice(0, 16).replace('T', ' ')] : [];
  const rest = [...from, ...when].map((part) => clean(part, 60)).join(', ');
  return `${clean(said, 80)}${rest === '' ? '' : `   (${rest})`}`;
}

function whyOf(evidence: readonly string[]): string {
  return evidence.map((one) => clean(one, 300)).join('; ') || 'by the looks above';
}

function hanging(first: string, text: string): string[] {
  return wrap(clean(text, 4000), widest - first.length).map(
    (line, i) => `${i === 0 ? first : ' '.repeat(first.length)}${line}`,
  );
}
