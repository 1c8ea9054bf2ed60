// What holds for every report whatever the scenario: one JSON document, closed words, clean text.
import { certainties } from '../../src/model/words.js';
import type { Report } from '../../src/model/report.js';
import type { Ran } from '../world/process.js';
import { exitFor } from './compare.js';

const SIDES = ['target', 'this-device', 'local-network', 'path', 'server', 'none', 'unknown'];
const STAGES = ['target', 'name', 'route', 'proxy', 'connect', 'tls', 'http', 'service'];
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

export function parseReport(ran: Ran): { report: Report | null; differences: string[] } {
  if (ran.timedOut) return { report: null, differences: ['did not end in time'] };
  if (ran.signal !== null) return { report: null, differences: [`ended by ${ran.signal}`] };
  let report: Report;
  try {
    report = JSON.parse(ran.stdout) as Report;
  } catch {
    const said = ran.stderr.trim().split('\n').slice(-3).join(' | ').slice(0, 300);
    return { report: null, differences: [`exit ${ran.code}, no JSON on stdout; stderr: ${said}`] };
  }
  if (report.schema !== 'whoblocked/report/1' || typeof report.verdict !== 'object') {
    return { report: null, differences: [`not a report: ${ran.stdout.slice(0, 200)}`] };
  }
  return { report, differences: formOf(report, ran) };
}

/** Of `run --` the first report, as if it had been printed alone; where nothing failed, that all holds. */
export function parseRun(ran: Ran, target: string): { report: Report | null; differences: string[] } {
  let answer: { schema?: unknown; exit?: unknown; reports?: unknown };
  try {
    answer = JSON.parse(ran.stdout) as typeof answer;
  } catch {
    return parseReport(ran);
  }
  const { schema, exit, reports } = answer;
  if (schema !== 'whoblocked/run/1' || typeof exit !== 'number' || !Array.isArray(reports))
    return { report: null, differences: [`not the answer of a run: ${ran.stdout.slice(0, 200)}`] };
  const [first] = reports as Report[];
  if (first === undefined)
    return { report: nothingFailed(target), differences: ran.code === 0 ? [] : [`exit ${ran.code} without a report`] };
  const parsed = parseReport({ ...ran, stdout: JSON.stringify(first) });
  if (first.target?.input !== target) parsed.differences.push(`about ${first.target?.input} instead of ${target}`);
  return parsed;
}

function nothingFailed(target: string): Report {
  const verdict = {
    outcome: 'reachable',
    cause: 'reachable',
    side: 'none',
    stage: 'connect',
    certainty: 'proven',
    summary: `${target}: no connection failed.`,
  };
  const lists = { candidates: [], also: [], ruledOut: [], unknown: [], evidence: [], remedies: [] };
  return { schema: 'whoblocked/report/1', verdict, ...lists } as unknown as Report;
}

function formOf(report: Report, ran: Ran): string[] {
  const differences: string[] = [];
  const { verdict } = report;
  const wrong = (what: string, value: unknown): void =>
    void differences.push(`${what}: ${JSON.stringify(value)?.slice(0, 120)}`);
  const [most] = report.packetsTo ?? [];
  if (most && most.packets > 150) wrong('more than 150 packets to one address', most);
  for (const one of [verdict, ...(report.candidates ?? []), ...(report.also ?? [])]) {
    if (!SIDES.includes(one.side)) wrong('unknown side', one.side);
    if (!STAGES.includes(one.stage)) wrong('unknown stage', one.stage);
    if (!certainties.includes(one.certainty)) wrong('unknown certainty', one.certainty);
    if (typeof one.summary !== 'string' || one.summary.trim() === '') wrong('no summary for', one.cause);
    else if (CONTROL.test(one.summary) || one.summary.includes('\n'))
      wrong('summary is not one clean line', one.summary);
  }
  for (const key of ['candidates', 'also', 'ruledOut', 'unknown', 'evidence', 'remedies'] as const) {
    if (!Array.isArray(report[key])) wrong(`${key} is no list`, report[key]);
  }
  if (verdict.cause === 'undetermined' && report.candidates.length === 0)
    differences.push('undetermined without candidates');
  if (ran.code !== exitFor(verdict)) differences.push(`exit ${ran.code} instead of ${exitFor(verdict)}`);
  if (CONTROL.test(ran.stderr.replaceAll('\n', ''))) wrong('control characters on stderr', ran.stderr.slice(0, 200));
  return differences;
}
