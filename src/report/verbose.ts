import type { FactKey, Facts } from '../model/facts.js';
import type { Observed } from '../model/observed.js';
import type { Report, Verdict } from '../model/report.js';
import { clean, wrap } from './clean.js';
import { describeFact } from './describe-fact.js';
import type { Line } from './text.js';

/** What `--verbose` adds: what else it could be, what is ruled out and why, what is unknown, all that was measured. */
export function everything(report: Report, width: number): Line[] {
  const { verdict } = report;
  return [
    heading('Verdict'),
    ...item(`${verdict.cause}, ${verdict.certainty}; side: ${verdict.side}, stage: ${verdict.stage}`, width),
    ...confidenceLines(verdict, width),
    ...section('What else it could be', report.candidates.map(candidate), width),
    ...section('Also true', report.also.map(candidate), width),
    ...section(
      'Ruled out',
      report.ruledOut.map(({ cause, because }) => `${cause}: ${clean(because, 300)}`),
      width,
    ),
    ...section(
      'Not known',
      report.unknown.map(({ cause, missing }) => `${cause}: ${clean(missing, 300)}`),
      width,
    ),
    ...section(
      'Evidence',
      report.evidence.map(({ fact, says }) => `${clean(says, 300)} [${fact}]`),
      width,
    ),
    heading('Measured'),
    ...item(
      `as ${identity(report)} on ${clean(report.startedAt, 40)}, in ${Math.round(report.elapsedMs)} ms, ${report.packets} packets`,
      width,
    ),
    ...measured(report.facts, width),
  ];
}

/** A number only where it was measured, and of what. */
function confidenceLines({ confidence, confidenceBasis: basis }: Verdict, width: number): Line[] {
  if (confidence === undefined || !basis) return [];
  const share = `in the lab's random worlds ${basis.right} of ${basis.cases} verdicts as sure as this, on the same kind of failure, were right`;
  return item(`confidence ${confidence.toFixed(2)}: ${share}`, width);
}

function identity(report: Report): string {
  const { uid, user, privileges } = report.as;
  const name = user === null ? `user ${uid ?? 'unknown'}` : clean(user, 40);
  return privileges.length === 0 ? name : `${name} (${privileges.map((one) => clean(one, 20)).join(', ')})`;
}

function candidate(verdict: Verdict): string {
  return `${verdict.cause} (${verdict.certainty}): ${clean(verdict.summary, 300)}`;
}

function heading(text: string): Line {
  return { text: `  ${text}`, style: 'heading' };
}

function section(title: string, texts: readonly string[], width: number): Line[] {
  return texts.length === 0 ? [] : [heading(title), ...texts.flatMap((text) => item(text, width))];
}

function item(text: string, width: number, indent = '    '): Line[] {
  return wrap(text, width - indent.length - 2).map((line, i) => ({ text: `${indent}${i === 0 ? '' : '  '}${line}` }));
}

function measured(facts: Facts, width: number): Line[] {
  const keys = Object.keys(facts).filter((key): key is FactKey => key !== 'target');
  return keys.sort().flatMap((key) => {
    const observed: Observed<unknown> | undefined = facts[key];
    if (!observed) return [];
    if (observed.state === 'skipped') return item(`${key}: not measured, ${clean(observed.why, 200)}`, width);
    const times = `[${Math.round(observed.at)} ms, took ${observed.ms < 10 ? observed.ms.toFixed(1) : Math.round(observed.ms)} ms, ${clean(observed.source, 60)}]`;
    const { failure } = observed.state === 'failed' ? observed : {};
    const first = failure ? `failed, ${failure.operation}/${failure.code} (${clean(failure.raw, 80)})` : '';
    const lines = failure ? [first] : describeFact(facts, key);
    return [...item(`${key} ${times}`, width), ...lines.flatMap((line) => item(clean(line, 300), width, '      '))];
  });
}
